from __future__ import annotations

import pytest

from ats.models import Consent, Event
from ats.people.consents import consent_texts, current_versions
from tests.factories import a_client, a_member, a_posting, an_organisation
from tests.privacy.people import somebody_who_applied

pytestmark = pytest.mark.django_db
CURRENT = {"purpose": "talent_pool", "version": current_versions()["talent_pool"]}


def test_the_texts_are_public_in_both_languages() -> None:
    texts = a_client().get("/api/v1/public/consent-texts/").json()

    assert [text["code"] for text in texts] == [text.code for text in consent_texts()]
    assert all(text["text"] and text["text_zh"] for text in texts)


def test_a_consent_is_given_found_by_recruiters_and_withdrawn() -> None:
    organisation = an_organisation(slug="aurora")
    _account, client = somebody_who_applied(a_posting(organisation))
    recruiter = a_client(a_member(organisation).account)

    given = client.post("/api/v1/me/consents/", {"organisation": "aurora", **CURRENT}).json()
    found = recruiter.get("/api/v1/candidates/", {"consent": "talent_pool"}).json()["results"]
    client.delete(f"/api/v1/me/consents/{given['id']}/")
    found_after = recruiter.get("/api/v1/candidates/", {"consent": "talent_pool"}).json()["results"]

    listed = client.get("/api/v1/me/consents/").json()["results"]
    assert (len(found), found_after) == (1, [])
    assert [(row["purpose"], row["withdrawn_at"] is None) for row in listed] == [("talent_pool", False)]
    assert list(Event.objects.values_list("type", flat=True)) == [
        "application.submitted",
        "consent.given",
        "consent.withdrawn",
    ]


def test_giving_and_withdrawing_twice_change_nothing_more() -> None:
    _account, client = somebody_who_applied(a_posting(an_organisation(slug="aurora")))
    body = {"organisation": "aurora", **CURRENT}

    first, again = (client.post("/api/v1/me/consents/", body).json() for _ in range(2))
    for _ in range(2):
        client.delete(f"/api/v1/me/consents/{first['id']}/")

    assert first == again
    assert Consent.objects.count() == 1
    assert Event.objects.filter(type="consent.given").count() == 1
    assert Event.objects.filter(type="consent.withdrawn").count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"purpose": "profiling"}, 400, "consent_unknown"),
        ({"version": "2020-01-01"}, 409, "consent_outdated"),
        ({"organisation": "elsewhere"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_agreed_to(changes: dict[str, str], status: int, code: str) -> None:
    _account, client = somebody_who_applied(a_posting(an_organisation(slug="aurora")))

    answer = client.post("/api/v1/me/consents/", {"organisation": "aurora", **CURRENT, **changes})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_consents_given_while_applying_belong_to_that_organisation() -> None:
    organisation = an_organisation(slug="aurora")
    _account, client = somebody_who_applied(a_posting(organisation))
    second = a_posting(organisation)

    client.post("/api/v1/me/applications/", {"posting": second.pk, "consents": [CURRENT]})

    listed = client.get("/api/v1/me/consents/").json()["results"]
    assert [(row["organisation"], row["purpose"]) for row in listed] == [("aurora", "talent_pool")]
