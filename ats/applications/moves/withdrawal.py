"""What candidates move by themselves: they withdraw their applications."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.utils.translation import gettext as _

from ats.applications.moves.execution import execute, roles_up_to
from ats.applications.moves.results import Item, Result
from ats.common.errors import Conflict, NotFound
from ats.models import Account, Application, Move, MoveKind, Role


@transaction.atomic
def withdraw_all_applications(*, candidates: Collection[int]) -> None:
    """Withdraw all active applications of a person's records: one batch for each organisation."""
    active = Application.objects.visibly_active().filter(candidate__in=candidates)
    pairs = active.order_by("organisation", "pk").values_list("organisation", "pk")
    for organisation, rows in groupby(pairs, key=itemgetter(0)):
        _withdraw(organisation, [pk for _, pk in rows])


@transaction.atomic
def withdraw_application(*, by: Account, application: int) -> None:
    """Withdraw one application of an account. Raises NotFound, Conflict("not_active")."""
    row = Application.objects.filter(pk=application, candidate__account=by).first()
    if row is None:
        raise NotFound("application_not_found", _("There is no such application."))
    (item,) = _withdraw(row.organisation_id, [row.pk])
    if item.result is not Result.MOVED:
        raise Conflict(item.result.value, _("This application is closed already."))


def _withdraw(organisation: int, applications: list[int]) -> list[Item]:
    batch = Move.objects.create(organisation_id=organisation, kind=MoveKind.WITHDRAW, asked=len(applications))
    owner = roles_up_to(Role.OWNER)
    return execute(batch, applications, expected_stage=None, roles=owner, by_candidate=True)
