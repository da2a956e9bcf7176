"""The vocabulary: frozen types for everything that stands in `data/`.

Validation is strict on purpose. A key or value that the vocabulary does not know is an error with
a place, never a default; what needs more than one file to judge is in `references`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from partnerfit.values import LINE, UnfitError, day, end_of, month, no_number, partial_date, short, whole

Mode = Literal["joint", "exchange"]
Role = Literal["provider", "receiver"]
Stance = Literal["seeks", "declines", "offers", "accepts", "resists", "supports"]
Level = Literal["high", "medium", "low"]
ConstraintKind = Literal["political", "legal", "capacity", "financial", "security"]
Severity = Literal["red-line", "major", "minor"]
InterestName = Literal[
    "prosperity",
    "labour-supply",
    "security",
    "sovereignty",
    "mobility",
    "protection",
    "cohesion",
    "diaspora",
    "stability",
]
SourceKind = Literal[
    "official-state",
    "joint-declaration",
    "eu-institution",
    "international-organisation",
    "research",
    "press",
]

STANCES_BY_MODE: dict[Mode, frozenset[str]] = {
    "joint": frozenset({"supports", "resists"}),
    "exchange": frozenset({"seeks", "declines", "offers", "accepts", "resists"}),
}


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Summary = Annotated[Text, AfterValidator(short)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Iso2 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
PartialDate = Annotated[str, AfterValidator(partial_date)]
Period = Annotated[str, AfterValidator(month)]
Day = Annotated[dt.date, BeforeValidator(day)]
Flag = Annotated[Literal[True], BeforeValidator(no_number)]
"""Set or left out."""


class Frozen(BaseModel):
    """Immutable; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(Frozen):
    """Where a statement was read."""

    id: Slug
    title: Text
    publisher: Text
    date: PartialDate | None
    url: Url
    kind: SourceKind


class Statement(Frozen):
    """What objectives and constraints share: for whom it holds, since what source, until when.

    `towards` limits it to states (ISO alpha-3) or groups, `excluding` (key `except`) takes some
    out, `requires` names measures without which it does not hold. Written out, a list is never
    empty: an empty `towards` would read as "towards everyone".
    """

    id: Slug
    towards: tuple[Code, ...] = Field(default=(), min_length=1)
    excluding: tuple[Code, ...] = Field(default=(), min_length=1, alias="except")
    requires: tuple[Slug, ...] = Field(default=(), min_length=1)
    until: Period | None = None
    summary: Summary
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]

    def lapsed(self, as_of: dt.date) -> bool:
        """Whether the period named by `until` ended before `as_of`."""
        return self.until is not None and end_of(self.until) < as_of


class Objective(Statement):
    """A position on one measure: what the state wants, how much, and how well that is known."""

    measure: Slug
    stance: Stance
    priority: Level
    confidence: Level
    exclusive: Flag | None = None

    @model_validator(mode="after")
    def _exclusive_towards_someone(self) -> Objective:
        if self.exclusive and not self.towards:
            said = "`exclusive` needs `towards`; add that, or remove `exclusive`"
            raise UnfitError("PF110", said, key="exclusive")
        return self


class Constraint(Statement):
    """What limits a state on a measure or a theme; `role` (key `as`) is the role that is limited."""

    measure: Slug | None = None
    theme: Slug | None = None
    role: Role | None = Field(default=None, alias="as")
    kind: ConstraintKind
    severity: Severity

    @model_validator(mode="after")
    def _one_subject(self) -> Constraint:
        if (self.measure is None) == (self.theme is None):
            if self.measure is None:
                raise UnfitError("PF110", "a constraint names a `measure` or a `theme`; add one of the two")
            said = f"`measure` is on line {LINE} too; keep either that or `theme`"
            raise UnfitError("PF110", said, key="theme", other="measure")
        if self.severity == "red-line" and self.measure is None:
            said = "a red line names a measure, not a theme; write `measure` (and `as` if it is an exchange)"
            raise UnfitError("PF111", f"{said} instead, or lower the severity to major", key="theme")
        return self


class Interest(Frozen):
    """What lies behind the positions of a state; `weight` 1 to 3."""

    interest: InterestName
    weight: Annotated[Literal[1, 2, 3], BeforeValidator(whole)]
    summary: Summary
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Background(Frozen):
    """A domestic framework or somebody else's view: shown, never scored."""

    id: Slug
    measure: Slug
    until: Period | None = None
    summary: Summary
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Indicator(Frozen):
    """One dated figure that puts the positions in proportion."""

    indicator: Slug
    value: Annotated[float, Field(strict=True, allow_inf_nan=False)]
    unit: Text
    year: Annotated[int, Field(strict=True, ge=1900, le=2100)]
    source: Slug


class Names(Frozen):
    """How a state is called; the head of its profile."""

    name: Text
    official_name: Text
    iso2: Iso2
    iso3: Iso3
    aliases: tuple[Text, ...] = ()
    reviewed: Day

    @property
    def all(self) -> tuple[str, ...]:
        """Every name and code under which the state can be found."""
        return (self.name, self.official_name, self.iso2, self.iso3, *self.aliases)


class Positions(Frozen):
    """The body of a profile: all that is said about a state, with its sources."""

    objectives: tuple[Objective, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    interests: tuple[Interest, ...] = ()
    context: tuple[Background, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sources: tuple[Source, ...] = ()
    gaps: tuple[Slug, ...] = ()


class State(Names, Positions):
    """One profile. `id` is the name of its file and is added when the file is read."""

    id: Slug


class Extension(Positions):
    """A private profile that adds to the public one of the same name instead of replacing it."""

    id: Slug
    extends: Literal["base"]
    reviewed: Day | None = None


class Competence(Frozen):
    """What a Member State of the European Union cannot do alone on a measure, and why.

    `outside` are members (alpha-3) that Union law does not bind here. `give` stands in place of that
    of the measure for a provider that is bound and cannot deliver it by itself.
    """

    level: Literal["union", "shared", "national"]
    limit: Text
    outside: tuple[Iso3, ...] = Field(default=(), min_length=1)
    give: Text | None = None
    basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Measure(Frozen):
    """One concrete thing two states can do: jointly, or one for the other.

    `give` completes "<provider> would ...", with a place for the `{receiver}`; `together` completes
    "Both would ...". `asked_of` says of whom one may ask it when nothing is known: of a `giver` of
    such things to somebody, along a shared `route`, or only where the wish is `named`.
    """

    id: Slug
    name: Text
    mode: Mode
    means: Text
    give: Text | None = None
    together: Text | None = None
    needs_any: tuple[Slug, ...] = ()
    asked_of: tuple[Literal["giver", "route", "named"], ...] = Field(default=(), min_length=1)
    competence: Competence

    @model_validator(mode="after")
    def _wording_fits_mode(self) -> Measure:
        wanted, other = ("together", "give") if self.mode == "joint" else ("give", "together")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise ValueError(f"a measure with mode {self.mode} has `{wanted}` for its wording, no `{other}`")
        return self


class Appeal(Frozen):
    """An interest that a framing emphasises, and what to open with towards a side that has it."""

    interest: InterestName
    open_with: Text


class Framing(Frozen):
    """A way to present a theme in which both sides find what they care about.

    With `measures` it is for where one of these is at stake between the two; with `applies_to` at
    least one of them is, or belongs to, one of these codes.
    """

    id: Slug
    name: Text
    says: Summary
    emphasises: Annotated[tuple[Appeal, ...], Field(min_length=1)]
    measures: tuple[Slug, ...] = Field(default=(), min_length=1)
    applies_to: tuple[Code, ...] = Field(default=(), min_length=1)
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Theme(Frozen):
    """A field of cooperation, its measures and the ways to present it."""

    id: Slug
    name: Text
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    framings: tuple[Framing, ...] = ()


class Themes(Frozen):
    """The taxonomy; `version` is the version of the data as a whole."""

    version: Text
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    sources: tuple[Source, ...] = ()


class Area(Frozen):
    """One field that a group says it works on."""

    name: Text
    about: Text | None = None
    themes: tuple[Slug, ...] = ()


class Group(Frozen):
    """An organisation, a dialogue or a region.

    An `institution` is meant as a body: a position towards it is none towards its members.
    `members_of` addresses each member of another group one by one. `short` is how a sentence calls
    it after "with". A `route` dialogue brings together the states along a migration route.
    """

    code: Code
    name: Text
    short: Text
    aliases: tuple[Text, ...] = ()
    kind: Literal["organisation", "dialogue", "region"]
    established: Annotated[int, Field(strict=True, ge=1800, le=2100)] | None = None
    as_of: Text | None = None
    institution: Flag | None = None
    members_of: Code | None = None
    route: Flag | None = None
    free_movement: Flag | None = None
    free_movement_note: Text | None = None
    members: tuple[Iso3, ...] = ()
    observers: tuple[Iso3, ...] = ()
    framework: Text | None = None
    areas: tuple[Area, ...] = ()
    notes: tuple[Text, ...] = ()
    sources: Annotated[tuple[Url, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _members_once(self) -> Group:
        if self.members_of is not None and self.members:
            raise UnfitError("PF110", "a group has `members` or this, not both; remove one", key="members_of")
        if bool(self.free_movement) != (self.free_movement_note is not None):
            raise ValueError("`free_movement` goes with a `free_movement_note` that says on what law")
        return self


class Groups(Frozen):
    """Every group that a profile or a command may name."""

    groups: tuple[Group, ...]
