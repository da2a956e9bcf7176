"""Markdown: what a reader of the rendered page sees is the text as it stands."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from partnerfit.render.blocks import Bar, Block, Column, Heading, Listing, Page, Paragraph, Table, Text
from partnerfit.render.markdown import escape, render

TEXTS = [
    "plain",
    "two  blanks",
    "*star* **two** _under_ __two__",
    "`code` ``two``",
    "[link](https://example.org) ![image](x)",
    "[reference]: https://example.org",
    "<script>alert(1)</script> <b> <!-- x -->",
    "# no heading",
    "#tag",
    "> no quote",
    "a | b || c",
    "back\\slash \\* \\",
    "~~struck~~",
    "``` fence",
    "~~~ fence",
    "=1+1",
    "===",
    "[/bold] [bold]x[/bold]",
    "a_b_c",
    "تونس *é* 南非",
    "line\nbreak\n\nparagraph",
    "&copy; &lt;b&gt; &#35; a&b",
    "- x",
    "+ x",
    "1. x",
    "1) x",
    "2024. x",
    "2024.",
    "---",
    "- - -",
    "https://example.org/a_b*c?d=1&e=2|f (x), http://example.org.",
    "\ttab",
]


class _Reader(HTMLParser):
    """The text a browser would show, and the elements it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)


def read(page: Page) -> tuple[list[str], list[str]]:
    """The lines and the elements of the rendered page; links are text."""
    reader = _Reader()
    reader.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(render(page)))
    lines = [line for line in reader.text.split("\n") if line]
    return lines, [element for element in reader.elements if element != "a"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("kind", "elements"),
    [(Heading, ["h2"]), (Paragraph, ["p"]), (Listing, ["ul", "li"])],
    ids=["heading", "paragraph", "listing"],
)
def test_text_is_shown_as_it_stands(kind: type, elements: list[str], text: str) -> None:
    block: Block = Listing((text,)) if kind is Listing else kind(text)
    assert read((block,)) == ([" ".join(text.split())], elements)


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_is_shown_as_it_stands(text: str) -> None:
    table = Table((Column("Head"), Column("Next")), ((text, Text(text, "bad")), ("last", Bar(50))))
    lines, elements = read((table,))
    shown = " ".join(text.split())
    assert lines == ["Head", "Next", shown, shown, "last", "█████░░░░░"]
    assert elements == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td", "tr", "td", "td"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ((Heading("Title", level=1), Heading("Part")), "# Title\n\n## Part\n"),
        ((Listing(("a", "b")),), "- a\n- b\n"),
        ((Listing(("a", "b"), numbered=True),), "1. a\n2. b\n"),
        ((Paragraph("One.\nTwo."),), "One. Two.\n"),
        (
            (Table((Column("A"), Column("B", "right")), (("x|y", ""),)),),
            "| A | B |\n| --- | ---: |\n| x\\|y |  |\n",
        ),
    ],
)
def test_the_source(page: Page, text: str) -> None:
    assert render(page) == text


def test_escaping() -> None:
    assert escape("a*b_c[d]<e>#f|g~h`i\\j") == r"a\*b\_c\[d\]\<e\>\#f\|g\~h\`i\\j"
    assert escape(" a\n b ") == "a b"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/a_b", "<https://example.org/a_b>"),
        ("See https://a.org/x#y. Then", "See <https://a.org/x#y>. Then"),
        ("(http://a.org/?a&b=*)", "(<http://a.org/?a&b=*>)"),
        ("ftp://a_b https://", r"ftp://a\_b https://"),
    ],
)
def test_an_address_is_a_link(text: str, link: str) -> None:
    assert escape(text) == link
