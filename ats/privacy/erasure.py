"""Taking a person out of the database. The steps, in the order of the locks that everybody takes:

1. The account: who is applying, or being imported, finishes first; who comes later finds it erased.
2. The person's applications, which are withdrawn, and then the records.
3. If an application was made in between, all is let go and begun anew: nobody stays active without a name.
4. What the table of personal data names is deleted or emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ats.applications.moves import withdraw_all_applications
from ats.common.errors import Conflict
from ats.events.record import new_event, record_events
from ats.models import Account, Application, ApplicationState, Candidate, EventType, Membership
from ats.privacy.personal_data import PERSONAL_DATA
from ats.privacy.subjects import Subjects

Locked = Callable[[Collection[int]], QuerySet[Candidate]]


class _AppliedMeanwhile(Exception):
    """An application was made after the person's applications were withdrawn."""


def erase_account(*, by: Account) -> None:
    """Erase a person everywhere, for good. Rows that statistics and the audit trail need stay, nameless.

    Raises Conflict("still_a_member"): what a member did for an organisation is that organisation's.
    """
    while True:
        try:
            return _erase_account(by)
        except _AppliedMeanwhile:
            continue


@transaction.atomic
def erase_candidates(pks: Collection[int], *, still_due: Locked) -> None:
    """Erase organisations' records of people whose accounts live on, as retention does.

    `still_due` gives those of the locked records that are to be erased by what is known now.
    """
    _lock(pks)
    _erase(Subjects.of_candidates(list(still_due(pks))), by=None)


@transaction.atomic
def _erase_account(by: Account) -> None:
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Membership.objects.current().filter(account=by).exists():
        sentence = _("You are a member of an organisation: leave it first.")
        raise Conflict("still_a_member", sentence)
    who = Subjects.of_account(by)
    withdraw_all_applications(candidates=who.candidates)
    _lock(who.candidates)
    active = Application.objects.filter(candidate__in=who.candidates, state=ApplicationState.ACTIVE)
    if active.exists():
        raise _AppliedMeanwhile
    _erase(who, by=by)


def _lock(pks: Collection[int]) -> None:
    """Until the transaction ends nobody applies with these records, is moved or notified."""
    rows = Candidate.objects.filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _erase(who: Subjects, *, by: Account | None) -> None:
    records = Candidate.objects.filter(pk__in=who.candidates, erased_at=None)
    record_events(
        new_event(EventType.CANDIDATE_ERASED, organisation=row.organisation, by=by, candidate=row)
        for row in records.select_related("organisation").order_by("pk")
    )
    for data in PERSONAL_DATA:
        data.erase(data.rows(who))
