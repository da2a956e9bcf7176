"""Files that no author meant to write: bytes, tokens and structures of real files disturbed at random.

Everything is drawn from the `random.Random` that is given, so that a seed says all of a file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import yaml

Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

TOKENS = (
    "[ ] { } , : - ? # & * ! | > ' \" % @ ` << <<: --- ... : - ? &a *a !!str !!python/name:os.system !x !<x>"
    " |+ >- |9 ~ null true false NO 010 1:30 0x1F 1e999 1.5e308 .nan .inf -0 2026-13-40 2026-02-30"
    " 0000-00-00 2026-11-02 1900 2100 PF101 {{ }} [[ ]] ''' \\ \\u0000 \\ud800 \\U0001F600 \\x00 </b> &amp;"
    " ** __ ]( [/b]"
).split()
CHARACTERS = (
    "\x00\x01\x07\t\x0b\x0c\r\x1b\x7f\x80\x85\x9b\xa0\xad\u0300\u0345\u0660\u115f\u200b\u200d\u200f\u2028\u2029"
    "\u202a\u202e\u2066\u2069\u3000\ud7ff\ue000\ufdfa\ufeff\ufffd\ufffe\uffff\U0001f1e6\U0001f600\U000e0001"
    "\U0010ffffßİıſéتπ中"
)
PIECES = (
    *TOKENS,
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "\n- ",
    "\n  ",
    ": ",
    " #",
    ", ",
    "\n? ",
    "\n---\n",
    "\n...\n",
    "# partnerfit: ignore[PF101] reason\n",
    "  # partnerfit: ignore[PF306,PF999] reason\n",
    "# partnerfit: ignore\n",
    "# partnerfit: ignore[\n",
    "%YAML 9.9\n",
    "extends: base\n",
    "id: x\n",
)
BYTES = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\xf5",
    b"\x80",
    b"\r",
    b"\n",
    b"\t",
)
"""Among them marks of byte order, a surrogate and an overlong form as no UTF-8 has them."""
NUMBERS = (
    0,
    -1,
    1,
    2,
    3,
    4,
    2026,
    10**18,
    2**63,
    2**64,
    -(10**40),
    10**400,
    10**4299,
    0.0,
    -0.0,
    1.5,
    1e308,
    5e-324,
)
DIGITS = tuple(map(str, NUMBERS[:-2]))
WORDS = (
    "seeks offers accepts resists supports declines high medium low red-line political provider receiver"
    " mobility base press research TUN EU EU-MEMBERS AU towards except requires until sources summary measure"
    " theme as kind id url date null excluding role extends exclusive undated Tunisia Spain"
).split()

Draw = random.Random


def cut(text: str, draw: Draw) -> str:
    """A real profile with a few of its entries; its head and the names of its parts stay."""
    parts = re.split(r"(?m)^(?=[a-z_]+:)", text)
    kept = []
    for part in parts:
        head, *entries = re.split(r"(?m)^(?=  - )", part)
        some = sorted(draw.sample(range(len(entries)), min(len(entries), draw.randint(0, 2))))
        kept.append(head + "".join(entries[i] for i in some) if some or not entries else "")
    return "".join(kept)


def bytewise(text: str, draw: Draw) -> bytes:
    """Bytes flipped, put in, taken out, and the whole cut off."""
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(draw.choice((1, 1, 2, 3, 8, 40))):
        at = draw.randrange(len(raw) + 1)
        match draw.randrange(6):
            case 0 if at < len(raw):
                raw[at] ^= 1 << draw.randrange(8)
            case 1:
                raw[at:at] = draw.choice(BYTES)
            case 2:
                raw[at : at + draw.choice((1, 2, 20))] = b""
            case 3:
                end = at + draw.randrange(80)
                raw[at:at] = raw[at:end]
            case 4:
                raw[at:at] = bytes(draw.randrange(256) for _ in range(draw.randint(1, 4)))
            case 5 if draw.random() < 0.2:
                del raw[at:]
            case _:
                other = draw.randrange(len(raw) + 1)
                raw[at : at + 4] = raw[other : other + 4]
    return bytes(raw)


def tokenwise(text: str, draw: Draw) -> bytes:  # noqa: C901 - one case for each way
    """Signs of YAML, rare characters and comments put in; lines joined, doubled, indented anew."""
    for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
        spots = [m.start() for m in re.finditer(r"[:\-\[\],#\"'\n]", text)] or [0]
        at = draw.choice((draw.choice(spots), draw.randrange(len(text) + 1)))
        match draw.randrange(11):
            case 0 | 1:
                text = text[:at] + draw.choice(PIECES) + text[at:]
            case 2:
                text = text[:at] + draw.choice(CHARACTERS) * draw.choice((1, 1, 2, 30)) + text[at:]
            case 3:
                text = text[:at] + text[at + 1 :]
            case 4:
                lines = text.split("\n")
                i, j = draw.randrange(len(lines)), draw.randrange(len(lines))
                lines[i], lines[j] = lines[j], lines[i]
                text = "\n".join(lines)
            case 5:
                lines = text.split("\n")
                i = draw.randrange(len(lines))
                lines[i] = (
                    " " * draw.randrange(8) + lines[i].lstrip() if draw.random() < 0.5 else lines[i] * 2
                )
                text = "\n".join(lines)
            case 6:
                text = text.replace(
                    "\n", draw.choice(("\r\n", "\r", "\x85", "\u2028")), draw.choice((-1, 1, 5))
                )
            case 7:
                text = (
                    text[:at]
                    + draw.choice(("x", " ", "é", "a ", "-", "a-", "\u0301")) * draw.randint(100, 6000)
                    + text[at:]
                )
            case 8:
                text = (
                    draw.choice(("\ufeff", "\ufeff\ufeff", "%YAML 1.1\n---\n", "---\n", "# x\n", "\n\n"))
                    + text
                )
            case 9:
                opened = draw.choice(("[", "{", "- ", "? ", "[[],", "{a: ")) * draw.choice(
                    (3, 19, 20, 25, 300, 1100)
                )
                text = text[:at] + opened + text[at:]
            case _:
                found = list(re.finditer(r"(?<=: )[^\n]+", text))
                if found:
                    hit = draw.choice(found)
                    text = text[: hit.start()] + scalar(draw) + text[hit.end() :]
    return text.encode("utf-8", "surrogatepass")


def scalar(draw: Draw) -> str:
    """What may stand behind a colon."""
    pick = draw.choice((TOKENS, PIECES, WORDS, DIGITS, CHARACTERS))
    inner = draw.choice(pick)
    return draw.choice(
        ("{}", "{}", '"{}"', "'{}'", "[{}]", "{{{}: 1}}", "[{}, {}]", "!t {}", "&a {}", "- {}")
    ).replace("{}", inner)


def structure(text: str, draw: Draw) -> bytes:  # noqa: C901 - one case for each way
    """Entries swapped, taken out, doubled, nested and made of another type; then written anew."""
    data: Any = yaml.load(text, Loader=Loader)  # noqa: S506 - reads text alone
    for _ in range(draw.choice((1, 1, 2, 4))):
        spots = list(_spots(data))
        if not spots:
            break
        holder, key = draw.choice(spots)
        match draw.randrange(9):
            case 0:
                del holder[key]
            case 1:
                other, name = draw.choice(spots)
                holder[key], other[name] = other[name], holder[key]
                if _circular(data):
                    return b"- &a [*a]"
            case 2 if isinstance(holder, list):
                holder[key:key] = [holder[key]] * draw.choice((1, 2, 60))
            case 3:
                holder[key] = [holder[key]] * draw.choice((0, 1, 1, 2))
            case 4:
                holder[key] = {draw.choice(WORDS): holder[key]}
            case 5 if isinstance(holder, dict):
                new = draw.choice(
                    (
                        draw.choice(WORDS),
                        str(key).upper(),
                        str(key)[:-1],
                        str(key) + "s",
                        draw.choice(CHARACTERS),
                    )
                )
                holder[new] = holder.pop(key)
            case 6:
                holder[key] = draw.choice(NUMBERS)
            case 7:
                holder[key] = value(draw, 3)
            case _:
                holder[key] = draw.choice(
                    (None, True, False, "", " ", "x" * 300, draw.choice(WORDS), draw.choice(CHARACTERS))
                )
    style: Any = draw.choice((None, None, True, False))
    dumped = yaml.dump(
        data,
        Dumper=Same,
        default_flow_style=style,
        allow_unicode=draw.random() < 0.7,
        width=draw.choice((20, 80, 10**6)),
        default_style=draw.choice((None, None, None, '"', "'")),
        sort_keys=draw.random() < 0.1,
    )
    return dumped.encode("utf-8", "surrogatepass") if isinstance(dumped, str) else dumped


class Same(Dumper):  # type: ignore[misc]
    """Writes a value that stands in two places out in both."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always: anchors are put in elsewhere."""
        del data
        return True


def _spots(data: Any) -> Any:
    if isinstance(data, dict | list):
        for key, inner in [*(data.items() if isinstance(data, dict) else enumerate(data))]:
            yield data, key
            yield from _spots(inner)


def _circular(data: Any, above: tuple[int, ...] = ()) -> bool:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return id(data) in above or any(_circular(each, (*above, id(data))) for each in inner)


def value(draw: Draw, depth: int) -> Any:
    """Any value that YAML can hold."""
    pick = draw.randrange(8 if depth else 6)
    if pick >= 6:
        size = draw.choice((0, 1, 1, 2, 3, 50 if depth == 1 else 4))
        if pick == 7:
            return [value(draw, depth - 1) for _ in range(size)]
        return {draw.choice((*WORDS, *CHARACTERS)): value(draw, depth - 1) for _ in range(size)}
    return draw.choice(
        (
            draw.choice(NUMBERS),
            draw.choice(WORDS),
            draw.choice(PIECES),
            draw.choice(CHARACTERS),
            None,
            True,
            "a b " * draw.randrange(60),
        )
    )


def grammar(text: str, draw: Draw) -> bytes:
    """YAML written from its grammar, block and flow styles mixed, seldom a profile."""
    keys = re.findall(r"(?m)^ *(?:- )?([a-z_]+):", text)

    def node(depth: int, indent: str) -> str:
        if depth == 0 or draw.random() < 0.35:
            return scalar(draw)
        inner = [node(depth - 1, indent + "  ") for _ in range(draw.randint(0, 4))]
        names = [draw.choice(keys) if keys and draw.random() < 0.8 else scalar(draw) for _ in inner]
        match draw.randrange(5):
            case 0:
                return "".join(f"\n{indent}- {one}" for one in inner)
            case 1:
                return f"[{', '.join(inner)}]"
            case 2:
                return "{" + ", ".join(f"{k}: {v}" for k, v in zip(names, inner, strict=True)) + "}"
            case 3:
                return f"{draw.choice('|>')}{draw.choice(('', '-', '+', '2'))}\n" + "\n".join(
                    indent + one for one in inner
                )
            case _:
                return "".join(f"\n{indent}{k}: {v}" for k, v in zip(names, inner, strict=True))

    lines = [f"{draw.choice(keys) if keys else 'name'}: {node(4, '  ')}\n" for _ in range(draw.randint(1, 8))]
    return "".join(lines).encode("utf-8", "surrogatepass")


def rows(text: str, draw: Draw) -> bytes:
    """A table with cells, rows and quotes disturbed."""
    lines = text.splitlines()[: draw.choice((2, 5, 40))]
    for _ in range(draw.choice((1, 1, 2, 5))):
        i = draw.randrange(len(lines) or 1)
        if not lines:
            break
        cells = lines[i].split(",")
        j = draw.randrange(len(cells))
        match draw.randrange(7):
            case 0:
                cells[j] = draw.choice((*PIECES, *CHARACTERS, *DIGITS, '"', '"a', "a\nb", "9" * 5000, "٣"))
            case 1:
                del cells[j]
            case 2:
                cells.insert(j, draw.choice(cells))
            case 3:
                lines.insert(i, lines[draw.randrange(len(lines))])
            case 4:
                cells = ["x" * draw.choice((10, 140_000))]
            case 5:
                cells = []
            case _:
                cells[j] += draw.choice(CHARACTERS)
        lines[i] = ",".join(cells)
    return draw.choice(("\n", "\r\n", "\r", "\n\n")).join(lines).encode("utf-8", "surrogatepass")


KINDS: dict[str, Callable[[str, Draw], bytes]] = {
    "bytes": bytewise,
    "tokens": tokenwise,
    "structure": structure,
    "grammar": grammar,
}


def mutated(text: str, draw: Draw) -> tuple[str, bytes]:
    """One disturbed file made of a YAML text, and the name of the way it was done."""
    kind = draw.choice((*KINDS, "tokens", "structure", "both"))
    if kind == "both":
        raw = structure(text, draw)
        return kind, tokenwise(raw.decode("utf-8", "replace"), draw)
    return kind, KINDS[kind](text, draw)
