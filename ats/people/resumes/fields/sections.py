"""The sections of a résumé, by their headings in the languages that `resume_headings.toml` knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ats.common.disciplines import discipline_of
from ats.common.reference import reference
from ats.people.resumes.fields.degrees import degree
from ats.people.resumes.fields.lines import CELL
from ats.people.resumes.fields.schools import school


class Topic(StrEnum):
    """The order decides where a heading fits two."""

    EDUCATION = "education"
    REFEREES = "referees"
    CONTACT = "contact"
    OTHERS = "others"
    HEAD = "head"  # what stands above all headings
    UNKNOWN = "unknown"  # a heading by its looks


@dataclass(frozen=True, slots=True)
class Section:
    topic: Topic
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the headings of one topic are made of."""

    phrases: frozenset[str]
    core: frozenset[str]
    words: frozenset[str]
    core_part: re.Pattern[str]
    parts: re.Pattern[str]

    def fit(self, text: str) -> bool:
        if text in self.phrases:
            return True
        words = LATIN_PARTS.split(text)
        if all(word in self.words for word in words) and not self.core.isdisjoint(words):
            return True
        solid = text.replace(" ", "")
        return bool(self.parts.fullmatch(solid) and self.core_part.search(solid))


def _words(lists: dict[str, list[str]]) -> _Words:
    return _Words(
        phrases=frozenset(lists["phrases"]),
        core=frozenset(lists["core"]),
        words=frozenset(lists["words"] + lists["core"]),
        core_part=_any(lists["core_parts"]),
        parts=re.compile(f"(?:{_any(lists['parts'] + lists['core_parts']).pattern})+"),
    )


def _any(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))


LATIN_PARTS = re.compile(r"[\s,:]+|(?<=\w)(?=/)|(?<=/)(?=\w)")
_LISTS: dict[str, Any] = reference("resume_headings")
WORDS = {topic: _words(_LISTS[topic]) for topic in list(Topic)[:4]}
# Within a line these begin a section; "Awards: …" or "Courses: …" may belong to a school.
CLOSING = frozenset(_LISTS["closing"])

LONGEST_HEADING = 60
NUMBER = re.compile(r"^\W*(?:[一二三四五六七八九十]{1,2}|[IVXⅠ-Ⅻ]{1,4}|\d{1,2})[\s、.．)）]+")
TRIM = re.compile(r"^[\W\d_]+|[\W_]+$")
MARKED = re.compile(r"^#{1,6} |^[【〔\[■◆●▌▍◎★▶]")
# A heading in two languages: "教育背景 EDUCATION", "Education / 学历", "教育（Education）".
TWO_TONGUES = re.compile(
    r"[/()（）]|\s[|–-]\s|(?<=[^\x00-\x7f])\s*(?=[a-z])|(?<=[a-z])\s*(?=[\u3040-\u9fff\uac00-\ud7a3])"
)


def heading(line: str) -> str:
    """The line as it would stand in the lists of headings."""
    return TRIM.sub("", NUMBER.sub("", line)).casefold()


@lru_cache(maxsize=4096)
def topic_of(line: str) -> Topic | None:
    """Which section a line heads, as a whole; None when it is no heading."""
    if len(line) > LONGEST_HEADING:
        return None
    text = heading(line)
    return _fit(text) or _in_two_tongues(text)


def _fit(text: str) -> Topic | None:
    return next((topic for topic, words in WORDS.items() if text and words.fit(text)), None)


def _in_two_tongues(text: str) -> Topic | None:
    parts = [part for part in (TRIM.sub("", part) for part in TWO_TONGUES.split(text)) if part]
    topics = [_fit(part) for part in parts]
    return topics[0] if len(topics) > 1 and all(topics) else None


def sections(lines: list[str]) -> list[Section]:
    """A résumé in sections, of which the first is the head and may be empty."""
    found = [Section(Topic.HEAD)]
    above = ""  # the last heading
    for line in lines:
        topic, rest = _beginning(line)
        if topic is None and found[-1].topic is Topic.EDUCATION and _looks_like_one(line, above):
            topic, rest = Topic.UNKNOWN, ""
        if topic is None:
            found[-1].lines.append(line)
            continue
        above = line
        found.append(Section(topic, [rest] if rest else []))
    return found


def _beginning(line: str) -> tuple[Topic | None, str]:
    """The topic that a line begins, if any, and what else stands on it."""
    if topic := topic_of(line):
        return topic, ""
    for mark in (CELL, ":"):
        name, found, rest = line.partition(mark)
        topic = topic_of(name) if found and rest.strip() else None
        if topic is Topic.EDUCATION and heading(name) not in LABELS:
            return topic, rest.strip()
        if topic is Topic.OTHERS and not CLOSING.isdisjoint(LATIN_PARTS.split(heading(name))):
            return topic, rest.strip()
    return None, ""


# Also the names of single values, when something follows: "学历：本科".
LABELS = frozenset(label for labels in reference("resume_labels").values() for label in labels)
MOST_WORDS = 4


def _looks_like_one(line: str, above: str) -> bool:
    """Whether a line is a heading that no list knows: it is marked as the one above it is."""
    is_short = len(line.split()) <= MOST_WORDS and not re.search(r"[\d,:]", line)
    is_marked = MARKED.match(line) and line[0] == above[0]
    is_loud = line.isupper() and above.isupper()
    if not is_short or not (is_marked or is_loud):
        return False
    return not (school(line) or degree(line) or discipline_of(line))
