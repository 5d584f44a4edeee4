"""The schools that a line of a section on education names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from ats.common.reference import reference
from ats.people.resumes.fields.dates import spans
from ats.people.resumes.fields.degrees import degrees
from ats.people.resumes.fields.words import any_of

_LISTS = reference("resume_schools")
TOWNS = frozenset(_LISTS["towns"])
REGIONS = frozenset(reference("resume_names")["regions"].split()) | {"england", "united"}
_CITIES = reference("resume_names")["cities"].split()
NAMES = frozenset(_LISTS["names"])
NOISE = re.compile(any_of(_LISTS["noise"]), re.IGNORECASE)
SYSTEMS = frozenset(name.casefold() for name in _LISTS["systems"])
LONGEST = 200
LETTER = r"[\u3040-\u30ff々〆\u4e00-\u9fff]"


class Rank(IntEnum):
    """Of names beside each other the higher is the school."""

    DEPARTMENT = 0
    NICKNAME = 1  # of a school that is called like a town
    SCHOOL = 2
    UNIVERSITY = 3


@dataclass(frozen=True, slots=True)
class School:
    begin: int
    end: int
    name: str
    rank: Rank

    @property
    def is_western(self) -> bool:
        return self.name.isascii() or not re.search(LETTER, self.name)


# Latin: a name begins with a capital, so "the university" is none.


def _spellings(words: list[str]) -> str:
    both = {spelling for word in words for spelling in (word, word.upper())}
    return any_of(both)


FOLLOWED = r"(?=\s+(?:[Oo]f|OF|[Ff]or|FOR|at|AT|[Cc]ollege|COLLEGE|[Pp]olitehnica)\b)"
WORD = re.compile(
    rf"(?<=\S\s)(?:{_spellings(_LISTS['words'])})|(?:{_spellings(_LISTS['words'])}){FOLLOWED}"
    rf"|(?:{_spellings(_LISTS['first'])})(?=\s+\S|-\S)|(?:{_spellings(_LISTS['words'])})$(?<=\S\S)"
)
IN_WORD = re.compile(rf"[\w\s-](?:{'|'.join(_LISTS['parts_of_words'])})", re.IGNORECASE)
UNIVERSITY = re.compile(
    r"Univ|Tech|Polit|Hochschule|universit|университет|hochschule|UNIV|^UC |Institute of Technology"
)
DEPARTMENT = re.compile(rf"^(?:The )?(?:{'|'.join(map(re.escape, _LISTS['departments']))})\b", re.IGNORECASE)
WHOLE = re.compile(rf"^(?:The )?(?:{'|'.join(map(re.escape, _LISTS['whole']))})\b", re.IGNORECASE)
NOT_LATIN = re.compile(r"^(?:High School Diploma|School|College|University|Institute)$", re.IGNORECASE)
SOURCE = re.compile(r"^.*?(?:\b(?:from|at|an der|bei|bei der|à l['’]?|en la|da|presso)\s+|@\s*)(?=[A-ZÀ-Þ])")
MOST_WORDS = 14
MAJOR = re.compile(rf"(?<!\bof)(?<!\band)(?<!\bfor)(?<!&)\s+(?:in )?(?:{any_of(_LISTS['majors'])})$")

# Chinese and Japanese.
MAJOR_FIRST = re.compile(rf"^(?:in|of|en|in der)?\s*(?:{any_of(_LISTS['majors'])})\s+(?=[A-ZÀ-Þ])")
NOT_AFTER = "(?!生|院生|英语|英語|物理|数学|化学|语文|期间|期間|时期|四年|四级|六级|在读|本科生|城)"
# 北京师范大学-香港浸会大学联合国际学院: a school of two, and neither of them.
JOINT_HAN = re.compile(rf"^{LETTER}{{2,12}}大学[-–]{LETTER}{{2,12}}大学(?:{LETTER}{{2,9}}学院)?")
UNIVERSITY_HAN = re.compile(
    rf"^({LETTER}{{2,16}}?(?:大学校|大学|大學)){NOT_AFTER}(〔[^〕]*〕)?({LETTER}{{2,9}}?(?:学院|學院|分校))?"
)
SCHOOL_HAN = re.compile(
    rf"^({LETTER}{{2,6}}科学院{LETTER}{{2,14}}?(?:研究所|研究院)"
    rf"|{LETTER}{{2,14}}?(?:科学院|学院|學院|学校|學校|中学|中學|附中|高中|高校|高専|党校)"
    rf"|{LETTER}{{1,6}}[一二三四五六七八九十]{{1,2}}中)(〔[^〕]*〕)?"
)
PREFIX = re.compile(
    r"^(?:(?:现|目前)?就[读讀]于|毕业于|畢業於|就讀於|考入|保送至?|录取于|录取至|进入|在|于|[、·,.:\s-]"
    r"|本科(?:就读)?(?:阶段|院校|学校)?|硕士(?:阶段|研究生|院校|学校)?"
    r"|博士(?:阶段|研究生|院校)?|學士|碩士|学士|研究生|最终学历|最終学歴|学校|院校|大学[:：])+"
)
NOT_HAN = re.compile(
    r"^(?:毕业|就读|所在|最高|目前|本人|在读|就讀|畢業|母校|出身|第一)?(?:学校|學校|学院|學院|大学|院校)(?:名称)?$"
)
DEPARTMENT_HAN = re.compile(rf"^(?:{'|'.join(_LISTS['chinese_departments'])})|(?:与|與)\S*学院$")
CAMPUS = re.compile(rf"(?<=[学學校院])\(({'|'.join(_CITIES)}|华东|{LETTER}{{2,8}}(?:学院|分校|學院))\)")

# Korean.
UNIVERSITY_KO = re.compile(
    r"^([가-힣A-Za-z]{2,12}(?:대학교|과학기술원|여대))|^([가-힣]{2,4}대)(?=\s|$)|^(\S{2,10}(?:고등학교|사이버대학|교육대학|전문대학))"
)
NOT_KO = re.compile(r"^(?:군대|시대|세대|공대|기대|확대|최대|공과대|의과대|출신대|사범대|법대)$")

# Between Chinese words a space parts like a comma: "清华大学 本科".
CJK = r"\u3040-\u9fff\uac00-\ud7a3"
PARTS = re.compile(
    rf"\s*(?:[,;|·•()/:、]| – | - |(?<=[{CJK}\]〕]) | (?=[{CJK}])"
    rf"|(?<=[{CJK}])(?:与|與|和)(?=\S{{2,8}}[大学]))\s*"
)
EDGES = " ,;:|·•–-()#*\"'“”《》【】[]■◆●"


def school(line: str) -> str:
    """The first school that a line names; "" when it names none."""
    return next((found.name for found in schools(line) if found.rank), "")


@lru_cache(maxsize=4096)
def schools(line: str) -> tuple[School, ...]:
    """The schools that a line names, each once: no department beside its school, no second language."""
    kept: list[School] = []
    for found in _named(line):
        last = kept[-1] if kept else None
        if last is None or not _are_one(last, found, line[last.end : found.begin]):
            kept.append(found)
        elif found.rank > last.rank:
            kept[-1] = found
    best = max((found.rank for found in kept), default=Rank.DEPARTMENT)
    least = min(Rank.SCHOOL, best)
    return tuple(found for found in kept if found.rank >= least)


def _are_one(last: School, following: School, between: str) -> bool:
    """Whether two names beside each other mean one school: of it a part, or its other language."""
    if following.name in last.name:
        return True
    is_beside = not degrees(between) and not spans(between)
    return is_beside and (last.rank != following.rank or last.is_western != following.is_western)


def _named(line: str) -> Iterator[School]:
    parts = list(_parts(line))
    for i, (begin, part) in enumerate(parts):
        following = parts[i + 1][1] if i + 1 < len(parts) else ""
        is_comma = line[begin + len(part) :].startswith(",")
        if found := _school(part):
            name, rank = found
            if rank is Rank.NICKNAME and is_comma and following.casefold().split(" ")[0] in REGIONS:
                continue
            if name.casefold() in SYSTEMS and following and is_comma:
                name = f"{name}, {_before_degree(following)}"
            yield School(begin, begin + len(part), name[:LONGEST], rank)


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """What commas and the like part, without dates, and where each begins; a campus stays with its school."""
    text = CAMPUS.sub(lambda match: f"〔{match[1]}〕", line)
    for span in spans(text):
        text = text[: span.begin] + "|" * (span.end - span.begin) + text[span.end :]
    begin = 0
    for match in [*PARTS.finditer(text), None]:
        end = match.start() if match else len(text)
        if part := text[begin:end].strip(EDGES):
            yield begin, part
        begin = match.end() if match else end


def _school(part: str) -> tuple[str, Rank] | None:
    if NOISE.search(part) and not degrees(part):
        return None
    return _han(part) or _korean(part) or _latin(part)


def _han(part: str) -> tuple[str, Rank] | None:
    text = PREFIX.sub("", part)
    if (text in NAMES and text not in TOWNS) or JOINT_HAN.fullmatch(text):
        return text, Rank.UNIVERSITY
    if NOT_HAN.match(text):
        return None
    if match := UNIVERSITY_HAN.match(text):
        name, campus, branch = match.groups()
        is_whole = branch and (branch.endswith("分校") or not DEPARTMENT_HAN.search(branch))
        return _with_campus(name + (branch if is_whole else ""), campus), Rank.UNIVERSITY
    if match := SCHOOL_HAN.match(text):
        is_department = DEPARTMENT_HAN.search(match[1]) and "科学院" not in match[1]
        return _with_campus(match[1], match[2]), Rank.DEPARTMENT if is_department else Rank.SCHOOL
    return None


def _with_campus(name: str, campus: str | None) -> str:
    return name + (f"({campus[1:-1]})" if campus else "")


def _korean(part: str) -> tuple[str, Rank] | None:
    match = UNIVERSITY_KO.match(part)
    name = next(filter(None, match.groups()), "") if match else ""
    if name and not NOT_KO.match(name):
        return name, Rank.UNIVERSITY
    return None


def _latin(part: str) -> tuple[str, Rank] | None:
    name = _without_degree(part)
    if name in NAMES:
        return name, Rank.NICKNAME if name in TOWNS else Rank.UNIVERSITY
    found = WORD.search(name) or IN_WORD.search(name)
    if not found or NOT_LATIN.match(name) or len(name.split()) > MOST_WORDS or name[0].islower():
        return None
    if DEPARTMENT.match(name):
        return (name, Rank.DEPARTMENT) if WHOLE.match(name) else None
    return name, Rank.UNIVERSITY if UNIVERSITY.search(name) else Rank.SCHOOL


def _without_degree(part: str) -> str:
    """Some write the degree beside the school, with nothing between: "PhD Princeton University"."""
    for match in degrees(part):
        before, after = part[: match.start()].strip(EDGES), part[match.end() :].strip(EDGES)
        is_first = WORD.search(before) or before in NAMES or IN_WORD.search(before)
        part = before if is_first else MAJOR_FIRST.sub("", after)
        break
    source = SOURCE.match(part)
    if source and not WORD.search(source[0]) and not IN_WORD.search(source[0]):
        part = part[source.end() :]
    return MAJOR.sub("", part.strip(EDGES)).strip(EDGES)


def _before_degree(part: str) -> str:
    """A campus, without what some write right behind it."""
    found = degrees(part)
    return MAJOR.sub("", part[: found[0].start()].strip(EDGES) if found else part)
