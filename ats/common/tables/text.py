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
    if text.isascii() and text.isprintable():  # most cells: nothing to do, and hundreds of thousands of them
        return text.strip()
    text = SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.replace("\x00", ""))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """`whole` for titles and names: tabs, line breaks and control characters become one space."""
    text = whole(text)
    return text if text.isprintable() else CONTROLS.sub(" ", text).strip()


def rich(text: str) -> str:
    """`whole`, with HTML sanitised. Text without HTML ("C++ <3 years", "R&D") stays as it is.

    The answer is sanitised HTML or contains no HTML syntax at all: pages may show it as HTML.
    """
    text = whole(text)
    if "<" not in text and "&" not in text:
        return text
    return nh3.clean(text) if nh3.is_html(text) else text


def labelled(*parts: tuple[str, str]) -> str:
    """What has no column, one a line, "label: text"; empty ones are left out."""
    return "\n".join(f"{label}: {text}" if label else text for label, text in parts if text)


def fold(text: str) -> str:
    """The key under which two spellings of a text are the same."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:<([^<>]*)>|((?:[^()\s]|\([^()]*\))*))(?:\s+\"[^\"]*\")?\)")
EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
BREAK = re.compile(r"</?\s*br\s*/?>", re.IGNORECASE)
# Signs that lists of jobs put beside a name; their meaning is read before they are taken out.
SIGNS = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f1e6-\U0001f1ff]|:[a-z0-9_+-]+:"
)


# None of these: the text is the cell.
MARKED = re.compile(r"[<&\[*_~`:\n\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]")


def cell_text(source: str) -> str:
    """The text of a cell without the marks of Markdown and HTML."""
    return Cell(source).text if MARKED.search(source) else one_line(source)


class Cell(HTMLParser):
    """The text, the lines and the links of a cell of Markdown, with HTML in it or without."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.feed(BREAK.sub("<br>", source))
        self.close()
        marked = "".join(self.pieces)
        # A picture inside a link: the inner pair first, so that the outer one remains a link.
        while (plain := MARKDOWN_LINK.sub(self._take_link, marked)) != marked:
            marked = plain
        self._plain = SIGNS.sub("", EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", marked)))

    @property
    def text(self) -> str:
        return one_line(" ".join(self._plain.split()))

    @property
    def lines(self) -> list[str]:
        """The parts between line breaks, without blanks."""
        return [line for line in map(one_line, self._plain.split("\n")) if line]

    def _take_link(self, match: re.Match[str]) -> str:
        address = match[2] or match[3] or ""
        if not match[0].startswith("!") and address:
            self.links.append(address)
        return match[1]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if (tag, name) == ("a", "href") and value]
        if tag == "br":
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "summary":
            self.pieces.append("\n")
