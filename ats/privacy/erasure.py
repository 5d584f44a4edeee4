from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from ats.applications.moves import withdraw_all_applications
from ats.common.errors import Conflict
from ats.events.record import new_event, record_events
from ats.models import Account, Candidate, EventType, Membership
from ats.privacy.personal_data import HOLDINGS
from ats.privacy.subjects import Subjects


@transaction.atomic
def erase_account(*, by: Account) -> None:
    """Empty a person everywhere, for good. Rows that statistics and the audit trail need stay, nameless.

    Raises Conflict("still_a_member"): what a member did for an organisation is that organisation's.
    """
    if Membership.objects.current().filter(account=by).exists():
        sentence = _("You are a member of an organisation: leave it first.")
        raise Conflict("still_a_member", sentence)
    withdraw_all_applications(by=by)
    _erase(Subjects.of_account(by), by=by)


@transaction.atomic
def erase_candidates(pks: Collection[int]) -> None:
    """Empty organisations' records of people whose accounts live on, as retention does."""
    _erase(Subjects(candidates=pks), by=None)


def _erase(who: Subjects, *, by: Account | None) -> None:
    """Their records are locked first, so that nobody applies, is moved or told meanwhile."""
    records = list(
        Candidate.objects.filter(pk__in=who.candidates, erased_at=None)
        .select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .order_by("pk")
    )
    record_events(
        new_event(EventType.CANDIDATE_ERASED, organisation=row.organisation, by=by, candidate=row)
        for row in records
    )
    for holding in HOLDINGS:
        holding.erase(holding.rows(who))
