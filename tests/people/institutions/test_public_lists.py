"""The public lists of schools, as they are published, meet in one directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ats.management.commands.institution_table import judge_cases, read_cases
from ats.people.institutions import Mention, recognise
from ats.people.institutions.importing import import_institutions, load_institutions
from ats.people.institutions.importing.files import read_institutions
from tests.processes import ROOT

pytestmark = pytest.mark.django_db

FOLDER = ROOT.parent / "shared" / "data" / "institutions"
MINISTRY, SITES, WORLD = (
    FOLDER / f"{name}.json"
    for name in ("cn_moe_list_2017", "cn_universities_with_website", "world_universities_and_domains")
)


def report_of(path: Path) -> dict[str, int]:
    report = import_institutions(read_institutions(path), country="CN" if path is not WORLD else "")
    assert report.read == (
        report.created + report.updated + report.unchanged + report.duplicate + report.rejected
    )
    return {name: getattr(report, name) for name in ("read", "created", "updated", "duplicate", "rejected")}


@pytest.mark.long
def test_three_public_lists_meet_in_one_directory_in_which_no_mention_is_false() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the folder with the public institution lists is not here")
    load_institutions()
    cases = read_cases(Path(__file__).parent / "mentions.tsv")
    names: list[dict[str, Any]] = read_institutions(MINISTRY)

    first, again = ([report_of(path) for path in (MINISTRY, SITES, WORLD)] for _ in range(2))
    ministry = recognise([Mention(row["name_zh"], country="CN") for row in names])
    results = judge_cases([case for case in cases if case["means"] != "-"])  # the others are known now

    assert first == [
        {"read": 2631, "created": 2122, "updated": 0, "duplicate": 0, "rejected": 0},
        {"read": 2752, "created": 352, "updated": 2105, "duplicate": 0, "rejected": 1},
        {"read": 10251, "created": 9625, "updated": 82, "duplicate": 38, "rejected": 5},
    ]
    assert [(row["created"], row["updated"]) for row in again] == [(0, 0)] * 3
    assert [row["name_zh"] for row, found in zip(names, ministry, strict=True) if not found] == []
    assert "false" not in results
