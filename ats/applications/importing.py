"""People who applied elsewhere, at a fair or by post: put into the season by a recruiter, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ats.applications.insertion import insert_applications
from ats.applications.pending_assignments import request_distribution
from ats.applications.recognition import candidates_by_key, key_of
from ats.common.disciplines import discipline_of
from ats.common.errors import Conflict
from ats.common.months import Span
from ats.common.person_records import records_of
from ats.events.insert import insert_events
from ats.models import (
    Account,
    Candidate,
    Education,
    EventType,
    Institution,
    Membership,
    Organisation,
    Posting,
    PostingState,
)
from ats.models.account import normal_email
from ats.outbox.routing import fan_out
from ats.people.institutions import Mention, recognise

Person = Mapping[str, Any]


class Imported(StrEnum):
    """What became of one row. All but the first changed nothing."""

    DONE = "done"
    ALREADY_APPLIED = "already_applied"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of the person at `number` in the list, from 1 on."""

    number: int
    result: Imported
    candidate: int | None
    application: int | None


SOURCE = f"""FROM unnest(%(candidates)s::bigint[]) WITH ORDINALITY asked(id, position)
    JOIN ats_candidate c ON c.id = asked.id
    JOIN ats_posting p ON p.id = %(posting)s
    WHERE NOT EXISTS (SELECT FROM ats_application a
        WHERE a.posting_id = p.id AND a.candidate_id = ANY({records_of("c")}))
    ORDER BY asked.position"""
SUBMITTED = insert_events(
    "FROM made JOIN ats_track t ON t.id = made.track_id ORDER BY made.id",
    type=EventType.APPLICATION_SUBMITTED,
    organisation="made.organisation_id",
    application="made.id",
    data="jsonb_build_object('stage', stage_id, 'track', t.code, 'unheard', true)",
)
# The candidate gets no mail: they know that they applied.
INSERT = f"""
WITH made AS (
    {insert_applications(SOURCE, source="%(source)s")}
    ON CONFLICT (candidate_id, posting_id) DO NOTHING
    RETURNING *
), recorded AS (
    {SUBMITTED}
)
SELECT candidate_id, id FROM made
"""  # noqa: S608


LOCK_ACCOUNTS = "SELECT * FROM ats_account WHERE email = ANY(%s) AND is_active ORDER BY id FOR SHARE"


@transaction.atomic
def import_applicants(
    *,
    by: Membership,
    posting: Posting,
    people: Sequence[Person],
    source: str = "",
    dry_run: bool = False,
) -> list[Row]:
    """Let people apply; what became of each, in the order given. With `dry_run` nothing is kept.

    Each has a `name` and may have `email`, `phone`, `institution`, `degree`, `major`, `graduation` (a
    `Span`) and `language`, in which they are written to later. Who is known by the e-mail, or without
    one by phone or studies, keeps the record that there is; who has an account gets a record of that
    account and its language. Nobody is judged by the rules or written to. Raises
    Conflict("posting_closed").
    """
    accounts = _lock_accounts(people)
    # One import at a time in an organisation: the second finds the people of the first.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    if locked.state != PostingState.OPEN:
        sentence = _("This posting takes no applications now.")
        raise Conflict("posting_closed", sentence, field="posting", state=locked.state)
    candidates = _candidates(by.organisation, people, accounts)
    made = _insert(by, locked, candidates, source)
    if dry_run:
        transaction.set_rollback(True)
    else:
        request_distribution(by.organisation_id, list(made.values()))
        fan_out(by.organisation_id)
    return _report(candidates, made, is_kept=not dry_run)


def _lock_accounts(people: Sequence[Person]) -> dict[str, Account]:
    """The accounts that people have, by address. Before all other locks, as applying and erasing do."""
    rows = Account.objects.raw(LOCK_ACCOUNTS, [list(_emails(people))])
    return {row.email: row for row in rows}


def _emails(people: Sequence[Person]) -> set[str]:
    return {normal_email(person["email"]) for person in people if person.get("email")}


def _known(
    organisation: Organisation, people: Sequence[Person], accounts: Mapping[str, Account]
) -> dict[str, Candidate]:
    """The records that there are, by address: of several the account's, and else the oldest.

    They stay locked, so that nobody of them is erased meanwhile.
    """
    theirs = {account.pk: email for email, account in accounts.items()}
    is_known = Q(email__in=_emails(people)) | Q(account__in=theirs)
    known = Candidate.objects.for_org(organisation).filter(is_known, erased_at=None).order_by("pk")
    locked = list(known.select_for_update(of=("self",), no_key=True))
    preferred = sorted(locked, key=lambda row: (row.account_id in theirs, -row.pk))
    return {theirs.get(row.account_id or 0, row.email): row for row in preferred}


def _candidates(
    organisation: Organisation, people: Sequence[Person], accounts: Mapping[str, Account]
) -> list[Candidate]:
    """For each person the record that there is, or a new one."""
    by_email = _known(organisation, people, accounts)
    by_key = candidates_by_key(organisation, people)
    schools = recognise([Mention(person.get("institution", "")) for person in people])
    rows: list[Candidate] = []
    new: list[tuple[Candidate, Person, Institution | None]] = []
    for person, school in zip(people, schools, strict=True):
        email = normal_email(person.get("email", ""))
        row = by_email.get(email) if email else by_key.get(key_of(person))
        if row is None:
            row = _candidate(organisation, person, email, school)
            if account := accounts.get(email):
                row.account, row.language = account, account.language
            new.append((row, person, school))
        if email:
            by_email[email] = row
        else:
            by_key[key_of(person)] = row
        rows.append(row)
    Candidate.objects.bulk_create([row for row, _person, _school in new])
    Education.objects.bulk_create([_education(*each) for each in new])
    return rows


def _candidate(
    organisation: Organisation, person: Person, email: str, school: Institution | None
) -> Candidate:
    names = [person.get("institution", ""), *(school.names() if school else [])]
    return Candidate(
        organisation=organisation,
        name=person["name"],
        email=email,
        phone=person.get("phone", ""),
        language=person.get("language") or settings.LANGUAGE_CODE,
        schools=" ".join(dict.fromkeys(names)),
    )


def _education(candidate: Candidate, person: Person, school: Institution | None) -> Education:
    graduation: Span | None = person.get("graduation")
    return Education(
        candidate=candidate,
        institution=school,
        institution_name=person.get("institution", ""),
        degree=person.get("degree"),
        major=person.get("major", ""),
        discipline=discipline_of(person.get("major", "")),
        graduates_from=graduation and graduation.first,
        graduates_until=graduation and graduation.last,
        is_latest=True,
    )


def _insert(by: Membership, posting: Posting, candidates: list[Candidate], source: str) -> dict[int, int]:
    """The applications that were made, by candidate. Of the records of one person the first counts."""
    first = {row.merged_into_id or row.pk: row.pk for row in reversed(candidates)}
    facts: dict[str, Any] = {
        "actor": by.pk,
        "posting": posting.pk,
        "candidates": list(reversed(first.values())),
        "source": source,
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, facts)
        return dict(cursor.fetchall())


def _report(candidates: list[Candidate], made: Mapping[int, int], *, is_kept: bool) -> list[Row]:
    left, rows = dict(made), []
    for number, candidate in enumerate(candidates, 1):
        application = left.pop(candidate.pk, None)
        result = Imported.DONE if application else Imported.ALREADY_APPLIED
        shown = (candidate.pk, application) if is_kept else (None, None)
        rows.append(Row(number, result, *shown))
    return rows
