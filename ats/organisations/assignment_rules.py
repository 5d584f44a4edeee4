"""The rules by which applications are distributed: each with the recruiters who take turns in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ats.applications.assignments import require_recruiter
from ats.common.database_errors import is_violation
from ats.common.errors import Conflict
from ats.models import AssignmentRule, AssignmentShare, EventType, Location, Membership, Posting, Track
from ats.organisations.settings import record_setting


class Share(TypedDict):
    """A recruiter's part in a rule; `weight` from 1 to 100, against the others'."""

    member: Membership
    weight: int


class RuleFields(TypedDict, total=False):
    """What a rule leaves empty it does not ask for. The lowest `position` that fits decides."""

    position: int
    track: Track | None
    posting: Posting | None
    location: Location | None
    is_active: bool


@transaction.atomic
def create_rule(*, by: Membership, shares: Collection[Share], **fields: Unpack[RuleFields]) -> AssignmentRule:
    """A new rule. Raises Conflict("position_taken"), Invalid("not_a_recruiter")."""
    rule = AssignmentRule(organisation=by.organisation, **fields)
    _save(rule)
    _replace_shares(rule, shares)
    record_setting(EventType.SETTING_CREATED, by=by, resource="assignment-rules", row=rule)
    return rule


@transaction.atomic
def change_rule(
    *,
    by: Membership,
    rule: AssignmentRule,
    shares: Collection[Share] | None = None,
    **fields: Unpack[RuleFields],
) -> AssignmentRule:
    """Change a rule. Given shares replace all that there are, and the turns begin anew.

    Raises Conflict("position_taken"), Invalid("not_a_recruiter").
    """
    rows = AssignmentRule.objects.for_org(by.organisation)
    locked = rows.select_for_update(of=("self",)).get(pk=rule.pk)
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    for name, value in fields.items():
        setattr(locked, name, value)
    _save(locked)
    if shares is not None:
        _replace_shares(locked, shares)
        changed.append("shares")
    if changed:
        kind = EventType.SETTING_CHANGED
        record_setting(kind, by=by, resource="assignment-rules", row=locked, fields=changed)
    return locked


def _save(rule: AssignmentRule) -> None:
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        if not is_violation(error, "assignment_rule_position_once"):
            raise
        sentence = _("Another rule has this position.")
        raise Conflict("position_taken", sentence, field="position") from None


def _replace_shares(rule: AssignmentRule, shares: Collection[Share]) -> None:
    for share in shares:
        require_recruiter(share["member"], field="shares")
    rule.shares.all().delete()
    AssignmentShare.objects.bulk_create(AssignmentShare(rule=rule, **share) for share in shares)
