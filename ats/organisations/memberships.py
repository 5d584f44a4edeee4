"""Who belongs to an organisation. It always keeps an owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.common.row_loader import RowLoader
from ats.models import Account, Membership, Organisation, Role

MEMBERSHIP, ORGANISATION = RowLoader(Membership, "m"), RowLoader(Organisation, "o")
OF_ACCOUNT = f"""
SELECT {MEMBERSHIP.sql}, {ORGANISATION.sql}
FROM ats_membership m JOIN ats_organisation o ON o.id = m.organisation_id
WHERE m.account_id = %s AND m.ended_at IS NULL AND (o.slug = %s OR %s = '')
ORDER BY m.id LIMIT 2
"""  # noqa: S608  (names of columns)


def memberships_of(account: Account, *, slug: str = "") -> list[Membership]:
    """At most two of somebody's memberships, or the one in the organisation of that name."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ACCOUNT, [account.pk, slug, slug])
        return [_loaded(iter(row), account) for row in cursor.fetchall()]


def _loaded(values: Iterator[Any], account: Account) -> Membership:
    row = MEMBERSHIP.load(values)
    row.organisation, row.account = ORGANISATION.load(values), account
    return row


@transaction.atomic
def add_member(*, by: Membership, email: str, role: str) -> Membership:
    """Make the owner of an address a member. Raises Conflict("member_already")."""
    account, _created = Account.objects.for_email(email)
    member, created = Membership.objects.get_or_create(
        organisation=by.organisation, account=account, defaults={"role": role}
    )
    if not created:
        raise Conflict("member_already", _("This person is a member already."), field="email")
    return member


@transaction.atomic
def change_role(*, by: Membership, member: Membership, role: str) -> Membership:
    """Give a member another role. Raises Conflict("last_owner")."""
    member.role = role
    member.save(update_fields=["role"])
    _require_owner(by.organisation)
    return member


@transaction.atomic
def remove_member(*, by: Membership, member: Membership) -> None:
    """End a membership; account and row stay. Raises Conflict("last_owner")."""
    Membership.objects.filter(pk=member.pk).update(ended_at=Now())
    _require_owner(by.organisation)


def _require_owner(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not Membership.objects.for_org(organisation).current().filter(role=Role.OWNER).exists():
        raise Conflict("last_owner", _("An organisation keeps at least one owner."), field="role")
