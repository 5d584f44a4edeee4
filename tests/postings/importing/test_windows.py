from __future__ import annotations

import pytest

from ats.postings.importing.windows import proposed_window

YEAR = ("2027-01-01", "2027-12-31")


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("Dec 2026 - Jun 2027", [("2026-12-01", "2027-06-30")]),
        ("December 2026 to June 2027", [("2026-12-01", "2027-06-30")]),
        ("Dec - Jun 2027", [("2026-12-01", "2027-06-30")]),
        ("Graduating between 11/2026 and 10/2027", [("2026-11-01", "2027-10-31")]),
        ("2026-11-01 ~ 2027-10-30", [("2026-11-01", "2027-10-30")]),
        ("2026.09-2027.08", [("2026-09-01", "2027-08-31")]),
        ("2026年11月-2027年10月", [("2026-11-01", "2027-10-31")]),
        ("毕业时间：2026年9月1日至2027年8月31日", [("2026-09-01", "2027-08-31")]),
        ("Fall 2026 - Spring 2027", [("2026-09-01", "2027-06-30")]),
        ("2027届", [YEAR]),
        ("27届毕业生", [YEAR]),
        ("Class of 2027", [YEAR]),
        ("class of '27", [YEAR]),
        ("2027 grad eligible", [YEAR]),
        ("June 2027", [("2027-06-01", "2027-06-30")]),
        ("2026/2027届", [("2026-01-01", "2027-12-31")]),
        ("2026届、2028届", [("2026-01-01", "2026-12-31"), ("2028-01-01", "2028-12-31")]),
        ("2027 or later", [("2027-01-01", None)]),
        ("2027届及以后", [("2027-01-01", None)]),
        ("before June 2027", [(None, "2027-05-31")]),
        ("by June 2027", [(None, "2027-06-30")]),
    ],
)
def test_a_window_is_proposed_as_days(text: str, ranges: list[tuple[str | None, str | None]]) -> None:
    assert proposed_window(text) == [{"from": first, "to": last} for first, last in ranges]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Early career",
        "Explicit new grad role",
        "2027 internship eligible",
        "Internship",
        "2026年13月-2027年1月",
        "Jun 2027 - Dec 2026",
        "Founded in 1999, 2027 employees",
    ],
)
def test_what_names_no_window_clearly_proposes_none(text: str) -> None:
    assert proposed_window(text) is None
