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
    inside `texts`, and nothing counts inside `skipped`."""

    lines: frozenset[str]
    texts: frozenset[str]
    marks: Mapping[str, str]
    skipped: frozenset[str]


class _Lines:
    """The target of an XML parser: hears of each element and keeps the words."""

    def __init__(self, tags: Tags) -> None:
        self.tags, self.out = tags, [""]
        self.skipping = self.inside = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.skipping += tag in self.tags.skipped
        self.inside += tag in self.tags.texts
        if self.skipping:
            return
        if tag in self.tags.lines and self.out[-1] != BULLET:
            self.out.append("\n")
        if mark := self.tags.marks.get(tag):
            self.out += ["\n", mark] if mark == BULLET and self.out[-1] != "\n" else [mark]

    def end(self, tag: str) -> None:
        if tag in self.tags.lines and not self.skipping:
            self.out.append("\n")
        self.skipping -= tag in self.tags.skipped
        self.inside -= tag in self.tags.texts

    def data(self, text: str) -> None:
        if self.inside and not self.skipping:
            self.out.append(text)

    def close(self) -> str:
        return "".join(self.out)


def text_of(xml: bytes, tags: Tags) -> str:
    """The text of a document. Raises Trouble("xml_entities") for a DTD, Trouble("damaged")."""
    parser = XMLParser(target=_Lines(tags), forbid_dtd=True)
    try:
        parser.feed(xml)
        text: str = parser.close()
    except DefusedXmlException as error:
        raise ResumeError("xml_entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise ResumeError("damaged") from error
    return text
