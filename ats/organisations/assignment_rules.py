"""The rules by which applications are dealt out: each with the recruiters who take turns in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ats.applications.assignments import require_recruiter
from ats.common.database_errors import is_violation
from ats.common.errors import Conflict
from ats.models import AssignmentRule, AssignmentShare, Membership

Shares = Collection[Mapping[str, Any]]


@transaction.atomic
def create_rule(*, by: Membership, shares: Shares, **fields: Any) -> AssignmentRule:
    """A new rule; each share has `member` and `weight`.

    Raises Conflict("position_taken"), Invalid("not_a_recruiter").
    """
    rule = AssignmentRule(organisation=by.organisation, **fields)
    _save(rule)
    _replace_shares(rule, shares)
    return rule


@transaction.atomic
def change_rule(
    *, by: Membership, rule: AssignmentRule, shares: Shares | None = None, **fields: Any
) -> AssignmentRule:
    """Change a rule. Given shares replace all that there are, and the turns begin anew.

    Raises Conflict("position_taken"), Invalid("not_a_recruiter").
    """
    own = AssignmentRule.objects.for_org(by.organisation)
    held = own.select_for_update(of=("self",)).get(pk=rule.pk)
    for name, value in fields.items():
        setattr(held, name, value)
    _save(held)
    if shares is not None:
        _replace_shares(held, shares)
    return held


def _save(rule: AssignmentRule) -> None:
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        if not is_violation(error, "assignment_rule_position_once"):
            raise
        sentence = _("Another rule has this position.")
        raise Conflict("position_taken", sentence, field="position") from None


def _replace_shares(rule: AssignmentRule, shares: Shares) -> None:
    for share in shares:
        require_recruiter(share["member"], field="shares")
    rule.shares.all().delete()
    AssignmentShare.objects.bulk_create(AssignmentShare(rule=rule, **share) for share in shares)
