from __future__ import annotations

import re

# A level of `ats.models.Degree` by what names it, the highest first: words anywhere in a text, and
# short forms that stand by themselves, with their dots or without.
WORDS: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...] = (
    (5, ("doctor", "博士"), ("phd", "dphil")),
    (
        4,
        ("master", "硕士", "研究生"),
        ("ms", "ma", "msc", "meng", "mba", "mphil", "mtech", "mres", "mse", "mscs", "msee", "mfa", "llm"),
    ),
    (
        3,
        ("bachelor", "本科", "学士"),
        ("bs", "ba", "be", "bsc", "beng", "btech", "bcom", "bba", "bfa", "bse", "bscs", "bsee", "llb"),
    ),
    (2, ("associate", "diploma", "大专", "专科"), ()),
    (1, ("secondary", "high school", "高中", "中专"), ()),
)

ABBREVIATION = re.compile(
    r"(?<![^\W\d_]) (?: (?:[^\W\d_]{1,5}\.)+ (?:\s[^\W\d_]\.)* [^\W\d_]{0,5} | [^\W\d_]{2,5} )", re.VERBOSE
)


def degree_named(text: str) -> int | None:
    """The level that a free text such as "B.Sc. (Hons)", "MS" or "硕士" names; None when it names none."""
    folded, short = text.casefold(), _abbreviations(text)
    named = (
        level
        for level, words, forms in WORDS
        if any(word in folded for word in words) or not short.isdisjoint(forms)
    )
    return next(named, None)


def _abbreviations(text: str) -> set[str]:
    """What may be short forms in a text, in lower case and without dots."""
    found = (match[0] for match in ABBREVIATION.finditer(text))
    return {re.sub(r"[.\s]", "", word).casefold() for word in found if _is_short_form(word)}


def _is_short_form(word: str) -> bool:
    """Two small letters without a dot between them are a word, such as "be" or "ma"."""
    return bool(word[2:].rstrip(".")) or word.isupper()
