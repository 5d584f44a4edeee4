"""The person's name, from its label, from the top, or by the e-mail address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ats.common.reference import reference
from ats.people.resumes.fields import scripts
from ats.people.resumes.fields.email import ADDRESS
from ats.people.resumes.fields.labels import Label, label_of, labelled
from ats.people.resumes.fields.phone import NUMBER
from ats.people.resumes.fields.sections import Section, Topic, topic_of

COURTESY = frozenset(reference("resume_names")["courtesy"].split())
# What the paper is called, before or after the person's.
PAPER = (
    r"(?:个人|個人|求职|求職|应聘|中文|英文)*"
    r"(?:简历|簡歷|履历表?|履歷表?|履歴書|職務経歴書|자기소개서|이력서)"
)
PAPER_LATIN = (
    r"(?:my |the )?(?:r[eé]sum[eé]|curriculum vitae|cv|c\.v\.|lebenslauf|bewerbung|hoja de vida|"
    r"curr[ií]culum|biodata)"
)
TITLE = re.compile(
    rf"^(?:{PAPER}|{PAPER_LATIN}(?![^\W\d_]))\s*(?:of|for|von|de|[-–—:|·_/]|\s)?\s*"
    rf"|[\s_–-]*(?:的\s*)?{PAPER}$|(?:['’]s?)?\s*[-–:|,]?\s+{PAPER_LATIN}$",
    re.IGNORECASE,
)
FILLER = re.compile(r"^[\W_]+|[\s:|·•,;–-]+$")
CUT = re.compile(r" [|·•–/-] |\t|[,，、;(]|  ")
# What follows a name on its line without a mark between.
FOLLOWING = re.compile(
    r"\s+(?=[+(]?\d|\S+@)|(?<=[\u3040-\uffff])\s+(?=[男女](?:\W|$)|[A-Za-z]|先生|女士|同学|小姐|씨)"
)
POLITE = re.compile(r"\s*(?:先生|女士|小姐|同学|同學|様|씨|님)$")
IS_JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]|氏名|学歴|履歴書")
REVERSED = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]+)")
LONGEST, MOST_WORDS, LEAST_LETTERS = 80, 6, 4
TWO = 2
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
LEAST_DIGITS = 9  # of a number by which a line is known as an address
NAMES = (Label.NAME, Label.GIVEN_NAME, Label.FAMILY_NAME)
LABELLED = re.compile(r"[^\W_][^\d:@|/\\]{0,60}")
NOT_LABELLED = re.compile(r"^(?:n/?a|none|无|性别|性別|your name|name)$", re.IGNORECASE)


def name(found: list[Section]) -> str:
    """The person's name; "" when none is surely one.

    1. What a label names, at the top or among the particulars.
    2. At the top, the first that the e-mail address repeats, else the first that looks like a name.
    3. What stands alone at the very top, right above an address or a number.
    4. Elsewhere, a line that the e-mail address repeats: columns are read one after the other.
    """
    top = [line for s in found if s.topic in (Topic.HEAD, Topic.CONTACT) for line in s.lines]
    is_japanese = bool(IS_JAPANESE.search("".join(line for s in found for line in s.lines)))
    if given := _labelled(top, is_japanese=is_japanese):
        return given
    rest = [
        line for s in found if s.topic not in (Topic.HEAD, Topic.CONTACT, Topic.REFEREES) for line in s.lines
    ]
    addresses = [match[0].lower() for line in [*top, *rest] for match in ADDRESS.finditer(line)][:1]
    proven = (_proven(line, addresses) for line in top)
    likely = (_likely(line, is_japanese=is_japanese) for line in top)
    elsewhere = (_proven(line, addresses) for line in rest)
    for candidates in (proven, likely, iter([_alone(top)]), elsewhere):
        if candidate := next(filter(None, candidates), ""):
            return candidate
    return ""


def _labelled(lines: list[str], *, is_japanese: bool) -> str:
    parts: dict[Label, str] = {}
    for label, value in labelled(lines):
        plain = FILLER.sub("", value)
        if label in NAMES and LABELLED.match(plain):
            parts.setdefault(label, plain)
    whole = _accepted(parts.get(Label.NAME, ""), is_japanese=is_japanese)
    both = [parts[label] for label in (Label.GIVEN_NAME, Label.FAMILY_NAME) if label in parts]
    return whole or (" ".join(both) if len(both) == TWO else "")


def _accepted(value: str, *, is_japanese: bool) -> str:
    """What a label named, when it can be a name: it may have one word, or a script without capitals."""
    if likely := _likely(value, is_japanese=is_japanese):
        return likely
    text = FILLER.sub("", CUT.split(value)[0])
    is_known = label_of(text) or topic_of(text) or NOT_LABELLED.match(text) or scripts.is_common(text)
    fits = re.fullmatch(r"[^\W\d_][^\d@:]*", text) and _is_short(text)
    return "" if is_known or not fits or scripts.NOT_CHINESE.search(text) else text


def _likely(line: str, *, is_japanese: bool) -> str:
    """The name that a line begins with, "" when it begins with something else."""
    for text in _beginnings(line):
        if label_of(text):
            continue
        if is_japanese and scripts.is_japanese(text):
            return text
        solid = text.replace(" ", "")
        if scripts.is_chinese(solid) or scripts.is_korean(text):
            return solid
        if scripts.is_western(text) and not _is_town(line, text):
            return text
    return ""


def _beginnings(line: str) -> Iterator[str]:
    """What of a line may be the name: without the paper's title, up to a mark, up to what is no name."""
    text = FILLER.sub("", TITLE.sub("", FILLER.sub("", line)))
    cell = FILLER.sub("", CUT.split(text)[0])
    for candidate in (cell, FOLLOWING.split(cell)[0]):
        words = POLITE.sub("", candidate).split()
        while words and words[0].casefold() in COURTESY:
            del words[0]
        while words[2:] and words[-1].casefold() in scripts.CREDENTIALS:
            del words[-1]
        yield " ".join(words)
    first, _, rest = cell.partition(" ")
    if scripts.NOT_CHINESE.search(rest):  # "李娜 前端工程师"
        yield first


def _is_town(line: str, text: str) -> bool:
    """Whether a region follows: "Palo Alto, California"."""
    rest = line[line.find(text) + len(text) :]
    following = re.match(r"\s*,\s*([^,|;·•–\d]+)", rest)
    if not following:
        return False
    region = following[1].strip().casefold()
    return region in scripts.COUNTRIES or (region in scripts.REGIONS and region not in scripts.CREDENTIALS)


def _proven(line: str, addresses: list[str]) -> str:
    """A Western name of which the address repeats two words: "jane.roe@…" is Jane Roe's."""
    local = _letters(addresses[0].partition("@")[0]) if addresses else ""
    turned = REVERSED.fullmatch(line)  # "Roe, Jane"
    for text in [f"{turned[2]} {turned[1]}"] if turned else _beginnings(line):
        words = [word for word in text.split() if len(_letters(word)) > 1]
        repeated = [
            word for word in words if _letters(word) in local or _letters(word, is_german=True) in local
        ]
        is_enough = len(repeated) >= TWO and len("".join(words)) >= LEAST_LETTERS
        if is_enough and _is_short(text) and scripts.WESTERN.fullmatch(text) and not topic_of(text):
            return text
    return ""


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST and len(text.split()) <= MOST_WORDS


def _letters(text: str, *, is_german: bool = False) -> str:
    """The letters of a text as an address would have them: small, without accents, or with "ae" for "ä"."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(GERMAN if is_german else {}))
    return re.sub(r"[^a-z]", "", folded)


def _alone(top: list[str]) -> str:
    """The first line, when it has nothing else and an address or a number stands right below."""
    lines = [line for line in top if TITLE.sub("", line)]
    if len(lines) < TWO or not any(_has_contact(line) for line in lines[1:3]):
        return ""
    text = FILLER.sub("", lines[0])
    solid = text.replace(" ", "")
    is_han = (
        scripts.OF_ONE.fullmatch(solid)
        and not scripts.NOT_CHINESE.search(solid)
        and solid not in scripts.CITIES
    )
    is_caseless = scripts.CASELESS.fullmatch(text)
    is_known = label_of(text) or topic_of(text)
    return (solid if is_han else text) if (is_han or is_caseless) and not is_known else ""


def _has_contact(line: str) -> bool:
    return bool(ADDRESS.search(line)) or any(
        sum(map(str.isdigit, match[0])) > LEAST_DIGITS - 1 for match in NUMBER.finditer(line)
    )
