"""Results -> plain data for programs: the JSON contract, and rows for CSV.

The contract of `compare` has a version of its own; later versions only add keys. Scores are rounded
to one decimal, gains and shares to three.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partnerfit.figures import Corridor
from partnerfit.model import Frozen, Measure
from partnerfit.scoring.comparison import Comparison, Item, Question, RedLine, ThemeFit
from partnerfit.scoring.framing import Recommendation

VERSION = 1

Record = dict[str, Any]


def points(value: float) -> float:
    """A score rounded to one decimal."""
    return round(value, 1)


def share(value: float | None) -> float | None:
    """A gain or share rounded to three decimals."""
    return None if value is None else round(value, 3)


def comparison(
    result: Comparison,
    *,
    data_version: str,
    overlays: Iterable[str],
    method: str,
    corridors: Iterable[Corridor] = (),
    packages: Iterable[Record] = (),
) -> Record:
    """The contract of `compare --format json`."""
    return {
        "version": VERSION,
        "as_of": result.as_of.isoformat(),
        "seed": result.seed,
        "draws": result.draws,
        "data": {"version": data_version, "overlays": list(overlays)},
        "method": method,
        "assumed": [],
        "partners": [{"id": p.id, "iso3": p.iso3, "name": p.name} for p in result.partners],
        "free_movement": result.area.code if result.area else None,
        "themes": [_theme(theme, result) for theme in result.themes],
        "red_lines": [_red_line(line) for line in result.red_lines],
        "questions": [_question(question) for question in result.questions],
        "bloc_positions": [
            {
                "theme": result.theme_of(b.objective.measure).id,
                "state": b.state,
                "objective": b.objective.id,
                "measure": b.objective.measure,
                "stance": b.objective.stance,
                "towards": list(b.objective.towards),
            }
            for b in result.bloc_positions
        ],
        "packages": list(packages),
        "corridors": [_corridor(way) for way in corridors],
        "coverage": {state: share(value) for state, value in result.coverage.items()},
    }


def _corridor(way: Corridor) -> Record:
    stock, sent = way.migrant_stock, way.remittances
    return {
        "origin": way.origin,
        "destination": way.destination,
        "migrant_stock": round(stock.value) if stock else None,
        "stock_year": stock.year if stock else None,
        "stock_source": stock.source if stock else None,
        "remittances_musd": points(sent.value) if sent else None,
        "remittances_year": sent.year if sent else None,
        "remittances_source": sent.source if sent else None,
    }


def _theme(theme: ThemeFit, result: Comparison) -> Record:
    known = [item for item in theme.items if any(s.position.gain is not None for s in item.sides)]
    return {
        "id": theme.theme.id,
        "name": theme.theme.name,
        "rank": theme.rank,
        "score": points(theme.score),
        "range": [points(theme.low), points(theme.high)],
        "top3_share": share(theme.top3_share),
        "potential": points(theme.potential),
        "balance": share(theme.balance),
        "tension": points(theme.tension),
        "price": points(theme.price),
        "assessment": theme.assessment,
        "to_confirm": theme.to_confirm,
        "items": [_item(item, result) for item in known],
        "common_demands": [measure.id for measure in theme.common_demands],
        "framing": framing(theme.framing),
    }


def framing(found: Recommendation | None) -> Record | None:
    """The framing of a theme, how far each side can stand behind it, and what to open with."""
    if found is None:
        return None
    return {
        "id": found.framing.id,
        "name": found.framing.name,
        "support": {side.state: share(side.support) for side in found.sides},
        "open_with": {side.state: [opening.line for opening in side.openings] for side in found.sides},
    }


def _item(item: Item, result: Comparison) -> Record:
    return {
        "measure": item.measure.id,
        "mode": item.measure.mode,
        "provider": item.provider,
        "receiver": item.receiver,
        "class": item.cls,
        "fit": points(item.fit),
        "balance": share(item.balance),
        "mixed": item.mixed,
        "both_gain_share": share(item.both_gain_share),
        "tension": points(item.tension),
        "price": points(item.price),
        "confidence": item.confidence,
        "gains": {s.state: share(s.position.gain) for s in item.sides},
        "basis": {s.state: s.position.basis for s in item.sides},
        "objectives": {s.state: [o.id for o in s.position.objectives] for s in item.sides},
        "constraints": [c.id for s in item.sides for c in s.position.limits],
        "requires": list(item.requires),
        "eu_competence": competence(item.measure) if result.bound(item.measure) else None,
    }


def competence(measure: Measure) -> Record:
    """What a Member State of the European Union cannot do alone."""
    return {
        "level": measure.competence.level,
        "limit": measure.competence.limit,
        "basis": list(measure.competence.basis),
    }


def _red_line(line: RedLine) -> Record:
    return {
        "state": line.state,
        "constraint": line.constraint.id,
        "measure": line.measure.id,
        "role": line.constraint.role,
        "theme": line.theme.id,
        "wanted": line.wanted,
        "wish": line.wish,
    }


def _question(question: Question) -> Record:
    return {
        "to": question.to,
        "asked_by": question.asked_by,
        "measure": question.measure.id,
        "theme": question.theme.id,
        "provider": question.provider,
        "receiver": question.receiver,
        "adds": points(question.adds),
        "does_with_others": [objective.id for objective in question.does_with_others],
    }


THEME_COLUMNS = tuple(
    """
    rank id name score top3_share potential balance tension price assessment to_confirm range_low
    range_high
    """.split()
)
_ITEM_COLUMNS = tuple(
    """
    measure mode provider receiver class fit balance mixed both_gain_share confidence
    """.split()
)
_SIDE_COLUMNS = ("state", "gain", "basis", "objectives")
ITEM_COLUMNS = (
    "theme",
    *_ITEM_COLUMNS,
    *(f"{key}_{side}" for side in "ab" for key in _SIDE_COLUMNS),
    "eu_competence",
)


def theme_rows(document: Record) -> list[Record]:
    """The themes of a comparison record, one row each, for CSV."""
    rows = []
    for theme in document["themes"]:
        low, high = theme["range"]
        row = theme | {"range_low": low, "range_high": high}
        rows.append({column: row[column] for column in THEME_COLUMNS})
    return rows


def item_rows(document: Record) -> list[Record]:
    """The items of a comparison record, one row each, for CSV; the states as columns a and b."""
    first, second = (partner["id"] for partner in document["partners"])
    rows = []
    for theme in document["themes"]:
        for item in theme["items"]:
            row = {"theme": theme["id"], **{key: item[key] for key in _ITEM_COLUMNS}}
            for letter, state in (("a", first), ("b", second)):
                row[f"state_{letter}"] = state
                row[f"gain_{letter}"] = item["gains"][state]
                row[f"basis_{letter}"] = item["basis"][state]
                row[f"objectives_{letter}"] = " ".join(item["objectives"][state])
            row["eu_competence"] = item["eu_competence"] and item["eu_competence"]["level"]
            rows.append(row)
    return rows


def only(document: Record, theme: str, measure: str | None) -> Record:
    """A comparison record cut down to one theme, or to one measure of it."""
    themes = []
    for entry in document["themes"]:
        if entry["id"] == theme:
            items = [item for item in entry["items"] if measure in (None, item["measure"])]
            themes.append({**entry, "items": items})

    def concerns(entry: Record) -> bool:
        return bool(entry["measure"] == measure if measure else entry["theme"] == theme)

    keys = ("red_lines", "questions", "bloc_positions")
    cut = {key: [entry for entry in document[key] if concerns(entry)] for key in keys}
    return {**document, "themes": themes, **cut}


def evidence(result: Comparison, document: Record) -> Record:
    """The objectives, constraints and sources that a record cites, by state."""
    found: Record = {}
    cited = _cited(result, document)
    for partner in result.partners:
        own = cited[partner.id]
        statements = [s for s in (*partner.objectives, *partner.constraints) if s.id in own]
        used = {source for statement in statements for source in statement.sources}
        found[partner.id] = {
            "statements": [dump(statement) for statement in statements],
            "sources": [dump(source) for source in partner.sources if source.id in used],
        }
    return found


def _cited(result: Comparison, document: Record) -> dict[str, set[str]]:
    """The ids of the statements behind the items, red lines, questions and bloc positions of a record."""
    cited: dict[str, set[str]] = {partner.id: set() for partner in result.partners}
    shown = {(item["measure"], item["provider"]) for t in document["themes"] for item in t["items"]}
    for item in result.items:
        if (item.measure.id, item.provider) in shown:
            for side in item.sides:
                statements = (*side.position.objectives, *side.position.limits)
                cited[side.state].update(statement.id for statement in statements)
    for line in document["red_lines"]:
        cited[line["state"]].add(line["constraint"])
    for question in document["questions"]:
        cited[question["to"]].update(question["does_with_others"])
    for spoken in document["bloc_positions"]:
        cited[spoken["state"]].add(spoken["objective"])
    return cited


def dump(value: Frozen) -> Record:
    """A value of the model under the keys of its file, without what is left at its default."""
    return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
