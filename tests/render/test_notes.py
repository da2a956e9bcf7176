"""Notes as Markdown: golden files, what a reader sees of hostile data, layouts of one's own."""

from __future__ import annotations

import difflib
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from partnerfit.brief.content import Bar, Brief, Claim, Reading, Reference, Section, Table, finished
from partnerfit.errors import UsageError
from partnerfit.model import State
from partnerfit.render.notes import markdown, markdown_by
from tests import notes
from tests.render import bargains

HOSTILE = (
    "a | b",
    "[link](https://example.org/x) ![image](y)",
    "`code` ``` fence",
    "{{ brief.title }} {% for x in y %} {# note #}",
    "<script>alert(1)</script> <!-- x -->",
    "one\ntwo\n\n# three\n- four\n| five |",
    "[^1]: a note [^2]",
    "*star* _under_ ~~struck~~ $x^2$ \\",
    "1. first",
    "---",
)


class _Reader(HTMLParser):
    """The text of a page, and how often each element occurs."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[str] = []
        self.feed(MarkdownIt("commonmark").enable("table").render(page))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"p", "a"}:
            self.elements.append(tag)


def laid_out(words: str) -> Brief:
    """A note in which some words stand in every place."""
    reading = Reading(words, words, words, "https://example.org/x")
    claim = Claim(words, words, (Reference(words, (reading,)),))
    table = Table((words, words), ((claim, Bar(50)), (claim, claim)), right=(1,))
    part = Section("part", words, lead=(claim,))
    section = Section("whole", words, (claim,), (claim, claim), table, (claim,), (part,), numbered=True)
    fixed = {"notes": words, "sources": words, "no-date": words}
    return finished(Brief(words, (words, words), words, words, "2026-01-01", (claim,), (section,), fixed))


# Golden files


@pytest.mark.parametrize("name", sorted(notes.KEPT))
def test_a_note_is_as_it_was(name: str) -> None:
    file = notes.GOLDEN / name
    before, now = file.read_text(encoding="utf-8"), notes.KEPT[name]()
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), name, "now", lineterm="")
    difference = "\n".join(lines)
    assert not difference, f"\n{difference}\n`python -m tests.notes` writes the golden files anew"


def test_every_golden_file_is_tested() -> None:
    assert {file.name for file in notes.GOLDEN.iterdir()} == set(notes.KEPT)


# Layout


def test_the_layout() -> None:
    reference = Reference("Arda, o-1", (Reading("A ministry", "A text", None, "https://example.org/x"),))
    section = Section(
        "whole",
        "Title",
        lead=(Claim("Lead."),),
        points=(Claim("Point.", "Label:", (reference,)), Claim("Bare.")),
        table=Table(("Name", "Score"), ((Claim("a", references=(reference,)), Bar(50)),), right=(1,)),
        close=(Claim("Close."),),
        parts=(Section("part", "Part", points=(Claim("One."), Claim("Two.")), numbered=True),),
    )
    fixed = {"notes": "Notes", "sources": "Sources", "no-date": "no date"}
    brief = Brief("T", ("Arda", "Bree"), None, "SECRET", "2026-01-01", (Claim("Terms."),), (section,), fixed)
    assert markdown(finished(brief)) == (
        "**SECRET**\n\n# T\n\nTerms.\n\n## Title\n\nLead.\n\n- **Label:** Point.[^1]\n- Bare.\n\n"
        "| Name | Score |\n| ----- | ---------: |\n| a[^2] | █████░░░░░ |\n\nClose.\n\n"
        "### Part\n\n1. One.\n2. Two.\n\n## Notes\n\n"
        "[^1]: Arda, o-1: A ministry, no date (1).\n\n[^2]: Arda, o-1: A ministry, no date (1).\n\n"
        "## Sources\n\n1. A ministry. A text. no date. <https://example.org/x>\n\n**SECRET**\n"
    )


def test_without_a_marking_there_is_no_line_for_it() -> None:
    assert markdown(notes.small()).startswith("# Arda and Bree")
    assert markdown(notes.small(marking="LIMITED")).count("**LIMITED**") == 2


@pytest.mark.parametrize("full", [False, True])
def test_the_same_note_twice(full: bool) -> None:
    assert markdown(notes.small(full=full)) == markdown(notes.small(full=full))


# Hostile data


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_stands_in_the_data_changes_no_structure(words: str) -> None:
    plain, hostile = _Reader(markdown(laid_out("plain"))), _Reader(markdown(laid_out(words)))
    assert hostile.elements == plain.elements
    shown = " ".join(words.split())
    assert " ".join(hostile.text.split()).count(shown) >= 15


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_profile(words: str) -> None:
    def spoiled(state: State, words: str) -> State:
        objectives = tuple(o.model_copy(update={"summary": words}) for o in state.objectives)
        sources = tuple(s.model_copy(update={"title": words, "publisher": words}) for s in state.sources)
        return state.model_copy(update={"name": words, "objectives": objectives, "sources": sources})

    def page(words: str, side: str | None) -> _Reader:
        states = spoiled(bargains.ARDA, words), spoiled(bargains.BREE, words)
        return _Reader(markdown(notes.small(*states, side=side, full=True, marking=words)))

    for side in (None, "arda"):
        assert page(words, side).elements == page("plain", side).elements


def test_a_long_cell_makes_no_long_rule() -> None:
    rule = next(line for line in markdown(laid_out("x" * 200)).splitlines() if line.startswith("| --"))
    assert len(rule) < 100


# Layouts of one's own


def test_a_layout_of_ones_own() -> None:
    points = "{% for c in brief.section('bottom').points %}\n* {{ c.label }}\n{% endfor %}\n"
    template = "{{ brief.title }}\n" + points
    assert markdown_by(notes.small(), template, "own.j2") == (
        "Arda and Bree: cooperation on migration\n* Open with joint training.\n"
        "* Exchange: readmission / visa facilitation.\n* Then skills partnership.\n"
    )


def test_what_a_layout_prints_is_escaped() -> None:
    found = notes.small(marking="[a](b) | <c>")
    assert markdown_by(found, "{{ brief.marking }}", "own.j2") == "\\[a\\](b) \\| \\<c\\>\n"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ brief.titel }}", "own.j2: .*has no attribute 'titel'; the template is given `brief`"),
        ("{{ nothing }}", "own.j2: 'nothing' is undefined; the template is given `brief`"),
        ("a\n{% if %}", "own.j2:2: .*; the template is given `brief`"),
        ("{{ brief.section('no').title }}", "own.j2: .*; the template is given `brief`"),
        ("{{ 1 / 0 }}", "own.j2: division by zero; the template is given `brief`"),
        ("{{ brief.__class__.__mro__ }}", "own.j2: .*unsafe.*; the template is given `brief`"),
        ("{% include '/etc/passwd' %}", "own.j2: .*; the template is given `brief`"),
    ],
)
def test_a_layout_that_cannot_be_used_is_told_in_one_line(template: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"^{said}$") as raised:
        markdown_by(notes.small(), template, "own.j2")
    assert "\n" not in str(raised.value)


def test_a_layout_can_change_nothing() -> None:
    with pytest.raises(UsageError):
        markdown_by(notes.small(), "{{ brief.words.clear() }}", "own.j2")


def test_a_name_in_another_alphabet() -> None:
    arda = bargains.ARDA.model_copy(update={"name": "تونس"})
    assert markdown(notes.small(arda)).startswith("# تونس and Bree")
