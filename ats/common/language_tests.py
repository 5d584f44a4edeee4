"""The tests of a language that rules can ask for, with their scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# By code: the English name, the Chinese name, the lowest and the highest score.
TESTS: dict[str, tuple[str, str, float, float]] = {
    "cet4": ("CET-4", "大学英语四级", 0, 710),
    "cet6": ("CET-6", "大学英语六级", 0, 710),
    "tem4": ("TEM-4", "英语专业四级", 0, 100),
    "tem8": ("TEM-8", "英语专业八级", 0, 100),
    "ielts": ("IELTS", "雅思", 0, 9),
    "toefl": ("TOEFL iBT", "托福", 0, 120),
    "toeic": ("TOEIC", "托业", 10, 990),
    "duolingo": ("Duolingo English Test", "多邻国英语测试", 10, 160),
    "gre": ("GRE", "GRE", 260, 340),
    "gmat": ("GMAT", "GMAT", 200, 800),
    "jlpt": ("JLPT", "日语能力考试", 0, 180),
    "topik": ("TOPIK", "韩国语能力考试", 0, 300),
}


def scores_of(results: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The best score by test, of results with `test` and `score`; what is no known test is left out."""
    best: dict[str, float] = {}
    for result in results:
        if (test := result.get("test", "")) in TESTS and isinstance(result.get("score"), int | float):
            best[test] = max(best.get(test, 0), result["score"])
    return best
