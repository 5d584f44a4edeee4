"""Internship or graduate job, as far as a title, a programme or a season says so."""

from __future__ import annotations

import re

from ats.postings.importing.rows import Kind

# The first that matches decides: 应届实习 is an internship for those who graduate this year.
KIND_WORDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"实习|\bintern(ship)?s?\b|\bco-?op\b|\bsummer analyst\b", re.IGNORECASE), "internship"),
    (
        re.compile(
            r"应届|校招|校园招聘|提前批|毕业生|管培|\bnew[ -]?grad(uate)?s?\b|\bgraduates?\b|\bcampus hire\b",
            re.IGNORECASE,
        ),
        "graduate",
    ),
)
SEASON = re.compile(r"\b(?:spring|summer|fall|autumn|winter)\b|[春夏秋冬暑寒]", re.IGNORECASE)
SEASON_OF_JOBS = re.compile(r"[春秋]季?(?:校?园?招|招聘)|补录")


def kind_of(text: str) -> Kind:
    """ "" when the text does not say."""
    return next((kind for words, kind in KIND_WORDS if words.search(text)), "")


def kind_of_season(text: str) -> Kind:
    """What takes place in a season, such as "Summer 2027", is an internship."""
    return "internship" if SEASON.search(text) and not SEASON_OF_JOBS.search(text) else ""
