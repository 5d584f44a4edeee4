from __future__ import annotations

from typing import Any

# By ISO 639-1 code: the English name, the Chinese name, and other words for it.
LANGUAGES: dict[str, tuple[str, ...]] = {
    "zh": ("Chinese", "汉语", "mandarin", "putonghua", "中文", "普通话", "国语"),
    "en": ("English", "英语", "英文"),
    "ja": ("Japanese", "日语", "日本語", "日文"),
    "ko": ("Korean", "韩语", "한국어", "朝鲜语"),
    "fr": ("French", "法语", "français"),
    "de": ("German", "德语", "deutsch"),
    "es": ("Spanish", "西班牙语", "español"),
    "pt": ("Portuguese", "葡萄牙语", "português"),
    "it": ("Italian", "意大利语", "italiano"),
    "ru": ("Russian", "俄语", "русский"),
    "ar": ("Arabic", "阿拉伯语", "العربية"),
    "hi": ("Hindi", "印地语", "हिन्दी"),
    "id": ("Indonesian", "印尼语", "bahasa indonesia"),
    "ms": ("Malay", "马来语", "bahasa melayu"),
    "th": ("Thai", "泰语", "ไทย"),
    "vi": ("Vietnamese", "越南语", "tiếng việt"),
    "tr": ("Turkish", "土耳其语", "türkçe"),
    "nl": ("Dutch", "荷兰语", "nederlands"),
    "pl": ("Polish", "波兰语", "polski"),
    "sv": ("Swedish", "瑞典语", "svenska"),
}

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
