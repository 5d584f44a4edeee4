"""What candidates get by mail: whose words, whether, when, and how to end it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.db.models.functions import Now
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ats.applications.moves import move_applications
from ats.common.errors import NotFound
from ats.delivery import claiming
from ats.delivery.mails.composing import REPEATS, compose
from ats.delivery.mails.links import read_token, unsubscribe_link
from ats.delivery.mails.loading import Subjects, load
from ats.delivery.mails.variables import of_events
from ats.delivery.sending import drain
from ats.events.record import application_event, record_events
from ats.models import (
    Account,
    Candidate,
    Channel,
    Delivery,
    Event,
    EventType,
    Membership,
    NoticeTemplate,
    NotificationPreferences,
    Organisation,
    Stage,
)
from tests.factories import a_candidate, a_member, a_posting, an_account, an_application, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> Membership:
    return a_member(an_organisation(name="Aurora", name_zh="曙光"))


def tell(by: Membership, candidate: Candidate, *titles: str) -> None:
    """Move an application of the candidate for each title."""
    to = Stage.objects.for_org(by.organisation).get(name="Screening", pipeline__is_default=True)
    rows = [an_application(a_posting(by.organisation, title=title), candidate) for title in titles]
    move_applications(by=by, applications=[row.pk for row in rows], to_stage=to.pk)


def letters() -> list[Any]:
    """The mails sent so far, as they go over the line."""
    drain()
    return [letter.message() for letter in mail.outbox]


def states() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("id").values_list("state", "last_error"))


def test_a_mail_has_text_and_html_and_says_how_to_end_it(recruiter: Membership) -> None:
    candidate = a_candidate(recruiter.organisation, name="<Li>", language="zh-hans")
    tell(recruiter, candidate, "Search")

    [letter] = letters()

    delivery = Delivery.objects.get()
    text, html = (part.get_payload(decode=True).decode() for part in letter.get_payload())
    link = letter["List-Unsubscribe"].strip("<>")
    assert letter["Message-ID"] == f"<{delivery.uid}@intake>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert text.startswith("<Li>，您好：\n\n您对「Search」的投递有新进展")
    assert html.startswith("<p>&lt;Li&gt;，您好：</p>")
    assert link in text


def test_one_click_in_the_mail_program_ends_mails_of_this_kind(recruiter: Membership, client: Client) -> None:
    candidate = a_candidate(recruiter.organisation)
    tell(recruiter, candidate, "Search")
    link = letters()[0]["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")

    looked = client.get(link)
    wishes_after_looking = NotificationPreferences.objects.count()
    clicked = client.post(link, {"List-Unsubscribe": "One-Click"})
    again = client.post(link)
    tell(recruiter, candidate, "Another")
    drain()

    assert (looked.status_code, wishes_after_looking) == (200, 0)
    assert (clicked.status_code, again.status_code) == (200, 200)
    assert states() == [("sent", ""), ("cancelled", "the recipient wants no such mail")]


def test_a_forged_link_opens_nothing(client: Client) -> None:
    assert client.post("/unsubscribe/WzEsImFwcGxpY2F0aW9uLm1vdmVkIl0:forged/").status_code == 404


def test_the_organisations_own_words_are_used_in_its_language_alone(recruiter: Membership) -> None:
    NoticeTemplate.objects.create(
        organisation=recruiter.organisation,
        type="application.moved",
        language="en",
        subject="News of {{ posting.title }}",
        text="Hello {{ candidate.name }}",
        html="<p onclick='x()'>Hello <b>{{ candidate.name }}</b><script>x()</script></p>",
    )
    other = a_member(an_organisation())
    tell(recruiter, a_candidate(recruiter.organisation, name="<i>"), "Search")
    tell(recruiter, a_candidate(recruiter.organisation, language="zh-hans"), "Search")
    tell(other, a_candidate(other.organisation), "Search")

    english, chinese, foreign = letters()

    html = english.get_payload()[1].get_payload(decode=True).decode()
    assert english["Subject"] == "News of Search"
    assert html.startswith("<p>Hello <b>&lt;i&gt;</b></p>")
    assert chinese["Subject"].encode().startswith(b"=?utf-8?")
    assert foreign["Subject"].startswith(f"{other.organisation.name}: your application is now at")


def test_a_digest_is_one_mail_with_all_news_of_the_day(recruiter: Membership) -> None:
    candidate = a_candidate(recruiter.organisation)
    NotificationPreferences.objects.create(candidate=candidate, digest=True)
    tell(recruiter, candidate, "Search", "Storage", "Networks")

    before = len(letters())
    yesterday = Now() - timedelta(days=1, hours=1)
    Delivery.objects.update(created_at=yesterday, due_at=yesterday)
    [digest] = letters()

    text = digest.get_payload()[0].get_payload(decode=True).decode()
    assert before == 0
    assert digest["Subject"] == "3 pieces of news"
    assert all(title in text for title in ("Search", "Storage", "Networks"))
    assert states() == [("sent", "")] * 3


def test_who_has_no_address_is_a_dead_letter(recruiter: Membership) -> None:
    tell(recruiter, a_candidate(recruiter.organisation, email=""), "Search")

    assert (letters(), states()) == ([], [("dead", "the recipient has no address")])


def test_a_poison_row_is_set_aside_and_stops_no_other(recruiter: Membership) -> None:
    tell(recruiter, a_candidate(recruiter.organisation, language="xx"), "Search")
    tell(recruiter, a_candidate(recruiter.organisation), "Search")

    drain()

    (poison, reason), healthy = states()
    assert (poison, reason.startswith("it cannot be composed: FileNotFoundError")) == ("dead", True)
    assert healthy == ("sent", "")


def test_a_template_reads_nothing_of_another_organisation(recruiter: Membership) -> None:
    theirs = Stage.objects.for_org(an_organisation(name="Borealis")).first()
    assert theirs is not None
    data = {"to_stage": theirs.pk, "offer": 1, "endpoint": 1}

    event = Event(organisation=recruiter.organisation, type="move.undone", data=data)
    subjects = Subjects(stages={theirs.pk: theirs})

    context = of_events([event], subjects, "en")

    assert {name: text for name, text in context.items() if text.strip("- ")} == {
        "organisation.name": "Aurora"
    }


def test_in_quiet_hours_a_mail_waits_and_that_is_no_try(recruiter: Membership) -> None:
    candidate = a_candidate(recruiter.organisation)
    all_day = {"quiet_from": time(0), "quiet_until": time(23, 59, 59, 999999)}
    NotificationPreferences.objects.create(candidate=candidate, **all_day)
    tell(recruiter, candidate, "Search")

    nothing = letters()
    NotificationPreferences.objects.update(quiet_from=None, quiet_until=None)
    waits = list(Delivery.objects.filter(due_at__gt=Now()).values_list("state", "attempts"))
    Delivery.objects.update(due_at=Now())

    assert (nothing, waits, len(letters())) == ([], [("due", 0)], 1)


def test_a_digest_that_is_made_again_has_the_same_id(recruiter: Membership) -> None:
    candidate = a_candidate(recruiter.organisation)
    NotificationPreferences.objects.create(candidate=candidate, digest=True)
    tell(recruiter, candidate, "Search", "Storage")
    yesterday = Now() - timedelta(days=1, hours=1)
    Delivery.objects.update(created_at=yesterday, due_at=yesterday)

    def once() -> str:
        Delivery.objects.update(lease=None, leased_until=None)
        [row] = claiming.claim_oldest(Channel.EMAIL, 1)
        composed = compose(row, load([row]))
        assert composed is not None
        return composed.uid

    assert once() == once() not in {str(row.uid) for row in Delivery.objects.all()}


@pytest.mark.parametrize("count", [1, 30])
def test_a_batch_of_mails_costs_the_same_queries_however_many(
    recruiter: Membership, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        tell(recruiter, a_candidate(recruiter.organisation), "Search")
    claimed = claiming.claim_oldest(Channel.EMAIL, 40)

    with django_assert_num_queries(6):
        batch = load(claimed)
        for row in claimed:
            compose(row, batch)

    assert len(claimed) == count


def test_one_poisoned_row_of_a_digest_stops_no_other(recruiter: Membership) -> None:
    candidate = a_candidate(recruiter.organisation)
    NotificationPreferences.objects.create(candidate=candidate, digest=True)
    tell(recruiter, candidate, "Search", "Storage", "Networks")
    poisoned = Delivery.objects.earliest("id")
    Event.objects.filter(deliveries=poisoned).update(type="no.such_type")
    yesterday = Now() - timedelta(days=1, hours=1)
    Delivery.objects.update(created_at=yesterday, due_at=yesterday)

    [digest] = letters()

    Event.objects.filter(deliveries=poisoned).update(type="application.moved")
    assert digest["Subject"] == "2 pieces of news"
    assert [state for state, _reason in states()] == ["dead", "sent", "sent"]


def test_a_mail_that_would_say_what_the_last_one_said_is_not_sent(recruiter: Membership) -> None:
    candidate = a_candidate(recruiter.organisation)
    tell(recruiter, candidate, "Search")
    drain()
    [event] = Event.objects.filter(type="application.moved")
    assert event.application
    with transaction.atomic():
        record_events(
            [application_event(event.application, EventType.APPLICATION_MOVED, by=None, **event.data)]
        )

    assert len(letters()) == 1
    assert states() == [("sent", ""), ("cancelled", REPEATS)]


def test_a_mail_is_in_the_language_of_the_account_from_the_next_one_on(recruiter: Membership) -> None:
    account = an_account(language="en")
    candidate = a_candidate(recruiter.organisation, account=account, language="en")
    tell(recruiter, candidate, "Search")
    drain()
    Account.objects.update(language="zh-hans")
    tell(recruiter, candidate, "Storage")

    languages = [letter["Content-Language"] for letter in letters()]

    assert languages == ["en", "zh-hans"]


def test_a_mail_comes_from_the_organisation_and_answers_go_there(recruiter: Membership) -> None:
    Organisation.objects.update(reply_to="campus@aurora.example")
    tell(recruiter, a_candidate(recruiter.organisation), "Search")

    [letter] = letters()

    assert (letter["From"], letter["Reply-To"]) == ("Aurora <intake@localhost>", "campus@aurora.example")


def test_a_button_opens_the_application(recruiter: Membership, settings: Settings) -> None:
    settings.CANDIDATE_URL = "https://jobs.example.com/me/{application}"
    tell(recruiter, a_candidate(recruiter.organisation), "Search")

    [letter] = letters()

    url = f"https://jobs.example.com/me/{Delivery.objects.get().application_id}"
    text, html = (part.get_payload(decode=True).decode() for part in letter.get_payload())
    assert f"Open my application: {url}" in text
    assert f'<a href="{url}"' in html


def test_no_click_mutes_an_offer(recruiter: Membership) -> None:
    with pytest.raises(NotFound):
        read_token(
            unsubscribe_link(a_candidate(recruiter.organisation).pk, EventType.OFFER_EXTENDED).split("/")[-2]
        )
