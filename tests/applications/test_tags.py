from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.applications.tags import tag_applications
from ats.models import Event, Role, Tag, Tagging
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db


def test_a_tag_goes_on_many_at_once_and_each_item_is_reported() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    new, tagged = an_application(posting), an_application(posting)
    foreign = an_application(a_posting(an_organisation()))
    tag = Tag.objects.create(organisation=organisation, name="ACM")
    Tagging.objects.create(organisation=organisation, tag=tag, application=tagged)
    client = a_client(a_member(organisation).account)

    body = {"tag": tag.pk, "applications": [new.pk, tagged.pk, foreign.pk, new.pk]}
    answer = client.post("/api/v1/taggings/", body)
    listed = client.get(f"/api/v1/taggings/?application={new.pk}").json()["results"]

    assert answer.status_code == 201
    assert answer.json() == {
        "asked": 3,
        "done": 1,
        "results": {"already": 1, "done": 1, "not_found": 1},
        "items": [
            {"application": new.pk, "result": "done"},
            {"application": tagged.pk, "result": "already"},
            {"application": foreign.pk, "result": "not_found"},
        ],
    }
    assert [row["tag"] for row in listed] == [tag.pk]
    assert list(Event.objects.values_list("type", "application", "data")) == [
        ("application.tagged", new.pk, {"tag": tag.pk})
    ]


def test_a_tag_comes_off_again_and_a_dry_run_keeps_nothing() -> None:
    organisation = an_organisation()
    bearing, bare = an_application(a_posting(organisation)), an_application(a_posting(organisation))
    tag = Tag.objects.create(organisation=organisation, name="ACM")
    Tagging.objects.create(organisation=organisation, tag=tag, application=bearing)
    client = a_client(a_member(organisation).account)
    body = {"tag": tag.pk, "applications": [bearing.pk, bare.pk], "remove": True}

    rehearsed = client.post("/api/v1/taggings/", body | {"dry_run": True}).json()
    kept = Tagging.objects.count()
    done = client.post("/api/v1/taggings/", body).json()

    assert rehearsed == done
    assert [item["result"] for item in done["items"]] == ["done", "already"]
    assert (kept, Tagging.objects.count()) == (1, 0)
    assert list(Event.objects.values_list("type", flat=True)) == ["application.untagged"]


def test_a_tag_in_use_stays_and_its_name_is_taken_in_any_case() -> None:
    organisation = an_organisation()
    tag = Tag.objects.create(organisation=organisation, name="ACM")
    Tagging.objects.create(
        organisation=organisation, tag=tag, application=an_application(a_posting(organisation))
    )
    client = a_client(a_member(organisation).account)

    deleted = client.delete(f"/api/v1/tags/{tag.pk}/")
    again = client.post("/api/v1/tags/", {"name": "acm"})
    elsewhere = a_client(a_member(an_organisation()).account).post("/api/v1/tags/", {"name": "acm"})

    assert (deleted.status_code, deleted.json()["code"]) == (409, "in_use")
    assert (again.status_code, elsewhere.status_code) == (409, 201)


def test_an_interviewer_sees_tags_and_puts_none_on() -> None:
    organisation = an_organisation()
    tag = Tag.objects.create(organisation=organisation, name="ACM")
    client = a_client(a_member(organisation, Role.INTERVIEWER).account)

    assert client.get("/api/v1/tags/").json()["results"][0]["name"] == "ACM"
    assert client.post("/api/v1/taggings/", {"tag": tag.pk, "applications": [1]}).status_code == 403


@pytest.mark.parametrize("size", [1, 30])
def test_tagging_takes_as_many_statements_for_thirty_as_for_one(size: int) -> None:
    organisation = an_organisation()
    posting, by = a_posting(organisation), a_member(organisation)
    tag = Tag.objects.create(organisation=organisation, name="ACM")
    ids = [an_application(posting).pk for _ in range(size)]

    with CaptureQueriesContext(connection) as queries:
        tag_applications(by=by, tag=tag, applications=ids)

    # savepoint, lock, tag and tell, fan out, release
    assert len(queries) == 5
