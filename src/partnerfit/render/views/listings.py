"""The lists: states, themes, groups, and the numbers of the method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from partnerfit.model import Group, Names, Themes
from partnerfit.render.blocks import Block, Column, Heading, Listing, Page, Paragraph, Table
from partnerfit.scoring.method import ByLevel, Context, Method


def states(states: Iterable[tuple[str, Names]]) -> Page:
    """Every profiled state with its codes and other names."""
    columns = (
        Column("Id"),
        Column("Name"),
        Column("Codes"),
        Column("Reviewed"),
        Column("Also found as", grow=True),
    )
    rows = tuple(
        (key, names.name, f"{names.iso2} {names.iso3}", names.reviewed.isoformat(), ", ".join(names.aliases))
        for key, names in states
    )
    return (Table(columns, rows),)


def themes(themes: Themes) -> Page:
    """Every theme and measure: what it means and who provides it."""
    blocks: list[Block] = []
    columns = (Column("Measure"), Column("Mode"), Column("EU law"), Column("What it means", grow=True))
    for theme in themes.themes:
        blocks.append(Heading(f"{theme.name} [{theme.id}]"))
        blocks.append(
            Table(columns, tuple((m.id, m.mode, m.competence.level, m.means) for m in theme.measures))
        )
    return tuple(blocks)


def groups(groups: Iterable[Group], context: Context, profiled: frozenset[str]) -> Page:
    """Every organisation and dialogue: how many members, and how many of them are profiled."""
    columns = (
        Column("Code"),
        Column("Name", grow=True),
        Column("Kind"),
        Column("Members", "right"),
        Column("Profiled", "right"),
        Column("Free movement"),
    )
    rows = []
    for group in groups:
        members = context.members(group.code)
        rows.append(
            (
                group.code,
                group.name,
                group.kind,
                str(len(members)) if members else "–",
                str(len(members & profiled)) if members else "–",
                "yes" if group.free_movement else "",
            )
        )
    note = Paragraph(
        "EU and UN as a code in a profile mean the institution; EU-MEMBERS addresses each Member State.",
        tone="dim",
    )
    return (Table(columns, tuple(rows)), note)


def group(group: Group, context: Context, profiled: Mapping[str, str]) -> Page:
    """One group in full; `profiled` are the ids of profiled states by alpha-3 code."""
    members = sorted(context.members(group.code))
    known = [profiled[code] for code in members if code in profiled]
    facts = [
        f"{group.kind.capitalize()}{f', since {group.established}' if group.established else ''}.",
        f"{len(members)} members{f' ({group.as_of})' if group.as_of else ''}: {', '.join(members)}."
        if members
        else "No list of members is kept.",
        f"{len(known)} of {len(members)} profiled: {', '.join(known)}." if known else "None profiled.",
    ]
    if group.observers:
        facts.append(f"Observers: {', '.join(group.observers)}.")
    if group.free_movement_note:
        facts.append(f"Free movement: {group.free_movement_note}")
    if group.framework:
        facts.append(f"Framework: {group.framework}")
    blocks: list[Block] = [Heading(f"{group.name} [{group.code}]", level=1), Listing(tuple(facts))]
    if group.areas:
        rows = tuple((a.name, a.about or "", ", ".join(a.themes)) for a in group.areas)
        blocks += [
            Heading("What it works on"),
            Table((Column("Area", grow=True), Column("About", grow=True), Column("Themes", grow=True)), rows),
        ]
    if group.notes:
        blocks += [Heading("Notes"), Listing(group.notes)]
    blocks += [Heading("Sources"), Listing(group.sources)]
    return tuple(blocks)


def method(method: Method) -> Page:
    """The numbers of the model, those marked that differ from the default."""
    columns = (Column("Number"), Column("Value", "right"), Column("What it is", grow=True))
    rows = []
    for number in fields(method):
        value = getattr(method, number.name)
        mark = "" if value == number.default else " (changed)"
        rows.append((number.name, number_words(value), f"{number.metadata['description']}{mark}"))
    return (
        Table(columns, tuple(rows)),
        Paragraph("The rules in full, with their sources: docs/method.md.", tone="dim"),
    )


def number_words(value: float | ByLevel) -> str:
    """A number of the method, or three of them."""
    if isinstance(value, ByLevel):
        return f"{value.high:g} / {value.medium:g} / {value.low:g}"
    return f"{value:g}"
