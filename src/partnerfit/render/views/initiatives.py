"""What partners have done together before: the list, entries in full, and one in short for other pages.

An entry without an end is never said to go on: years that have no end begin with "from".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from partnerfit.initiatives import Gain, Initiative, Initiatives, Years
from partnerfit.model import Measure, Theme
from partnerfit.render import words
from partnerfit.render.blocks import Block, Column, Heading, Listing, Page, Paragraph, Table
from partnerfit.sentences import upper_first

ALL = 99
"""More than ever take part: nobody is left out."""


def listing(initiatives: Initiatives, codes: Mapping[str, str]) -> Page:
    """Every initiative: when, and who took part; `codes` names states and groups."""
    found = initiatives.initiatives
    if not found:
        return (Paragraph("These data hold no initiatives."),)
    columns = (
        Column("Initiative", grow=True),
        Column("Years"),
        Column("Who took part", grow=True),
        Column("Measures", "right"),
    )
    rows = tuple((i.name, _years(i.years), upper_first(_who(i, codes)), str(len(i.measures))) for i in found)
    return (
        Table(columns, rows),
        _note(found),
        Paragraph(
            "`partnerfit initiatives --measure MEASURE` tells those on a measure or theme in full.",
            tone="dim",
        ),
    )


def entries(initiatives: Initiatives, subject: Theme | Measure, codes: Mapping[str, str]) -> Page:
    """Initiatives on a theme or measure in full, with their sources; `codes` names states and groups."""
    found = initiatives.initiatives
    title = Heading(f"{subject.name}: what partners have done together", level=1)
    if not found:
        return (title, Paragraph("These data hold no initiative on it. That is no sign that there was none."))
    return (
        title,
        _note(found),
        *(block for initiative in found for block in _entry(initiative, codes)),
        Heading("Sources"),
        Listing(tuple(words.cited(source) for source in initiatives.sources)),
    )


def precedent(initiative: Initiative, codes: Mapping[str, str], near: Collection[str] = ()) -> str:
    """One initiative in short: name, years, who took part, what came of it.

    `codes` names states and groups; those in `near` (codes) are named before others, who may be cut.
    Results are told whole: they set one account against another, which a cut would take apart.
    """
    who = upper_first(_who(initiative, codes, near))
    return f"{initiative.name}, {_years(initiative.years)}. {who}. {initiative.results}"


def _note(found: Iterable[Initiative]) -> Paragraph:
    """That an entry is no judgement, and what its years do not say."""
    kinds = {(i.years.last is None, bool(i.years.seen)) for i in found}
    parts = ["Shown beside results, never scored; an entry is no judgement of those who took part."]
    if (True, False) in kinds:
        parts.append('"From" a year: no end was seen, which does not say that it still runs.')
    if any(seen for _, seen in kinds):
        parts.append('"Seen": the years in which it was seen at work; when it began and ended was not found.')
    return Paragraph(" ".join(parts), tone="dim")


def _years(years: Years) -> str:
    """When, without a word on today: "2019–2025", "from 2021", "seen 2021–2023"."""
    if years.last is None:
        return f"{'seen' if years.seen else 'from'} {years.first}"
    span = f"{years.first}–{years.last}" if years.last > years.first else f"{years.first}"
    return f"seen {span}" if years.seen else span


def _who(initiative: Initiative, codes: Mapping[str, str], near: Collection[str] = ()) -> str:
    """Who took part, the longest lists cut: "Italy, with UNHCR, reaching Ethiopia and Kenya"."""
    who = _named(initiative.partners, codes, near)
    if initiative.institutions:
        who += f", with {words.listed(initiative.institutions)}"
    if initiative.places:
        who += f", reaching {_named(initiative.places, codes, near)}"
    return who


def _named(among: Iterable[str], codes: Mapping[str, str], near: Collection[str]) -> str:
    return words.listed(codes.get(code, code) for code in sorted(among, key=lambda code: code not in near))


def _entry(initiative: Initiative, codes: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(f"{initiative.name}, {_years(initiative.years)}")
    yield Listing(tuple(_facts(initiative, codes)))


def _facts(initiative: Initiative, codes: Mapping[str, str]) -> Iterator[str]:
    institutions = f", with {words.listed(initiative.institutions, ALL)}" if initiative.institutions else ""
    yield f"Who: {_all(initiative.partners, codes)}{institutions}."
    if initiative.places:
        yield f"Where else it worked, or whose people it served: {_all(initiative.places, codes)}."
    yield f"How it was presented: {initiative.framing}"
    for gain in initiative.gains:
        yield f"What it was to bring {_to(gain, codes)}: {gain.gain}."
    yield f"Results: {initiative.results}"
    yield f"Lessons: {initiative.lessons}"
    yield f"Measures: {', '.join(initiative.measures)}."
    yield f"Sources: {', '.join(initiative.sources)}."


def _to(gain: Gain, codes: Mapping[str, str]) -> str:
    return _all(gain.to, codes) if gain.to else "the states served"


def _all(among: Iterable[str], codes: Mapping[str, str]) -> str:
    return words.listed((codes.get(code, code) for code in among), ALL)
