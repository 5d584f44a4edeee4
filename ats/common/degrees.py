"""The level of the degree that a free text names, in many languages."""

from __future__ import annotations

import re

from ats.common.reference import reference

# In the order of `ats.models.Degree`, whose first value is 1.
LEVELS = ("secondary", "associate", "bachelor", "master", "doctor")

_LISTS = reference("degrees").values()
# A word of the list -> its level in `ats.models.Degree`, 0 for a word that names none.
WORDS: dict[str, int] = {word: row["level"] for row in _LISTS for word in row["words"]}
FORMS: dict[str, int] = {form: row["level"] for row in _LISTS for form in row.get("forms", ())}
CAREFUL: dict[str, int] = {form: row["level"] for row in _LISTS for form in row.get("careful", ())}


def _pattern(word: str) -> str:
    """Western words begin where letters begin; Chinese has no such edge."""
    return rf"(?<![^\W_]){re.escape(word)}" if word[0] < "\u3040" else re.escape(word)


# The longest word is tried first, and no letter counts twice: "博士前期" is no "博士".
NAMED = re.compile("|".join(map(_pattern, sorted(WORDS, key=len, reverse=True))))
ABBREVIATION = re.compile(
    r"(?<![^\W\d_]) (?: (?:[^\W\d_]{1,5}\.)+ (?:\s?[^\W\d_]{1,3}\.)* [^\W\d_]{0,5} | [^\W\d_]{2,5} )",
    re.VERBOSE,
)


def degree_named(text: str) -> int | None:
    """The level that a free text such as "B.Sc. (Hons)", "MS" or "硕士" names; None when it names none.

    Of several the highest counts.
    """
    folded = text.casefold().replace("’", "'")
    levels = {WORDS[match[0]] for match in NAMED.finditer(folded)}
    levels |= set(map(_level, (match[0] for match in ABBREVIATION.finditer(text))))
    return max(levels, default=0) or None


def _level(word: str) -> int:
    """The level that a short form names, with its dots or without; 0 when it names none."""
    form = re.sub(r"[.\s]", "", word).casefold()
    is_careful = "." in word[:-1] or not word.rstrip(".")[1:].islower()
    return FORMS.get(form, 0) or (CAREFUL.get(form, 0) if is_careful else 0)
