"""The triage list: every filter and order, page by page, always with the same few statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from ats.models import (
    Application,
    ApplicationState,
    Candidate,
    Education,
    Organisation,
    Region,
    Track,
)
from tests.factories import (
    a_candidate,
    a_posting,
    an_application,
    an_education,
    an_institution,
    an_organisation,
)

pytestmark = pytest.mark.django_db

URL = "/api/v1/applications/"
NOW = datetime.now(UTC)
# Signing in, the membership, the ids, their rows.
STATEMENTS = 5
WITH_TEXT = STATEMENTS + 1  # the people, first


def listed(client: APIClient, **query: Any) -> list[int]:
    """The ids of every page, one page after the other."""
    ids: list[int] = []
    answer = client.get(URL, {"page_size": 3, **query}).json()
    while True:
        ids += [row["id"] for row in answer["results"]]
        if not answer["next"]:
            return ids
        answer = client.get(answer["next"]).json()


def test_a_row_shows_the_person_and_the_posting(organisation: Organisation, recruiter: APIClient) -> None:
    posting = a_posting(organisation, title="Search", title_zh="搜索")
    candidate = a_candidate(organisation, name="李娜", email="li@example.com", phone="13800138000")
    an_education(candidate, institution_name="清华大学", degree=4)
    made = an_application(posting, candidate, preference=1, source="fair", graduation="2026-06")

    (row,) = recruiter.get(URL).json()["results"]

    assert row == {
        "id": made.pk,
        "campaign": posting.campaign_id,
        "track": posting.track.code,
        "graduation": "2026-06",
        "preferred_met": 0,
        "stage": made.stage_id,
        "state": "active",
        "preference": 1,
        "source": "fair",
        "created_at": row["created_at"],
        "stage_entered_at": row["stage_entered_at"],
        "updated_at": row["updated_at"],
        "tags": [],
        "score": None,
        "verdict": None,
        "member": None,
        "posting": {"id": posting.pk, "title": "Search", "title_zh": "搜索"},
        "candidate": {
            "id": candidate.pk,
            "name": "李娜",
            "email": "li@example.com",
            "phone": "13800138000",
            "institution_name": "清华大学",
            "degree": 4,
        },
    }
    whole = row | {"referral": None, "resume": None, "question_set": None, "answers": {}, "versions": []}
    assert recruiter.get(f"{URL}{made.pk}/").json() == whole


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_takes_the_same_statements_whatever_its_size(
    rows: int, organisation: Organisation, recruiter: APIClient
) -> None:
    posting = a_posting(organisation)
    for _ in range(rows):
        an_education(an_application(posting).candidate)

    with CaptureQueriesContext(connection) as captured:
        answer = recruiter.get(URL, {"text": "example", "degree": "3"})

    assert len(answer.json()["results"]) == rows
    assert len(captured) == WITH_TEXT


def test_rows_of_another_organisation_are_not_there(recruiter: APIClient) -> None:
    foreign = an_application(a_posting(an_organisation()))

    assert listed(recruiter) == []
    assert listed(recruiter, posting=foreign.posting_id) == []
    assert listed(recruiter, text="Candidate") == []
    assert recruiter.get(f"{URL}{foreign.pk}/").status_code == 404


def test_an_order_and_a_filter_that_do_not_exist_are_refused(recruiter: APIClient) -> None:
    answers = [recruiter.get(URL, query) for query in ({"order": "luck"}, {"colour": "red"}, {"stage": "x"})]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert [answer.json()["errors"][0]["pointer"] for answer in answers] == ["/order", "/colour", "/stage"]


ORDERED: dict[str, Callable[[Application], Any]] = {
    "newest": lambda a: (-a.created_at.timestamp(), -a.pk),
    "oldest": lambda a: (a.created_at, a.pk),
    "longest_in_stage": lambda a: (a.stage_entered_at, a.pk),
    "latest_in_stage": lambda a: (-a.stage_entered_at.timestamp(), -a.pk),
    "graduation": lambda a: (a.graduates_until or date.max, a.pk),
}


@pytest.mark.parametrize("order", ORDERED)
def test_pages_give_every_row_once_in_the_order_that_was_asked_for(
    order: str, organisation: Organisation, recruiter: APIClient
) -> None:
    """Instants differ by microseconds alone, and some rows are alike in all but the id."""
    posting = a_posting(organisation)
    for n in range(10):
        instant = NOW + timedelta(microseconds=n % 4)
        made = an_application(
            posting,
            stage_entered_at=instant,
            graduation=[None, "2026-06", "2027-06"][n % 3],
        )
        Application.objects.filter(pk=made.pk).update(created_at=instant)

    rows = sorted(Application.objects.all(), key=ORDERED[order])

    assert listed(recruiter, order=order) == [row.pk for row in rows]


def _latest(row: Application) -> Education | None:
    return row.candidate.educations.filter(is_latest=True).first()


def _of_education(judge: Callable[[Education, Any], bool]) -> Callable[[Application, Any], bool]:
    def judged(row: Application, value: Any) -> bool:
        latest = _latest(row)
        return latest is not None and judge(latest, value)

    return judged


def _days(row: Application) -> float:
    return (NOW - row.stage_entered_at) / timedelta(days=1)


TIERS = ["c9", "985"]
DATES = [date(2026, 6, 30), date(2027, 6, 30)]
# What each filter means, in plain words, and values to try.
MEANINGS: dict[str, tuple[list[Any], Callable[[Application, Any], bool]]] = {
    "source": (["fair", "website"], lambda a, v: a.source == v),
    "state": (list(ApplicationState), lambda a, v: a.state == v),
    "preference": ([1, 2], lambda a, v: a.preference == v),
    "track": (["algorithms", "security"], lambda a, v: a.track.code == v),
    "graduates_after": (DATES, lambda a, v: a.graduates_from is not None and a.graduates_from >= v),
    "graduates_before": (DATES, lambda a, v: a.graduates_until is not None and a.graduates_until <= v),
    "days_in_stage_least": ([1, 3], lambda a, v: _days(a) >= v),
    "days_in_stage_most": ([1, 3], lambda a, v: _days(a) <= v),
    "degree": ([3, 4], _of_education(lambda e, v: e.degree == v)),
    "degree_least": ([3, 4], _of_education(lambda e, v: e.degree is not None and e.degree >= v)),
    "institution_tier": (
        TIERS,
        _of_education(lambda e, v: e.institution is not None and v in e.institution.tiers),
    ),
    "institution_region": (
        list(Region),
        _of_education(lambda e, v: e.institution is not None and e.institution.region == v),
    ),
    "text": (["张", "张伟", "伟", "张伟 清华", "li", "清"], lambda a, v: _found(a.candidate, v)),
}


def _found(candidate: Candidate, text: str) -> bool:
    """By the characters themselves: Chinese anywhere in a field, words from their beginning."""
    fields = [candidate.name, candidate.schools, candidate.email]
    return all(
        any(word in field if not word.isascii() else field.lower().startswith(word) for field in fields)
        for word in text.split()
    )


@st.composite
def seasons(draw: st.DrawFn) -> list[dict[str, Any]]:
    row = st.fixed_dictionaries(
        {
            "source": st.sampled_from(MEANINGS["source"][0]),
            "state": st.sampled_from(MEANINGS["state"][0]),
            "preference": st.sampled_from([None, 1, 2]),
            "track": st.sampled_from(MEANINGS["track"][0]),
            "graduation": st.sampled_from([None, "2026-06", *map(str, DATES)]),
            "days": st.sampled_from([0.5, 2, 5]),
            "name": st.sampled_from(["张伟", "张小伟", "李伟", "Li Lei"]),
            "school": st.sampled_from(["", "清华大学", "中国清远学院"]),
            "degree": st.sampled_from([None, 3, 4, 5]),
            "tiers": st.sampled_from([None, [], ["c9"], ["c9", "985"]]),
            "region": st.sampled_from(list(Region)),
        }
    )
    return draw(st.lists(row, min_size=1, max_size=6))


def _make(organisation: Organisation, facts: dict[str, Any]) -> Application:
    candidate = a_candidate(organisation, name=facts["name"], schools=facts["school"], email="x@example.com")
    known = facts["tiers"] is not None
    school = an_institution(tiers=facts["tiers"], region=facts["region"]) if known else None
    an_education(candidate, degree=facts["degree"], institution=school, institution_name=facts["school"])
    return an_application(
        a_posting(organisation, track=Track.objects.for_org(organisation).get(code=facts["track"])),
        candidate,
        stage_entered_at=NOW - timedelta(days=facts["days"]),
        **{key: facts[key] for key in ("source", "state", "preference", "graduation")},
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    season=seasons(), asked=st.dictionaries(st.sampled_from(sorted(MEANINGS)), st.integers(0, 5), max_size=3)
)
def test_filters_choose_what_they_mean(
    season: list[dict[str, Any]], asked: dict[str, int], organisation: Organisation, recruiter: APIClient
) -> None:
    Application.objects.all().delete()
    made = [_make(organisation, facts) for facts in season]
    query = {name: MEANINGS[name][0][n % len(MEANINGS[name][0])] for name, n in asked.items()}

    expected = {a.pk for a in made if all(MEANINGS[name][1](a, value) for name, value in query.items())}

    assert set(listed(recruiter, **query)) == expected


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("欧", True),
        ("阳娜", True),
        ("欧娜", False),
        ("欧阳娜 复旦", True),
        ("Ouyang", True),
        ("OUYANG.na", True),
        ("0086 138 0013 8000", True),
        ("+86 138-0013-8000", True),
        ("＋８６（138）0013 8000", True),
        ("欧阳 +86 138 0013 8000", True),
        ("+86 138 0013 8001", False),
        ("13800138000", True),
        ("1380013", True),
        ("86 1380013", True),
        ("8613800", True),
        ("000 0000 0000", False),
        ("8000", True),
        ("ＯＵＹＡＮＧ", True),
        ("yang", False),
        ("Garcia", True),
        ("GARCÍA", True),
        ("ouyang.na@example.com", True),
        ("Ouyang.Na@Example.com 欧阳", True),
        ("ouyang.na@example.co", False),
        ("ouyang@example.com", False),
        ("'; --", False),
        (",", False),
        ("😀", False),
    ],
)
def test_text_is_looked_for_in_name_school_email_and_phone(
    text: str, is_found: bool, organisation: Organisation, recruiter: APIClient
) -> None:
    candidate = a_candidate(
        organisation,
        name="欧阳娜 García",
        email="ouyang.na@example.com",
        phone="+86 138-0013-8000",
        schools="复旦大学",
    )
    made = an_application(a_posting(organisation), candidate)

    assert listed(recruiter, text=text) == ([made.pk] if is_found else [])
