"""Lines of text out of an office document's XML, in one pass and without building its tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from ats.people.resumes.errors import ResumeError

BULLET = "• "


@dataclass(frozen=True, slots=True)
class Tags:
    """Which elements mean what: `lines` begin one, `marks` stand for characters, text counts only
    inside `texts`, and nothing counts inside `skipped`. `rows` are a table's, `cells` a row's."""

    lines: frozenset[str]
    texts: frozenset[str]
    marks: Mapping[str, str]
    skipped: frozenset[str]
    rows: frozenset[str]
    cells: frozenset[str]


class _Lines:
    """The target of an XML parser: receives each element and keeps the words."""

    def __init__(self, tags: Tags) -> None:
        self.tags, self.out = tags, [""]
        self.skipping = self.inside = 0
        self.rows: list[tuple[list[str], list[str]]] = []  # what is around each open row, and its cells

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.skipping += tag in self.tags.skipped
        self.inside += tag in self.tags.texts
        if self.skipping:
            return
        if tag in self.tags.rows:
            self.rows.append((self.out, []))
        if tag in self.tags.rows or (tag in self.tags.cells and self.rows):
            self.out = [""]
        if tag in self.tags.lines and self.out[-1] != BULLET:
            self.out.append("\n")
        if mark := self.tags.marks.get(tag):
            self.out += ["\n", mark] if mark == BULLET and self.out[-1] != "\n" else [mark]

    def end(self, tag: str) -> None:
        if tag in self.tags.lines and not self.skipping:
            self.out.append("\n")
        if not self.skipping and self.rows:
            self._end_of_table(tag)
        self.skipping -= tag in self.tags.skipped
        self.inside -= tag in self.tags.texts

    def _end_of_table(self, tag: str) -> None:
        """Cells of one line each are parted by tabs; where one has more, each begins a line."""
        if tag in self.tags.cells:
            self.rows[-1][1].append("".join(self.out).strip())
            self.out = [""]
        elif tag in self.tags.rows:
            around, cells = self.rows.pop()
            filled = [cell for cell in cells if cell]
            mark = "\n" if any("\n" in cell for cell in filled) else "\t"
            self.out = [*around, "\n", mark.join(filled), "\n"]

    def data(self, text: str) -> None:
        if self.inside and not self.skipping:
            self.out.append(text)

    def close(self) -> str:
        return "".join(self.out)


def text_of(xml: bytes, tags: Tags) -> str:
    """The text of a document. Raises ResumeError("xml_entities") for a DTD, ResumeError("damaged")."""
    parser = XMLParser(target=_Lines(tags), forbid_dtd=True)
    try:
        parser.feed(xml)
        text: str = parser.close()
    except DefusedXmlException as error:
        raise ResumeError("xml_entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise ResumeError("damaged") from error
    return text
