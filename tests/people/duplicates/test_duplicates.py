"""One person under several records: found, merged by a pointer, and told apart again."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.models import Application, Candidate, Education, Event, Organisation
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_application,
    an_education,
    an_institution,
    an_organisation,
)

pytestmark = pytest.mark.django_db

URL = "/api/v1/duplicates/"
MERGES = "/api/v1/merges/"
DISTINCTIONS = "/api/v1/distinctions/"


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def recruiter(organisation: Organisation) -> APIClient:
    return a_client(a_member(organisation).account)


def found(client: APIClient) -> list[tuple[int, int, list[str]]]:
    """All pairs, by pages of two."""
    rows: list[dict[str, Any]] = []
    answer = client.get(URL, {"page_size": 2}).json()
    while True:
        rows += answer["results"]
        if not answer["next"]:
            return [(row["newer"]["id"], row["older"]["id"], row["reasons"]) for row in rows]
        answer = client.get(answer["next"]).json()


def a_student(organisation: Organisation, **facts: Any) -> Candidate:
    candidate = a_candidate(organisation, **{"name": "李娜", **facts})
    an_education(candidate, institution_name="清华大学", graduation="2026-06")
    return candidate


def merged(client: APIClient, kept: Candidate, other: Candidate) -> dict[str, Any]:
    answer = client.post(MERGES, {"kept": kept.pk, "merged": other.pk})
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def pointers() -> dict[int, int | None]:
    return dict(Candidate.objects.values_list("pk", "merged_into"))


def test_pairs_are_found_by_each_reason_and_shown_side_by_side(
    organisation: Organisation, recruiter: APIClient
) -> None:
    first = a_candidate(organisation, name="A", email="same@example.com", phone="+86 138-0013-8000")
    second = a_candidate(organisation, name="B", email="same@example.com", phone="13800138000")
    third = a_candidate(organisation, name="C", phone="0086 13800138000")
    student, again = a_student(organisation), a_student(organisation)
    a_candidate(organisation, name="李娜")  # of no known school
    a_candidate(organisation, name="D", email="", phone="")
    a_candidate(organisation, name="E", email="", phone="")
    a_candidate(an_organisation(), email="same@example.com")
    an_application(a_posting(organisation), again)

    rows = recruiter.get(URL).json()["results"]

    assert found(recruiter) == [
        (again.pk, student.pk, ["name_school_graduation"]),
        (third.pk, second.pk, ["phone"]),
        (third.pk, first.pk, ["phone"]),
        (second.pk, first.pk, ["email", "phone"]),
    ]
    side = rows[0]["newer"]
    assert (side["name"], side["educations"][0]["institution_name"]) == ("李娜", "清华大学")
    assert side["applications"] == [again.applications.get().pk]


def test_a_school_is_the_same_however_it_is_written(organisation: Organisation, recruiter: APIClient) -> None:
    tsinghua = an_institution(name="Tsinghua University", name_zh="清华大学")
    older, newer = (a_candidate(organisation, name="李娜") for _ in range(2))
    for candidate, written in ((older, "清华大学"), (newer, "Tsinghua University")):
        an_education(candidate, institution=tsinghua, institution_name=written)

    assert found(recruiter) == [(newer.pk, older.pk, ["name_school_graduation"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li Na", "LI  NA"),
        ("Li Na", "Ｌｉ　Ｎａ"),
        ("José Núñez", unicodedata.normalize("NFD", "José Núñez")),
        ("李 娜", "李娜"),
    ],
)
def test_a_name_and_a_school_are_the_same_however_they_are_typed(
    one: str, other: str, organisation: Organisation, recruiter: APIClient
) -> None:
    older, newer = (a_candidate(organisation, name=name) for name in (one, other))
    for candidate, school in ((older, "Marker College"), (newer, "MARKER  college")):
        an_education(candidate, institution_name=school)

    assert found(recruiter) == [(newer.pk, older.pk, ["name_school_graduation"])]


@pytest.mark.parametrize("pairs", [1, 15])
def test_the_page_takes_the_same_statements_whatever_its_size(
    pairs: int, organisation: Organisation, recruiter: APIClient
) -> None:
    for n in range(pairs):
        a_student(organisation, name=f"N{n}")
        a_student(organisation, name=f"N{n}")

    with CaptureQueriesContext(connection) as captured:
        rows = recruiter.get(URL).json()["results"]

    assert len(rows) == pairs
    # Signing in, membership, pairs, the note of who was shown, people, educations, applications.
    assert len(captured) == 7


def test_merging_keeps_all_rows_and_undoing_restores_them(
    organisation: Organisation, recruiter: APIClient
) -> None:
    posting = a_posting(organisation)
    kept, other = a_student(organisation), a_student(organisation)
    an_application(posting, kept)
    an_application(posting, other)
    everything = [list(model.objects.order_by("pk").values()) for model in (Application, Education)]

    made = merged(recruiter, kept, other)

    assert (made["kept"], made["merged"], made["members"]) == (kept.pk, other.pk, [other.pk])
    assert pointers() == {kept.pk: None, other.pk: kept.pk}
    assert [list(model.objects.order_by("pk").values()) for model in (Application, Education)] == everything
    assert found(recruiter) == []
    listed = recruiter.get("/api/v1/applications/", {"candidate": kept.pk}).json()["results"]
    assert {row["candidate"]["id"] for row in listed} == {kept.pk, other.pk}

    undone = recruiter.post(f"{MERGES}{made['id']}/undo/").json()

    assert undone["undone_at"] is not None
    assert pointers() == {kept.pk: None, other.pk: None}
    assert found(recruiter) == [(other.pk, kept.pk, ["name_school_graduation"])]
    assert list(Event.objects.order_by("id").values_list("type", "candidate", "data")) == [
        (type_, other.pk, {"merge": made["id"], "kept": kept.pk, "members": [other.pk]})
        for type_ in ("candidate.merged", "candidate.unmerged")
    ]


def test_a_person_of_several_records_is_merged_and_taken_apart_as_it_was(
    organisation: Organisation, recruiter: APIClient
) -> None:
    a, b, c = (a_student(organisation) for _ in range(3))
    first = merged(recruiter, a, b)
    second = merged(recruiter, c, b)  # b stands under a by now: a is meant

    assert pointers() == {a.pk: c.pk, b.pk: c.pk, c.pk: None}
    assert {row.pk for row in Candidate.objects.same_person(Candidate.objects.get(pk=b.pk))} == {
        a.pk,
        b.pk,
        c.pk,
    }

    too_early = recruiter.post(f"{MERGES}{first['id']}/undo/")
    recruiter.post(f"{MERGES}{second['id']}/undo/")
    after_one = pointers()
    recruiter.post(f"{MERGES}{first['id']}/undo/")

    assert (too_early.status_code, too_early.json()["code"]) == (409, "merged_further")
    assert after_one == {a.pk: None, b.pk: a.pk, c.pk: None}
    assert pointers() == {a.pk: None, b.pk: None, c.pk: None}


def test_what_can_not_be_merged_is_refused(organisation: Organisation, recruiter: APIClient) -> None:
    one, two = a_student(organisation), a_student(organisation)
    foreign = a_student(an_organisation())
    made = merged(recruiter, one, two)
    undo = f"{MERGES}{made['id']}/undo/"

    answers = [
        recruiter.post(MERGES, {"kept": one.pk, "merged": foreign.pk}),
        recruiter.post(MERGES, {"kept": one.pk, "merged": one.pk}),
        recruiter.post(MERGES, {"kept": two.pk, "merged": one.pk}),
        a_client(a_member(an_organisation()).account).post(undo),
        recruiter.post(undo),
        recruiter.post(undo),
    ]

    assert [(answer.status_code, answer.json().get("code")) for answer in answers] == [
        (404, "candidate_not_found"),
        (409, "same_person"),
        (409, "same_person"),
        (404, "not_found"),
        (200, None),
        (409, "undone_already"),
    ]


def test_a_pair_that_is_told_apart_is_not_shown_until_that_is_taken_back(
    organisation: Organisation, recruiter: APIClient
) -> None:
    older, newer = a_student(organisation), a_student(organisation)
    pair = (newer.pk, older.pk, ["name_school_graduation"])

    made = recruiter.post(DISTINCTIONS, {"one": older.pk, "other": newer.pk}).json()
    after = found(recruiter)
    a_client(a_member(an_organisation()).account).delete(f"{DISTINCTIONS}{made['id']}/")
    listed = recruiter.get(DISTINCTIONS).json()["results"]
    third = a_student(organisation)
    others = found(recruiter)
    gone = recruiter.delete(f"{DISTINCTIONS}{made['id']}/").status_code

    assert (made["newer"], made["older"], after) == (newer.pk, older.pk, [])
    assert [row["id"] for row in listed] == [made["id"]]
    assert [row[:2] for row in others] == [(third.pk, newer.pk), (third.pk, older.pk)]
    assert (gone, pair in found(recruiter)) == (204, True)
    data = {"distinction": made["id"], "other": older.pk}
    assert list(Event.objects.order_by("id").values_list("type", "candidate", "data")) == [
        ("candidate.distinguished", newer.pk, data),
        ("candidate.distinction_removed", newer.pk, data),
    ]


def test_who_can_not_be_told_apart(organisation: Organisation, recruiter: APIClient) -> None:
    one, two, three = (a_student(organisation) for _ in range(3))
    foreign = a_student(an_organisation())
    merged(recruiter, one, two)
    recruiter.post(DISTINCTIONS, {"one": one.pk, "other": three.pk})

    answers = [
        recruiter.post(DISTINCTIONS, {"one": first.pk, "other": second.pk})
        for first, second in ((one, foreign), (one, one), (one, two), (three, one))
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (404, "candidate_not_found"),
        (409, "same_person"),
        (409, "same_person"),
        (409, "distinguished_already"),
    ]
