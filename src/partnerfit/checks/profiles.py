"""Rules within one profile: what its entries say of each other and of their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from partnerfit.checks.corpus import Corpus, Profile
from partnerfit.checks.rules import Places, line_of, rule, to_ignore
from partnerfit.complaints import one_line, quoted
from partnerfit.findings import Loc
from partnerfit.model import Level, Objective, Source, Statement
from partnerfit.scoring.positions import CONFIDENCE, POSITIVE, REFUSING, ROLE_OF_STANCE

OWN_TEXT = frozenset({"official-state", "joint-declaration"})
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]{2,8}\d{0,2}|#\d+|#x[0-9A-Fa-f]+);|\*\*|__|`|\]\(|\[\^|\[/[a-z]*\]|^\s*[#>*-]\s"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2028\u2029\u2060\ufeff]")


@rule("PF301")
def offer_against_a_red_line(profile: Profile, corpus: Corpus) -> Places:
    """Wish against the state's own red line.

    The state offers, accepts, seeks or supports what its own red line rules out for the same partners.
    Part the two with `towards` or `except`, so that no partner is in both, lower the severity, or remove
    the wish.
    """
    lines = [
        (j, c)
        for j, c in enumerate(profile.body.constraints)
        if c.severity == "red-line" and not c.lapsed(corpus.as_of)
    ]
    for i, objective in enumerate(profile.body.objectives):
        if objective.stance in REFUSING or objective.lapsed(corpus.as_of):
            continue
        role = ROLE_OF_STANCE.get(objective.stance)
        for j, line in lines:
            same = line.measure == objective.measure and line.role == role
            if same and _meet(objective, line, corpus):
                where = line_of(profile, ("constraints", j, "severity"))
                yield (
                    ("objectives", i, "stance"),
                    (
                        f"`{objective.stance}` and red line `{one_line(line.id)}` hold for the same states; "
                        "part them by `towards` or `except` so that none is in both, or lower `severity` "
                        f"to major on line {where}"
                    ),
                )


@rule("PF302")
def circle_of_requirements(profile: Profile, corpus: Corpus) -> Places:
    """Requirement that leads back to itself.

    `requires` names what the state wants, or has to give, in exchange. A measure cannot be its own price,
    and of those that are tied to each other in a circle one is free: keep `requires` where the source says
    it.
    """
    tied = [objective for objective in profile.body.objectives if objective.requires]
    needed_by: dict[object, dict[str, set[str]]] = {}
    for i, objective in enumerate(profile.body.objectives):
        if not objective.requires:
            continue
        partners = (objective.towards, objective.excluding)
        if partners not in needed_by:
            needed_by[partners] = _needed_by(other for other in tied if _meet(objective, other, corpus))
        circle = _reached(objective.measure, needed_by[partners])
        for j, required in enumerate(objective.requires):
            loc = ("objectives", i, "requires", j)
            if required == objective.measure:
                what = f"`{one_line(required)}` requires itself"
                yield loc, f"{what}; name the other measure that the state wants for it"
            elif required in circle:
                direct = required in needed_by[partners].get(objective.measure, set())
                way = "" if direct else ", by way of others,"
                what = f"`{one_line(required)}` in turn{way} requires `{one_line(objective.measure)}`"
                yield loc, f"{what}; remove `requires` from one entry of this circle"


@rule("PF303", "warning")
def change_of_mind(profile: Profile, corpus: Corpus) -> Places:
    """Lapsed position beside a current one of opposite sign.

    The state once wanted what it now refuses, or the other way round. See that the end date and the new
    position are both right, say in the summary what changed, then ignore the finding with that reason.
    """
    current = [
        (j, objective)
        for j, objective in enumerate(profile.body.objectives)
        if not objective.lapsed(corpus.as_of)
    ]
    for i, old in enumerate(profile.body.objectives):
        if not old.lapsed(corpus.as_of):
            continue
        for j, new in current:
            opposite = old.measure == new.measure and _sign(old) * _sign(new) < 0
            if opposite and _same_role(old, new) and _meet(old, new, corpus):
                where = f"`{one_line(new.id)}` (line {line_of(profile, ('objectives', j, 'id'))})"
                yield (
                    ("objectives", i, "until"),
                    (
                        f"lapsed, and {where} says the opposite; correct one of the two, or if both hold, "
                        f"write {to_ignore('PF303')} above this line"
                    ),
                )


@rule("PF304")
def confidence_above_the_sources(profile: Profile, corpus: Corpus) -> Places:
    """Confidence above what the sources allow.

    High needs the state's own or a signed text; medium an institution's report or at least two reports of
    the press, not all undated. Lower the confidence or add the source that supports it.
    """
    del corpus
    sources = {source.id: source for source in profile.body.sources}
    for i, objective in enumerate(profile.body.objectives):
        cited = [sources[key] for key in objective.sources if key in sources]
        if len(cited) < len(objective.sources):
            continue  # another rule tells of the source
        allowed, why = _allowed(cited)
        if CONFIDENCE.index(objective.confidence) < CONFIDENCE.index(allowed):
            yield (
                ("objectives", i, "confidence"),
                f"`{objective.confidence}` rests on {why}; write `{allowed}`, or cite one that supports more",
            )


@rule("PF306", "warning")
def state_named_without_towards(profile: Profile, corpus: Corpus) -> Places:
    """Summary that names another state while the position holds towards everyone.

    What was said to one state is rarely meant for all. Add `towards`; where the other state is named
    only as an example, ignore the finding with that reason.
    """
    if profile.iso3 is None or not corpus.spoken_names:
        return
    for part in ("objectives", "constraints"):
        for i, statement in enumerate(getattr(profile.body, part)):
            if statement.towards or statement.excluding:
                continue
            for name in corpus.name_pattern.findall(statement.summary):
                if corpus.spoken_names[name] != profile.iso3:
                    code = corpus.spoken_names[name]
                    yield (
                        (part, i, "summary"),
                        (
                            f"names {one_line(name)}, but holds towards everyone; add `towards: [{code}]`, "
                            f"or write {to_ignore('PF306')} above this line"
                        ),
                    )
                    break


@rule("PF307", of_file=True)
def markup_in_text(profile: Profile, corpus: Corpus) -> Places:
    """Markup or invisible characters in text.

    Texts are shown in the terminal, in Markdown, HTML and Word: write plain text, without tags, entities,
    backquotes or characters that change the direction of writing.
    """
    del corpus
    for loc, text in _texts(profile.document.data):
        if found := _MARKUP.search(text):
            yield loc, f"the text holds markup ({quoted(found[0])}); write plain text"
        elif found := _INVISIBLE.search(text):
            yield loc, f"the text holds the invisible character U+{ord(found[0]):04X}; remove it"


@rule("PF308")
def gap_that_is_none(profile: Profile, corpus: Corpus) -> Places:
    """Gap on which there is an objective.

    `gaps` lists measures on which nothing was found. Remove the measure from the list.
    """
    del corpus
    measured = {objective.measure for objective in profile.body.objectives}
    earlier: set[str] = set()
    for i, gap in enumerate(profile.body.gaps):
        if gap in measured or gap in earlier:
            what = "has an objective" if gap in measured else "is in `gaps` twice"
            yield ("gaps", i), f"`{one_line(gap)}` {what}; remove it here"
        earlier.add(gap)


@rule("PF309")
def position_towards_itself(profile: Profile, corpus: Corpus) -> Places:
    """Position of a state towards itself.

    `towards` and `except` name others. What the state does at home is context.
    """
    del corpus
    if profile.iso3 is None:
        return
    for part in ("objectives", "constraints"):
        for i, statement in enumerate(getattr(profile.body, part)):
            for key, codes in (("towards", statement.towards), ("except", statement.excluding)):
                if profile.iso3 in codes:
                    yield (
                        (part, i, key, codes.index(profile.iso3)),
                        f"`{profile.iso3}` is the state itself; {_MEND_ITSELF[key]}",
                    )


_MEND_ITSELF = {
    "towards": "name the other state, or move the entry to `context`",
    "except": "it is no partner anyway: remove it here",
}


@rule("PF310")
def date_of_an_undated_page(profile: Profile, corpus: Corpus) -> Places:
    """Date of a source that is said to be undated.

    A date is copied from the page, never inferred. Write `date: null`, or take "undated" out of the title
    where the page has a date after all.
    """
    del corpus
    for i, source in enumerate(profile.body.sources):
        if source.date and "undated" in source.title.casefold():
            yield (
                ("sources", i, "date"),
                f"the title says undated; write `date: null` instead of {source.date}",
            )


def _sign(objective: Objective) -> int:
    """1 for a wish, -1 for a refusal, 0 for what is accepted in return."""
    return (objective.stance in POSITIVE) - (objective.stance in REFUSING)


def _same_role(one: Objective, other: Objective) -> bool:
    """Whether two objectives on one measure are about the same role; in a joint one all are."""
    joint = "supports" in (one.stance, other.stance)
    return joint or ROLE_OF_STANCE[one.stance] == ROLE_OF_STANCE[other.stance]


def _meet(one: Statement, other: Statement, corpus: Corpus) -> bool:
    """Whether two statements may speak to the same partner."""
    if not (one.towards or other.towards):
        return True
    towards = [corpus.addressed(each.towards) for each in (one, other) if each.towards]
    excluded = [corpus.addressed(each.excluding) for each in (one, other) if each.excluding]
    partners = frozenset.intersection(*(codes for codes in towards if codes is not None))
    return not partners <= frozenset().union(*(codes for codes in excluded if codes is not None))


def _needed_by(objectives: Iterable[Objective]) -> dict[str, set[str]]:
    """For each measure those that require it."""
    found: dict[str, set[str]] = {}
    for objective in objectives:
        for required in objective.requires:
            found.setdefault(required, set()).add(objective.measure)
    return found


def _reached(start: str, needed_by: dict[str, set[str]]) -> set[str]:
    """All measures that require a measure, directly or by way of others."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        for measure in needed_by.get(ahead.pop(), set()) - reached:
            reached.add(measure)
            ahead.append(measure)
    return reached


def _allowed(cited: list[Source]) -> tuple[Level, str]:
    """The highest confidence that sources allow, and what they are."""
    kinds = {source.kind for source in cited}
    if kinds & OWN_TEXT:
        return "high", "the state's own or a signed text"
    if kinds == {"research"}:
        return "low", "research alone"
    if kinds == {"press"}:
        if len(cited) == 1:
            return "low", "a single report of the press"
        if all(source.date is None for source in cited):
            return "low", "undated reports of the press alone"
        return "medium", "reports of the press alone"
    return "medium", "sources none of which is the state's own or a signed text"


def _texts(data: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text of a file with its place; web addresses are no text."""
    match data:
        case str() if loc and loc[-1] != "url":
            yield loc, data
        case dict():
            for key, value in data.items():
                yield from _texts(value, (*loc, key))
        case list():
            for i, value in enumerate(data):
                yield from _texts(value, (*loc, i))


RULES = (
    offer_against_a_red_line,
    circle_of_requirements,
    change_of_mind,
    confidence_above_the_sources,
    state_named_without_towards,
    markup_in_text,
    gap_that_is_none,
    position_towards_itself,
    date_of_an_undated_page,
)
