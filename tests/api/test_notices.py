"""Templates for staff, wishes for candidates."""

from __future__ import annotations

import pytest

from tests.factories import a_candidate, a_client, a_member, an_account, an_organisation

pytestmark = pytest.mark.django_db
TEMPLATES = "/api/v1/notice-templates/"
WORDS = {"subject": "News for {{ candidate.name }}", "text": "You are at {{ stage.name }}."}
TEMPLATE = {"type": "application.moved", "language": "en", **WORDS}


def test_a_template_is_shown_before_it_is_used() -> None:
    recruiter = a_client(a_member(an_organisation()).account)

    shown = recruiter.post(f"{TEMPLATES}preview/", WORDS | {"html": "<b>{{ stage.name }}</b><img src=x>"})

    assert shown.json() == {
        "subject": "News for Li Na 李娜",
        "text": "You are at Interview.",
        "html": '<b>Interview</b><img src="x">',
    }


@pytest.mark.parametrize("text", ["{{ settings.SECRET_KEY }}", "{% debug %}", "{{ organisation.slug }}"])
def test_a_template_that_reads_more_than_it_may_is_refused(text: str) -> None:
    recruiter = a_client(a_member(an_organisation()).account)

    saved = recruiter.post(TEMPLATES, TEMPLATE | {"text": text})
    shown = recruiter.post(f"{TEMPLATES}preview/", WORDS | {"text": text})

    for refused in (saved, shown):
        assert (refused.status_code, refused.json()["code"]) == (400, "template_wrong")


def test_there_is_one_template_for_each_type_and_language() -> None:
    recruiter = a_client(a_member(an_organisation()).account)

    answers = [recruiter.post(TEMPLATES, TEMPLATE) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]


def test_a_candidate_says_how_to_be_told() -> None:
    account = an_account()
    organisation = an_organisation()
    candidate = a_candidate(organisation, account=account)
    client = a_client(account)
    url = f"/api/v1/me/notices/{candidate.pk}/"

    before = client.get("/api/v1/me/notices/").json()["results"]
    changed = client.patch(
        url, {"muted": ["application.moved"], "quiet_from": "22:00", "quiet_until": "08:00"}
    )

    usual: dict[str, object] = {
        "muted": [],
        "quiet_from": None,
        "quiet_until": None,
        "time_zone": "Asia/Shanghai",
        "digest": False,
    }
    quiet = {"muted": ["application.moved"], "quiet_from": "22:00:00", "quiet_until": "08:00:00"}
    assert before == [{"id": candidate.pk, "organisation": organisation.slug, "preferences": usual}]
    assert changed.json()["preferences"] == usual | quiet
    assert client.get(url).json() == changed.json()


@pytest.mark.parametrize(
    "wish",
    [{"quiet_from": "22:00"}, {"time_zone": "Mars/Base"}, {"muted": ["endpoint.disabled"]}, {"loud": True}],
)
def test_preferences_that_make_no_sense_are_refused(wish: dict[str, object]) -> None:
    account = an_account()
    candidate = a_candidate(an_organisation(), account=account)

    assert a_client(account).patch(f"/api/v1/me/notices/{candidate.pk}/", wish).status_code == 400


def test_nobody_sees_or_sets_anothers_wishes() -> None:
    candidate = a_candidate(an_organisation(), account=an_account())
    stranger = a_client(an_account())

    assert stranger.get("/api/v1/me/notices/").json()["results"] == []
    assert stranger.patch(f"/api/v1/me/notices/{candidate.pk}/", {"digest": True}).status_code == 404
