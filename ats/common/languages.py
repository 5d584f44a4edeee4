from __future__ import annotations

from typing import Any

from babel import Locale

# By ISO 639-1 code: what people write besides the names that `babel` has.
WORDS: dict[str, tuple[str, ...]] = {
    "zh": ("汉语", "mandarin", "putonghua", "普通话", "国语"),
    "en": ("英文",),
    "ja": ("日本語", "日文"),
    "ko": ("한국어", "朝鲜语"),
    "fr": ("français",),
    "de": ("deutsch",),
    "es": ("español",),
    "pt": ("português",),
    "it": ("italiano",),
    "ru": ("русский",),
    "ar": ("العربية",),
    "hi": ("हिन्दी",),
    "id": ("印尼语", "bahasa indonesia"),
    "ms": ("bahasa melayu",),
    "th": ("ไทย",),
    "vi": ("tiếng việt",),
    "tr": ("türkçe",),
    "nl": ("nederlands",),
    "pl": ("polski",),
    "sv": ("svenska",),
}
ENGLISH, CHINESE = Locale("en").languages, Locale("zh", script="Hans").languages
# By code: the English name, the Chinese name, and other words for it.
LANGUAGES = {code: (ENGLISH[code], CHINESE[code], *words) for code, words in WORDS.items()}

# The levels of the Common European Framework, and above them who grew up with the language.
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "native")

# What else people write, by the level that it stands for; the most telling first.
FLUENCY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("native", ("native", "mother tongue", "母语")),
    ("C2", ("full professional", "bilingual", "n1", "专业八级", "tem-8")),
    ("C1", ("fluent", "advanced", "流利", "精通")),
    ("B2", ("professional", "upper intermediate", "cet-6", "cet6", "六级", "n2", "熟练")),
    ("B1", ("intermediate", "limited working", "cet-4", "cet4", "四级", "n3", "良好")),
    ("A2", ("elementary", "conversational", "n4", "一般")),
    ("A1", ("beginner", "basic", "n5", "入门")),
)


def language_named(text: str) -> str | None:
    """The code of a language by its code or a name of it; None for one that is not known here."""
    folded = text.strip().casefold()
    return next(
        (code for code, names in LANGUAGES.items() if folded in (code, *map(str.casefold, names))), None
    )


def level_named(text: str) -> int | None:
    """The level (1 is A1, 7 is native) that "B2", "CET-6" or "Fluent" names; None when none."""
    folded = text.casefold()
    plain = [level for level in LEVELS if level.casefold() in folded.split()]
    meant = [level for level, words in FLUENCY if any(word in folded for word in words)]
    return LEVELS.index((plain + meant)[0]) + 1 if plain + meant else None


def levels_of(entries: list[dict[str, Any]]) -> dict[str, int | None] | None:
    """Levels by code from `languages` of a JSON Resume; None when it names none, best level counts."""
    levels: dict[str, int | None] = {}
    for entry in entries:
        if code := language_named(entry.get("language", "")):
            levels[code] = max(level_named(entry.get("fluency", "")), levels.get(code), key=lambda n: n or 0)
    return levels or None
