"""The list as a table for spreadsheets: the same rows in the same order, and nothing that runs there."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from ats.common.spreadsheets import escape_cell, unescape_cell
from ats.models import AccessRecord, Application, Candidate, Organisation, Tag, Tagging
from ats.triage import export
from tests.factories import a_candidate, a_posting, an_application, an_education

pytestmark = pytest.mark.django_db

URL = "/api/v1/applications/export/"


def exported(client: APIClient, language: str = "en", **query: str) -> list[list[str]]:
    answer = client.get(URL, query, headers={"Accept-Language": language, "Accept": "text/csv"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def an_applicant(organisation: Organisation, **facts: str) -> Application:
    candidate = a_candidate(organisation, email="li@example.com", **facts)
    an_education(candidate, institution_name="清华大学", degree=4)
    made = an_application(
        a_posting(organisation, title="Search", title_zh="搜索"),
        candidate,
        source="fair",
        graduation="2026-06",
    )
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    Application.objects.filter(pk=made.pk).update(created_at=noon, stage_entered_at=noon)
    return made


def test_a_line_says_what_the_list_shows_in_words(organisation: Organisation, recruiter: APIClient) -> None:
    made = an_applicant(organisation, name="李娜", phone="+86 13800138000")
    Tagging.objects.create(
        organisation=organisation,
        application=made,
        tag=Tag.objects.create(organisation=organisation, name="Star"),
    )

    lines = exported(recruiter, "zh-Hans")

    assert [dict(zip(lines[0], line, strict=True)) for line in lines[1:]] == [
        {
            "投递": str(made.pk),
            "姓名": "李娜",
            "邮箱": "li@example.com",
            "手机": "'+86 13800138000",
            "学校": "清华大学",
            "学历": "master",
            "毕业时间": "2026-06",
            "职位": "搜索",
            "方向": made.track.code,
            "阶段": made.stage.name_zh,
            "状态": "active",
            "志愿": "",
            "来源": "fair",
            "成绩": "",
            "资格判定": "",
            "标签": "Star",
            "负责人": "",
            "投递时间": "2026-03-01T12:00:00+00:00",
            "进入当前阶段时间": "2026-03-01T12:00:00+00:00",
        }
    ]


NO_NUMBERS = ["+1-415-555-2671", "+8613800138000", "-7", "007", "440106200001011234", "＝1+1", " =1", "'=1"]
FORMULAS = ['=HYPERLINK("x")', "@SUM(1)", "+cmd|' /C calc'!A0", "-2+A1", "\t=1"]


@pytest.mark.parametrize("name", FORMULAS + NO_NUMBERS)
def test_no_text_runs_in_a_spreadsheet(name: str, organisation: Organisation, recruiter: APIClient) -> None:
    an_applicant(organisation)
    Candidate.objects.update(name=name)

    _header, line = exported(recruiter)

    assert line[1] == f"'{name}"
    assert unescape_cell(line[1]) == name


@given(st.text(alphabet="'=+-@ 01a\t", max_size=20))
def test_a_cell_gives_its_text_back(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


def test_all_of_a_filtered_list_comes_in_its_order_batch_by_batch(
    organisation: Organisation, recruiter: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "BATCH", 2)
    posting = a_posting(organisation)
    made = [an_application(posting, a_candidate(organisation), source="fair") for _ in range(5)]
    an_application(posting, a_candidate(organisation), source="portal")

    with CaptureQueriesContext(connection) as captured:
        _header, *lines = exported(recruiter, source="fair", order="oldest")

    assert [line[0] for line in lines] == [str(row.pk) for row in made]
    shown = list(AccessRecord.objects.order_by("id").values_list("candidates", flat=True))
    people = [row.candidate_id for row in made]
    assert shown == [people[:2], people[2:4], people[4:]]
    assert len(captured) == 6 + 2 * 3  # and so for each thousand


def test_a_mistake_is_told_before_anything_is_sent(recruiter: APIClient) -> None:
    answer = recruiter.get(URL, {"stage": "x"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/stage")
