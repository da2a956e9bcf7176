"""Rules across files and against the calendar: names, codes, ids, figures, dates."""

from __future__ import annotations

from partnerfit.checks.corpus import Corpus, Profile
from partnerfit.checks.rules import Places, line_of, rule, to_ignore
from partnerfit.codes import ISO2
from partnerfit.complaints import one_line, quoted
from partnerfit.findings import Loc, did_you_mean, like_code, unknown
from partnerfit.hints import Hints
from partnerfit.names import fold

OLDEST_REVIEW_DAYS = 366
OLDEST_FIGURE_YEARS = 5


@rule("PF212")
def unknown_indicator(profile: Profile, corpus: Corpus) -> Places:
    """Indicator that figures.yaml does not know.

    An indicator, its unit and its source are those that figures.yaml lists. Correct the entry, or add the
    indicator or source there.
    """
    known = {measured.id: measured for measured in corpus.figures.indicators}
    sources = [source.id for source in corpus.figures.sources]
    if not known:
        return
    hints = Hints()
    for i, entry in enumerate(profile.body.indicators):
        loc = ("indicators", i)
        for finding in unknown("indicator", entry.indicator, (*loc, "indicator"), known, hints):
            yield finding.loc, finding.message
        if entry.indicator in known and entry.unit != known[entry.indicator].unit:
            yield (
                (*loc, "unit"),
                f"the unit of `{entry.indicator}` is {quoted(known[entry.indicator].unit)}; write that",
            )
        for finding in unknown("source of figures", entry.source, (*loc, "source"), sources, hints):
            yield finding.loc, finding.message


@rule("PF305")
def summary_told_twice(profile: Profile, corpus: Corpus) -> Places:
    """Summary that is the same as another's.

    Each entry says in its own words what it adds. Merge the two entries, or say what differs.
    """
    seen: dict[str, tuple[Loc, str]] = {}
    for part in ("objectives", "constraints", "interests", "context"):
        for i, entry in enumerate(getattr(profile.body, part)):
            loc: Loc = (part, i, "summary")
            others = [p for p in corpus.summaries[entry.summary] if p.id != profile.id]
            if entry.summary in seen:
                place, name = seen[entry.summary]
                where = f"{name} (line {line_of(profile, place)})"
                yield loc, f"says the same as {where}; keep it in one of the two, or say what differs"
            elif others:
                where = f"{_holder(others[0], entry.summary)} in {others[0].file.path.name}"
                yield loc, f"says the same as {where}; say in each what is the state's own"
            seen.setdefault(entry.summary, (loc, f"`{one_line(getattr(entry, 'id', part))}`"))


def _holder(profile: Profile, summary: str) -> str:
    """The id of the entry with a summary, or the part that has no ids."""
    parts = ("objectives", "constraints", "interests", "context")
    found = next(e for part in parts for e in getattr(profile.body, part) if e.summary == summary)
    return f"`{one_line(getattr(found, 'id', 'interests'))}`"


@rule("PF401")
def id_of_another_profile(profile: Profile, corpus: Corpus) -> Places:
    """Id that an entry of another profile has.

    Ids appear in results beside each other: begin them with the state's code, as in `tun-01`.
    """
    for part in ("objectives", "constraints", "context"):
        for i, entry in enumerate(getattr(profile.body, part)):
            others = [p for p in corpus.entries[entry.id] if p.id != profile.id]
            if others:
                own = profile.iso3 is not None and entry.id.startswith(f"{profile.iso3.lower()}-")
                mend = (
                    "rename it there, or give this one another number"
                    if own
                    else "begin it with the state's own code"
                )
                where = others[0].file.path.name
                yield (part, i, "id"), f"id `{one_line(entry.id)}` is used in {where} too; {mend}"


@rule("PF402")
def name_of_another_state(profile: Profile, corpus: Corpus) -> Places:
    """Name or code that another state claims.

    A name leads to one state. Take it out of the profile to which it does not belong, or write the
    longer form.
    """
    if profile.head is None:
        return
    head = profile.head
    keys: list[tuple[Loc, str]] = [
        ((key,), getattr(head, key)) for key in ("name", "official_name", "iso2", "iso3")
    ]
    keys += [(("aliases", i), alias) for i, alias in enumerate(head.aliases)]
    for loc, name in keys:
        others = [p for p in corpus.claimed[fold(name)] if p.id != profile.id]
        if others and fold(name):
            where = others[0].file.path.name
            if loc[0] in ("iso2", "iso3"):
                yield loc, f"{quoted(name)} is a code or name in {where} too; write in each the state's own"
            else:
                yield (
                    loc,
                    f"{quoted(name)} is a name or code in {where} too; keep it in the one it belongs to",
                )


@rule("PF403")
def code_that_is_not_iso(profile: Profile, corpus: Corpus) -> Places:
    """Code that is not the state's in ISO 3166-1.

    `iso3` is the alpha-3 code of the standard, `iso2` the alpha-2 code of the same state.
    """
    if profile.head is None:
        return
    iso2, iso3 = profile.head.iso2, profile.head.iso3
    if iso3 not in ISO2:
        named = [code for code, name in sorted(corpus.names.items()) if fold(name) == fold(profile.head.name)]
        meant = named or like_code(iso3, ISO2, Hints(), {})
        hint = did_you_mean(meant, corpus.names) if meant else "look it up in the standard"
        yield ("iso3",), f"`{iso3}` is no ISO 3166-1 alpha-3 code; {hint}"
    elif ISO2[iso3] != iso2:
        yield ("iso2",), f"the alpha-2 code of {iso3} is {ISO2[iso3]}, not {iso2}; correct whichever is wrong"


@rule("PF404")
def file_name_of_another(profile: Profile, corpus: Corpus) -> Places:
    """File name that is not the name of the state.

    The name of the file is the id under which the state is compared. Name the file after the state, or
    list the id among the aliases.
    """
    del corpus
    if profile.head is None:
        return
    if fold(profile.id) not in map(fold, profile.head.all):
        yield (
            ("name",),
            (
                f"the file is called {quoted(profile.file.path.name)}, the state "
                f"{quoted(profile.head.name)}; rename the file, or correct the name"
            ),
        )


@rule("PF501")
def date_in_the_future(profile: Profile, corpus: Corpus) -> Places:
    """Date that lies in the future.

    Nothing can have been published, measured or reviewed after today. Correct the date.
    """
    day = corpus.as_of.isoformat()
    if profile.head and profile.head.reviewed > corpus.as_of:
        yield ("reviewed",), f"{profile.head.reviewed} is after today, {day}; write the day of the review"
    for i, source in enumerate(profile.body.sources):
        if source.date and source.date > day:
            yield ("sources", i, "date"), f"{source.date} is after today, {day}; correct the date"
    for i, entry in enumerate(profile.body.indicators):
        if entry.year > corpus.as_of.year:
            yield (
                ("indicators", i, "year"),
                f"{entry.year} lies in the future; write the year that was measured",
            )


@rule("PF502", "warning")
def review_too_long_ago(profile: Profile, corpus: Corpus) -> Places:
    """Profile that was not reviewed for a year.

    Check each entry against its sources, end what has lapsed with `until`, and set `reviewed` to that day.
    """
    if profile.head and (corpus.as_of - profile.head.reviewed).days > OLDEST_REVIEW_DAYS:
        yield (
            ("reviewed",),
            f"last reviewed on {profile.head.reviewed}; check it again and set `reviewed` to the day",
        )


@rule("PF503", "warning")
def figure_too_old(profile: Profile, corpus: Corpus) -> Places:
    """Figure that is older than five years.

    Look for a newer figure; where there is none, remove it or ignore the finding with that reason.
    """
    for i, entry in enumerate(profile.body.indicators):
        age = corpus.as_of.year - entry.year
        if age > OLDEST_FIGURE_YEARS:
            mend = f"write a newer one, or {to_ignore('PF503')} above this line"
            yield ("indicators", i, "year"), f"the figure is {age} years old; {mend}"


RULES = (
    unknown_indicator,
    summary_told_twice,
    id_of_another_profile,
    name_of_another_state,
    code_that_is_not_iso,
    file_name_of_another,
    date_in_the_future,
    review_too_long_ago,
    figure_too_old,
)
