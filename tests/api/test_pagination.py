"""Keyset pages: every row once, whatever comes or goes meanwhile."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import F

from ats.models import Application, Location
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db


def pages(client: Any, address: str) -> Any:
    """Each page of a list, by following `next`."""
    following = address
    while following:
        page = client.get(following).json()
        yield [row["id"] for row in page["results"]]
        following = page["next"]


def test_all_pages_together_are_the_list() -> None:
    organisation = an_organisation()
    made = [Location.objects.create(organisation=organisation, name=f"Place {n}").pk for n in range(7)]
    client = a_client(a_member(organisation).account)

    found = list(pages(client, "/api/v1/locations/?page_size=3"))

    newest_first = made[::-1]
    assert found == [newest_first[:3], newest_first[3:6], newest_first[6:]]


def test_rows_made_and_removed_between_pages_shift_nothing() -> None:
    organisation = an_organisation()
    made = [Location.objects.create(organisation=organisation, name=f"Place {n}").pk for n in range(6)]
    client = a_client(a_member(organisation).account)
    walk = pages(client, "/api/v1/locations/?page_size=2")

    seen = next(walk)
    Location.objects.create(organisation=organisation, name="Newer")
    Location.objects.get(pk=made[5]).delete()
    seen += [pk for page in walk for pk in page]

    assert seen == made[::-1]


def test_rows_of_the_same_moment_are_told_apart_to_the_microsecond() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    made = [an_application(posting).pk for _ in range(6)]
    for number, pk in enumerate(made):
        apart = timedelta(microseconds=[1, 1, 2, 3, 900, 1001][number])
        Application.objects.filter(pk=pk).update(created_at=F("updated_at") + apart)
    client = a_client(a_member(organisation).account)

    found = [pk for page in pages(client, "/api/v1/applications/?page_size=1") for pk in page]

    assert found == made[::-1]


def test_the_link_header_says_what_next_says_and_keeps_the_filters() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    for _ in range(2):
        an_application(posting)
    client = a_client(a_member(organisation).account)

    answer = client.get("/api/v1/applications/", {"page_size": 1, "posting": posting.pk})

    following = answer.json()["next"]
    query = parse_qs(urlsplit(following).query)
    assert answer.headers["Link"] == f'<{following}>; rel="next"'
    assert {name: query[name] for name in query if name != "cursor"} == {
        "page_size": ["1"],
        "posting": [str(posting.pk)],
    }


def test_the_last_page_leads_nowhere() -> None:
    organisation = an_organisation()
    client = a_client(a_member(organisation).account)

    answer = client.get("/api/v1/locations/")

    assert (answer.json(), "Link" in answer.headers) == ({"results": [], "next": None}, False)


def test_a_cursor_shows_nothing_of_others() -> None:
    """A cursor is only a place in an order: in another organisation's hands it finds their own rows."""
    mine, theirs = an_organisation(), an_organisation()
    for organisation in (mine, theirs, mine, theirs):
        Location.objects.create(organisation=organisation, name=f"Place {Location.objects.count()}")
    first = a_client(a_member(mine).account).get("/api/v1/locations/?page_size=1").json()

    found = a_client(a_member(theirs).account).get(first["next"]).json()["results"]

    owners = set(Location.objects.filter(pk__in=[row["id"] for row in found]).values_list("organisation"))
    assert owners == {(theirs.pk,)}


def test_pages_go_strictly_down() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    for _ in range(5):
        an_application(posting)  # all in one transaction, so at one instant
    client = a_client(a_member(organisation).account)

    found = [pk for page in pages(client, "/api/v1/applications/?page_size=2") for pk in page]

    assert len(found) == 5
    assert all(earlier > later for earlier, later in pairwise(found))
