"""Agreeing to a text, for one purpose, with one organisation; and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid, NotFound
from ats.common.reference import reference
from ats.events.record import new_event, record_events
from ats.models import Account, Candidate, Consent, Event, EventType


@dataclass(frozen=True, slots=True)
class ConsentText:
    code: str
    version: str
    name: str
    name_zh: str
    text: str
    text_zh: str


def consent_texts() -> list[ConsentText]:
    """Every text that was ever shown, oldest first."""
    return [ConsentText(**row) for row in reference("consents")["consent"]]


def current_versions() -> dict[str, str]:
    """The version that one agrees to today, by purpose: the latest."""
    return {text.code: text.version for text in sorted(consent_texts(), key=lambda text: text.version)}


@transaction.atomic
def give_consents(*, by: Account, candidate: Candidate, wanted: Iterable[tuple[str, str]]) -> None:
    """Agree to `wanted`, pairs of purpose and version. What one agrees to already stays as it is.

    Raises Invalid("consent_unknown") and Conflict("consent_outdated") for a text that was replaced.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    standing = set(Consent.objects.standing().filter(candidate=candidate).values_list("purpose", flat=True))
    rows = [_consent(candidate, purpose, version) for purpose, version in wanted if purpose not in standing]
    Consent.objects.bulk_create(rows)
    record_events(_event(EventType.CONSENT_GIVEN, row, by) for row in rows)


@transaction.atomic
def withdraw_consent(*, by: Account, consent: int) -> None:
    """Take a consent back; twice changes nothing. Raises NotFound("consent_not_found")."""
    mine = Consent.objects.filter(pk=consent, candidate__account=by).select_related("organisation")
    row = mine.first()
    if row is None:
        raise NotFound("consent_not_found", _("There is no such consent."))
    if Consent.objects.standing().filter(pk=row.pk).update(withdrawn_at=Now()):
        record_events([_event(EventType.CONSENT_WITHDRAWN, row, by)])


def _consent(candidate: Candidate, purpose: str, version: str) -> Consent:
    current = current_versions().get(purpose)
    if current is None:
        raise Invalid("consent_unknown", _("There is no consent for this purpose."), field="consents")
    if version != current:
        sentence = _("This text was replaced by a newer one: read that.")
        raise Conflict("consent_outdated", sentence, field="consents", current=current)
    return Consent(
        organisation_id=candidate.organisation_id, candidate=candidate, purpose=purpose, version=version
    )


def _event(type: EventType, row: Consent, by: Account) -> Event:
    data = {"purpose": row.purpose, "version": row.version}
    return new_event(type, organisation=row.organisation, by=by, candidate_id=row.candidate_id, data=data)
