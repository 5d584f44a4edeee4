"""Which postings the public list shows, and by which texts they are found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ats.models import Posting
from tests.factories import a_client, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

URL = "/api/v1/public/postings/"
PROFILE = {"basics": {"name": "李娜"}}


def listed(**query: str) -> list[int]:
    return [row["id"] for row in a_client().get(URL, query).json()["results"]]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("compiler engineer", True),
        ("engineer compiler", True),
        ("aurora ENGINEER", True),
        ("ｅｎｇｉｎｅｅｒ　编译器", True),
        ("极光 工程师", True),
        ("compiler intern", False),
        ("😀", False),
    ],
)
def test_every_word_is_found_in_any_order(text: str, *, is_found: bool) -> None:
    organisation = an_organisation(name="Aurora", name_zh="极光")
    posting = a_posting(organisation, title="Compiler Engineer", title_zh="编译器工程师")

    assert listed(text=text) == ([posting.pk] if is_found else [])


@pytest.mark.parametrize(("hours", "is_public"), [(-1, True), (1, False)])
def test_a_posting_is_public_from_the_instant_of_its_publication(hours: int, *, is_public: bool) -> None:
    posting = a_posting(an_organisation())
    Posting.objects.update(published_at=timezone.now() + timedelta(hours=hours))
    applicant: Any = a_client(an_account(profile=PROFILE))

    read = a_client().get(f"{URL}{posting.pk}/").status_code
    applied = applicant.post("/api/v1/me/applications/", {"posting": posting.pk}).status_code

    assert listed() == ([posting.pk] if is_public else [])
    assert (read, applied) == ((200, 201) if is_public else (404, 404))
