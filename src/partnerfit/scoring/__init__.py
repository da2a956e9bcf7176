"""The scoring core: pure functions from profiles to a comparison. No files, no clock, no printing.

The rules and their sources are in docs/method.md.
"""
