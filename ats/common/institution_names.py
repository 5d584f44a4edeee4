"""One spelling for a school's name: the key that it is stored and looked up by."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ats.common.chinese import simplified
from ats.common.reference import reference
from ats.common.search_terms import CJK

WORD = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
LONGEST = 200  # characters of a key
APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
# Letters that are not a plain letter with a mark.
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str, *, simplify: bool = True) -> str:
    """`text` without its accents, case, widths and invisible characters, in simplified characters."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(sign for sign in wide if unicodedata.category(sign) not in ("Cf", "Cc") or sign.isspace())
    plain = seen.translate(APOSTROPHES).translate(LETTERS).replace("&", " and ")
    return _without_accents(simplified(plain) if simplify else plain)


def words(text: str) -> list[str]:
    """The words of a folded text in one spelling each; a run of CJK characters is a word."""
    found = WORD.findall(text)
    return " ".join(map(_word, found, ["", *found], [*found[1:], ""])).split()


def name_key(text: str) -> str:
    """What two spellings of a name have in common; "" for a text without letters."""
    return key_of(words(fold(text)))


def written_key(text: str) -> str:
    """The key of a name that only its own characters and word breaks mean."""
    return key_of(words(fold(text, simplify=False)), gap=" ")


def key_of(parts: list[str], *, gap: str = "") -> str:
    """The key of some words: all but the connectors, written together."""
    connectors = vocabulary("connectors")
    return gap.join([part for part in parts if part not in connectors])[:LONGEST]


def name_keys(names: list[str]) -> list[str]:
    """The keys of several names, each once; German ones also with ae, oe and ue."""
    spelled = [name.translate(UMLAUTS) for name in names]
    return sorted({key for key in map(name_key, [*names, *spelled]) if key})


@cache
def vocabulary(*path: str) -> frozenset[str]:
    """The words of a list in `fixtures/institutions/words.toml`, by its keys."""
    found = reference("institutions/words")
    for step in path:
        found = found.get(step, {})
    return frozenset(str(found).split()) if found else frozenset()


def _word(word: str, before: str, after: str) -> str:
    if word == "u" and after == "of":
        return "university"
    if word == "tech" and before in ("of", "and"):
        return "technology"
    return str(_same().get(word, word))


@cache
def _same() -> dict[str, str]:
    return dict(reference("institutions/words")["same"])


@lru_cache(4096)
def _without_accents(text: str) -> str:
    """Latin letters without their marks; kana and hangul keep theirs, which make other letters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(_plain_letter, text)))


def _plain_letter(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)
    return base[0] if len(base) > 1 and unicodedata.name(base[0], "").startswith("LATIN") else sign
