from __future__ import annotations

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.applications.apply import apply_to_posting
from ats.applications.moves import move_applications
from ats.delivery.sending import drain
from ats.models import (
    Account,
    Application,
    Candidate,
    Delivery,
    Event,
    IdempotencyRecord,
    MoveKind,
    Posting,
    RejectionReason,
    SavedView,
    Stage,
)
from ats.people.duplicates import merge
from ats.privacy.erasure import erase_account
from ats.privacy.subjects import Subjects
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_account,
    an_application,
    an_organisation,
)
from tests.privacy.people import MARKS, somebody_who_applied

pytestmark = pytest.mark.django_db


def whole_database() -> str:
    """Every row of every table of ours as text, in lower case."""
    with connection.cursor() as cursor:
        texts = []
        for model in apps.get_app_config("ats").get_models():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{model._meta.db_table}" t')
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts).lower()


def screening(posting: Posting) -> int:
    """The second stage."""
    return Stage.objects.filter(pipeline=posting.pipeline).order_by("position")[1].pk


def test_nothing_of_an_erased_person_is_left_in_any_column() -> None:
    posting = a_posting(an_organisation())
    a_candidate(posting.organisation, name="Old Marker", email="li.na.marker@example.com")
    account, client = somebody_who_applied(posting)
    Delivery.objects.update(last_error="550 li.na.marker@example.com: no such mailbox")
    assert [mark for mark in MARKS if mark in whole_database()] == list(MARKS)

    answer = client.post("/api/v1/me/erasure/", {"email": account.email})

    assert answer.status_code == 204
    assert [mark for mark in MARKS if mark in whole_database()] == []


def test_what_the_team_wrote_down_about_somebody_goes_too() -> None:
    """The reason of a move, a saved search, and the answers that members may be given again."""
    posting = a_posting(an_organisation())
    account, _client = somebody_who_applied(posting)
    by = a_member(posting.organisation)
    team = a_client(by.account)
    application = Application.objects.get()
    other = an_application(posting)
    turned_down = RejectionReason.objects.for_org(posting.organisation).earliest("pk").pk
    move_applications(
        by=by,
        applications=[application.pk],
        kind=MoveKind.REJECT,
        rejection_reason=turned_down,
        reason="Vasquez-Marker was late",
    )
    named = "as quick as 李娜 Vasquez-Marker"
    move_applications(by=by, applications=[other.pk], to_stage=screening(posting), reason=named)
    bodies = (
        f'{{"application":{application.pk}}}',
        f'{{"application":{application.pk}0}}',
        '{"name":"李娜"}',
    )
    for number, body in enumerate(bodies):
        IdempotencyRecord.objects.create(
            account=by.account,
            organisation=by.organisation,
            key=str(number),
            fingerprint=b"",
            body=body,
        )
    team.post("/api/v1/saved-views/", {"name": "Mine", "query": {"text": "li.na.marker@example.com"}})
    team.post("/api/v1/saved-views/", {"name": "All", "query": {"text": "Li"}})

    erase_account(by=account)

    assert [mark for mark in MARKS if mark in whole_database()] == []
    assert [row.key for row in IdempotencyRecord.objects.filter(account=by.account)] == ["1"]
    assert [row.name for row in SavedView.objects.all()] == ["All"]


def test_records_that_were_merged_into_the_person_go_too_but_none_of_another_account() -> None:
    posting = a_posting(an_organisation())
    account, _client = somebody_who_applied(posting)
    by = a_member(posting.organisation)
    mine = Candidate.objects.get()
    unlinked = a_candidate(posting.organisation, name="Second Marker", email="other@example.com")
    an_application(posting, unlinked)
    theirs = a_candidate(posting.organisation, account=an_account(), name="Wang Wei")
    merge(by=by, kept=unlinked.pk, merged=mine.pk)
    merge(by=by, kept=unlinked.pk, merged=theirs.pk)

    erase_account(by=account)

    assert dict(Candidate.objects.values_list("pk", "name")) == {
        mine.pk: "",
        unlinked.pk: "",
        theirs.pk: "Wang Wei",
    }
    assert set(Application.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Li Na was late", True),
        ("li na", True),
        ("Li Nan was late", False),
        ("李娜迟到", True),
        ("x+y@z.com", False),
        ("call +86 139 0000 4711", True),
    ],
)
def test_a_text_names_somebody_by_whole_words(text: str, is_named: bool) -> None:
    organisation = an_organisation()
    for name in ("Li Na", "李娜", "A (b) [c] x.y@z.com", "B"):
        a_candidate(organisation, name=name, phone="+86 139 0000 4711")
    who = Subjects.of_candidates(list(Candidate.objects.all()))
    view = SavedView.objects.create(
        organisation=organisation, owner=a_member(organisation), name="V", query={"text": text}
    )

    assert list(who.named_in(SavedView.objects.all(), "name", "query")) == [view] * is_named


def test_statistics_and_the_log_survive_and_say_that_the_person_is_gone() -> None:
    posting = a_posting(an_organisation())
    account, client = somebody_who_applied(posting)

    client.post("/api/v1/me/erasure/", {"email": account.email})

    kept = Application.objects.get()
    assert (kept.posting, kept.track, kept.state) == (posting, posting.track, "withdrawn")
    assert str(kept.graduates_until) == "2026-06-30"
    assert list(Event.objects.values_list("type", flat=True)) == [
        "application.submitted",
        "application.withdrawn",
        "candidate.erased",
    ]
    assert not Event.objects.exclude(actor=None).exists()
    assert Candidate.objects.get().erased_at is not None


def test_an_erased_person_is_not_written_to_and_their_tokens_open_nothing() -> None:
    account, client = somebody_who_applied(a_posting(an_organisation()))

    client.post("/api/v1/me/erasure/", {"email": account.email})
    drain()

    assert mail.outbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}
    assert client.get("/api/v1/me/").status_code == 401


def test_the_same_address_may_begin_anew_as_somebody_else() -> None:
    account, _client = somebody_who_applied(a_posting(an_organisation()))
    address = account.email

    erase_account(by=account)
    again, created = Account.objects.for_email(address)

    assert created
    assert again.pk != account.pk
    assert a_client(again).get("/api/v1/me/applications/").json()["results"] == []


def test_erasing_costs_the_same_for_one_application_and_for_many() -> None:
    counted = []
    for applications in (1, 6):
        organisation = an_organisation()
        account = an_account(profile={"basics": {"name": "Li Na"}})
        for _ in range(applications):
            apply_to_posting(by=account, posting=a_posting(organisation).pk)
        with CaptureQueriesContext(connection) as seen:
            erase_account(by=account)
        counted.append(len(seen))

    assert counted[0] == counted[1]
    assert set(Application.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_another_address_erases_nobody() -> None:
    account, client = somebody_who_applied(a_posting(an_organisation()))

    answer = client.post("/api/v1/me/erasure/", {"email": "else@example.com"})

    assert (answer.status_code, answer.json()["code"]) == (400, "email_differs")
    assert Account.objects.get(pk=account.pk).email == account.email


def test_a_member_leaves_the_organisation_first() -> None:
    member = a_member(an_organisation()).account

    answer = a_client(member).post("/api/v1/me/erasure/", {"email": member.email})

    assert (answer.status_code, answer.json()["code"]) == (409, "still_a_member")


def test_other_people_are_untouched() -> None:
    posting = a_posting(an_organisation())
    other = a_candidate(posting.organisation, name="Wang Wei")
    account, _client = somebody_who_applied(posting)

    erase_account(by=account)

    assert Candidate.objects.get(pk=other.pk).name == "Wang Wei"
