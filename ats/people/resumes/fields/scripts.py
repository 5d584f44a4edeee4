"""Whether a text can be a person's name, by the script it is written in. No trade, city or heading is."""

from __future__ import annotations

import re

from ats.common.countries import countries
from ats.common.disciplines import discipline_of
from ats.common.reference import reference
from ats.people.resumes.fields.sections import topic_of

_LISTS = reference("resume_names")
SURNAMES = frozenset(_LISTS["chinese"]) - {"\n"}
COMPOUND = frozenset(_LISTS["compound"])
JAPANESE = frozenset(_LISTS["japanese"])
KOREAN = frozenset(_LISTS["korean"].strip())
KOREAN_COMPOUND = frozenset(_LISTS["korean_compound"])
CITIES = frozenset(_LISTS["cities"].split())
TOWNS = frozenset(_LISTS["towns"].strip().split("|"))
NOT_WESTERN = frozenset(_LISTS["not_western"].split())
REGIONS = frozenset(_LISTS["regions"].split())
CREDENTIALS = frozenset(_LISTS["credentials"].split())
SMALL = frozenset(_LISTS["small"].split())
COUNTRIES = frozenset(name.casefold() for names in countries().values() for name in names)
USUAL, LONGEST = 3, 4  # letters of a Chinese or Korean name
NOT_CHINESE = re.compile("|".join(map(re.escape, _LISTS["not_chinese"])))
NOT_KOREAN = re.compile("|".join(map(re.escape, _LISTS["not_korean"])))

HAN = r"[\u3005\u3006\u3400-\u4dbf\u4e00-\u9fff]"
KANA = r"[\u3040-\u30ff]"
OF_ONE = re.compile(rf"{HAN}{{2,4}}")
# 阿卜杜拉·买买提: names of other peoples in Chinese characters have a dot between their parts.
DOTTED = re.compile(rf"{HAN}{{1,8}}(?:[·•・‧.]{HAN}{{1,8}}){{1,3}}")
PARTED = re.compile(rf"({HAN}{{1,3}}) ((?:{HAN}|{KANA}){{1,4}})")
HANGUL = re.compile(r"([가-힣]{1,2}) ?([가-힣]{1,3})")
WORD = r"[^\W\d_](?:[^\W\d_]|['’`.\u0300-\u036f-])*"
WESTERN = re.compile(rf"{WORD}(?: {WORD}){{1,4}}")
# Scripts without capitals: Arabic, Hebrew, Devanagari, Thai and their neighbours.
CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0e7f]+(?: [\u0590-\u06ff\u0900-\u0e7f]+){1,3}")


def is_chinese(text: str) -> bool:
    """A family name and one or two letters, or a name with dots."""
    if NOT_CHINESE.search(text) or text in CITIES or text in COUNTRIES:
        return False
    if DOTTED.fullmatch(text):
        return True
    if not OF_ONE.fullmatch(text) or _is_town(text):
        return False
    return (text[0] in SURNAMES and len(text) <= USUAL) or text[:2] in COMPOUND or _has_two_surnames(text)


def _is_town(text: str) -> bool:
    return text[-1] in "市省区县州" and text[:-1] in CITIES


def _has_two_surnames(text: str) -> bool:
    return len(text) == LONGEST and text[0] in SURNAMES and text[1] in SURNAMES


def is_japanese(text: str) -> bool:
    """A family name that is known, and a given one; with a blank between any family name."""
    solid = text.replace(" ", "")
    if NOT_CHINESE.search(solid) or solid in CITIES or any(part in CITIES for part in text.split()):
        return False
    if PARTED.fullmatch(text):
        return True
    begins = any(solid.startswith(name) and 1 <= len(solid) - len(name) <= USUAL for name in JAPANESE)
    return begins and bool(re.fullmatch(rf"(?:{HAN}|[\u3040-\u30ff]){{3,6}}", solid))


def is_korean(text: str) -> bool:
    """A family name and one to three syllables, two of them as a rule."""
    match = HANGUL.fullmatch(text)
    solid = text.replace(" ", "")
    if not match or NOT_KOREAN.search(solid) or not USUAL - 1 <= len(solid) <= LONGEST:
        return False
    if solid[:2] in KOREAN_COMPOUND:
        return len(solid) >= USUAL
    return solid[0] in KOREAN and len(solid) <= USUAL and " " not in text[2:]


def is_western(text: str) -> bool:
    """Two to five words that begin with capitals, of which none is a word of résumés."""
    if not WESTERN.fullmatch(text) or re.search(HAN, text):
        return False
    words = text.split()
    is_capital = all(word[0].isupper() or word.casefold() in SMALL for word in words)
    return is_capital and any(len(word.rstrip(".")) > 1 for word in words) and not is_common(text)


def is_common(text: str) -> bool:
    """Whether a Western text has words of trades, studies, papers or headings, or is a town."""
    folded = text.casefold()
    words = {word.strip(".'’,-") for word in folded.split()}
    if folded in TOWNS or folded in COUNTRIES or topic_of(text):
        return True
    plain = {part for word in words for part in ({word} | set(word.split("-")))}
    return not NOT_WESTERN.isdisjoint(plain) or bool(discipline_of(text) and len(words) == 1)


def is_name(text: str) -> bool:
    return is_chinese(text) or is_korean(text) or is_western(text)
