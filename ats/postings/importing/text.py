"""Text of strangers made safe to store and to show, and otherwise left whole."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import nh3

SURROGATES = re.compile("[\ud800-\udfff]")
CONTROLS = re.compile(r" *[\x00-\x1f\x7f-\x9f\u2028\u2029]+ *")


def whole(text: str) -> str:
    """All of it, in NFC, with plain line ends; PostgreSQL takes no NUL and no lone surrogate."""
    text = SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.replace("\x00", ""))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """`whole` for titles and names: tabs, line breaks and control characters become one space."""
    return CONTROLS.sub(" ", whole(text)).strip()


def rich(text: str) -> str:
    """`whole`, with HTML sanitised. Text without HTML ("C++ <3 years", "R&D") stays as it is.

    The answer is sanitised HTML or holds no HTML syntax at all: pages may show it as HTML.
    """
    text = whole(text)
    return nh3.clean(text) if nh3.is_html(text) else text


def labelled(*parts: tuple[str, str]) -> str:
    """Facts without a column of their own, one a line, "label: text"; empty ones are left out."""
    return "\n".join(f"{label}: {text}" if label else text for label, text in parts if text)


def fold(text: str) -> str:
    """The key under which two spellings of a text are the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Cell(HTMLParser):
    """The text and the links of a bit of HTML, such as a cell of a Markdown table."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return one_line("".join(self.pieces))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if (tag, name) == ("a", "href") and value]
        if tag == "br":
            self.pieces.append("\n")
