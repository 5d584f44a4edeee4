from __future__ import annotations

import re

from ats.people.resumes.fields.sections import heading

LABEL = re.compile(r"^(?:full name|name|姓\s?名)\s*[:：]?\s+(?=\S)|^(?:name|姓名)[:：]\s*", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff](?: ?[\u4e00-\u9fff·]){1,5}")
WORD = r"[^\W\d_](?:[^\W\d_]|['’.-])*"
WESTERN = re.compile(rf"{WORD}(?: {WORD}){{1,4}}")
TITLES = frozenset({"resume", "résumé", "curriculum vitae", "cv", "简历", "个人简历", "求职简历"})
SMALL = frozenset({"de", "da", "di", "van", "von", "der", "den", "la", "le", "bin", "al", "del", "dos"})
CUT = re.compile(r" [|·•–-] |\t|,")
LONGEST_CHINESE = 4


def name(head: list[str]) -> str:
    """The person's name: the first line above all sections that looks like one; "" if none does."""
    for line in head:
        candidate = LABEL.sub("", CUT.split(line)[0]).strip()
        if heading(candidate) not in TITLES and (_is_chinese(candidate) or _is_western(candidate)):
            return candidate.replace(" ", "") if _is_chinese(candidate) else candidate
    return ""


def _is_chinese(text: str) -> bool:
    return bool(CHINESE.fullmatch(text)) and len(text.replace(" ", "")) <= LONGEST_CHINESE


def _is_western(text: str) -> bool:
    words = text.split()
    named = all(word[0].isupper() or word in SMALL for word in words)
    return bool(WESTERN.fullmatch(text)) and named and not CHINESE.search(text)
