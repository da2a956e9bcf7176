"""Briefing notes: what two states' results come to, in sections, claims and notes, without markup."""
