"""Webhook endpoints over HTTP: who may, what is shown, and what comes of a test."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from ats.delivery.retrying import ATTEMPTS
from ats.delivery.sending import drain
from ats.models import Channel, Delivery, Endpoint, Event, Role
from tests.factories import a_client, a_member, an_organisation
from tests.receivers import answer, receiving

pytestmark = pytest.mark.django_db
URL = "/api/v1/endpoints/"


def test_an_endpoint_is_added_changed_and_removed() -> None:
    owner = a_client(a_member(organisation := an_organisation(), Role.OWNER).account)

    made = owner.post(URL, {"url": "https://hr.example.com/hook", "types": ["posting.created"]})
    changed = owner.patch(f"{URL}{made.json()['id']}/", {"is_active": False, "types": []})
    removed = owner.delete(f"{URL}{made.json()['id']}/")
    listed = owner.get(URL)

    assert (made.status_code, changed.status_code, removed.status_code) == (201, 200, 204)
    assert (changed.json()["is_active"], changed.json()["types"]) == (False, [])
    assert listed.json() == {"results": [], "next": None}
    told = Event.objects.for_org(organisation).order_by("id").values_list("type", "data")
    pk = made.json()["id"]
    assert list(told) == [
        ("endpoint.created", {"endpoint": pk}),
        ("endpoint.updated", {"endpoint": pk, "fields": ["is_active", "types"]}),
        ("endpoint.removed", {"endpoint": pk}),
    ]


@pytest.mark.parametrize("url", ["http://hr.example.com/", "https://a:b@hr.example.com/", "javascript:x"])
def test_an_address_that_is_not_allowed_is_refused(url: str) -> None:
    owner = a_client(a_member(an_organisation(), Role.OWNER).account)

    refused = owner.post(URL, {"url": url})

    assert (refused.status_code, refused.json()["code"]) == (400, "url_not_allowed")


def test_the_secret_is_for_owners_and_a_rotation_shows_the_new_one() -> None:
    organisation = an_organisation()
    owner = a_client(a_member(organisation, Role.OWNER).account)
    recruiter = a_client(a_member(organisation, Role.RECRUITER).account)
    pk = owner.post(URL, {"url": "https://hr.example.com/"}).json()["id"]

    before = owner.get(f"{URL}{pk}/secret/").json()
    rotated = owner.post(f"{URL}{pk}/rotate/").json()
    now = owner.get(f"{URL}{pk}/secret/").json()

    assert recruiter.get(f"{URL}{pk}/secret/").status_code == 403
    assert before["secret"].startswith("whsec_")
    assert now == rotated != before


def test_a_test_goes_to_this_endpoint_and_can_be_sent_again(settings: Settings) -> None:
    settings.WEBHOOK_TO_LOOPBACK = True
    owner = a_client(a_member(an_organisation(), Role.OWNER).account)
    with receiving(answer(204)) as receiver, receiving(answer(204)) as other:
        pk = owner.post(URL, {"url": receiver.url, "types": ["posting.created"]}).json()["id"]
        owner.post(URL, {"url": other.url, "types": ["posting.created"]})
        asked = owner.post(f"{URL}{pk}/test/")
        again_too_early = owner.post(f"/api/v1/deliveries/{asked.json()['id']}/redeliver/")
        drain(Channel.WEBHOOK)
        seen = owner.get(f"/api/v1/deliveries/{asked.json()['id']}/").json()
        again = owner.post(f"/api/v1/deliveries/{asked.json()['id']}/redeliver/")
        drain(Channel.WEBHOOK)

    assert (asked.status_code, asked.json()["state"]) == (202, "due")
    assert (again_too_early.status_code, again_too_early.json()["code"]) == (409, "delivery_due")
    assert (seen["state"], seen["type"], seen["attempts"]) == ("sent", "endpoint.tested", 1)
    assert again.status_code == 202
    assert (receiver.ids, other.ids) == ([seen["uid"]] * 2, [])


def test_deliveries_are_filtered_by_state_and_never_another_organisations(settings: Settings) -> None:
    settings.WEBHOOK_TO_LOOPBACK = True
    owner = a_client(a_member(an_organisation(), Role.OWNER).account)
    stranger = a_client(a_member(an_organisation(), Role.OWNER).account)
    with receiving(answer(410)) as receiver:
        pk = owner.post(URL, {"url": receiver.url, "types": ["posting.created"]}).json()["id"]
        owner.post(f"{URL}{pk}/test/")
        drain(Channel.WEBHOOK)

    dead = owner.get("/api/v1/deliveries/?state=dead").json()["results"]
    sent = owner.get("/api/v1/deliveries/?state=sent").json()["results"]

    assert [(row["channel"], row["last_error"]) for row in dead] == [
        ("webhook", "it answered 410: it wants no more")
    ]
    assert sent == []
    assert stranger.get("/api/v1/deliveries/").json()["results"] == []
    assert stranger.post(f"/api/v1/deliveries/{dead[0]['id']}/redeliver/").status_code == 404
    assert stranger.get(f"{URL}{pk}/").status_code == 404
    assert Endpoint.objects.get().is_active is False
    assert Delivery.objects.filter(state="dead").count() == 1


def test_a_dead_letter_is_sent_again_on_request_under_its_id_with_all_its_tries(settings: Settings) -> None:
    settings.WEBHOOK_TO_LOOPBACK = True
    owner = a_client(a_member(an_organisation(), Role.OWNER).account)
    with receiving(answer(500)) as receiver:
        pk = owner.post(URL, {"url": receiver.url, "types": ["posting.created"]}).json()["id"]
        row = owner.post(f"{URL}{pk}/test/").json()
        Delivery.objects.update(attempts=ATTEMPTS - 1)
        drain(Channel.WEBHOOK)
        dead = owner.get("/api/v1/deliveries/?state=dead").json()["results"]
        receiver.behave = answer(204)
        Endpoint.objects.update(rests_until=None)
        asked = owner.post(f"/api/v1/deliveries/{row['id']}/redeliver/").json()
        drain(Channel.WEBHOOK)
        sent = owner.get(f"/api/v1/deliveries/{row['id']}/").json()

    assert [(one["id"], one["last_error"]) for one in dead] == [(row["id"], "it answered 500")]
    assert (asked["state"], asked["attempts"], asked["uid"]) == ("due", 0, row["uid"])
    assert (sent["state"], sent["last_error"], receiver.ids) == ("sent", "", [row["uid"]] * 2)
