"""Who belongs to an organisation. It always keeps an owner; whoever leaves keeps their id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, NotFound
from ats.common.row_loader import RowLoader
from ats.events.record import new_event, record_events
from ats.models import Account, EventType, Membership, Organisation, Role
from ats.organisations.duties import end_duties

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
def admit_member(*, organisation: Organisation, account: Account, role: str) -> Membership:
    """Make somebody who agreed a member; whoever comes back has the same membership again.

    Raises Conflict("member_already").
    """
    member, is_new = Membership.objects.get_or_create(
        organisation=organisation, account=account, defaults={"role": role}
    )
    ended = Membership.objects.filter(pk=member.pk, ended_at__isnull=False)
    if not is_new and not ended.update(ended_at=None, role=role):
        raise Conflict("member_already", _("This person is a member already."), field="email")
    member.refresh_from_db()
    _record(EventType.MEMBER_JOINED, member, by=member, role=role)
    return member


@transaction.atomic
def change_role(*, by: Membership, member: Membership, role: str) -> Membership:
    """Give a member another role; what the new one may not do any more, others have to.

    Raises Conflict("last_owner"), Conflict("member_left").
    """
    current = _lock_current(by.organisation, member)
    before = current.role
    if before != role:
        Membership.objects.filter(pk=current.pk).update(role=role)
        current.role = role
        _require_owner(by.organisation)
        end_duties(by=by, member=current)
        _record(EventType.MEMBER_ROLE_CHANGED, current, by=by, before=before, after=role)
    return current


@transaction.atomic
def remove_member(*, by: Membership, member: Membership) -> None:
    """End somebody's membership. Raises Conflict("last_owner"), Conflict("member_left")."""
    _end(by=by, member=member, type=EventType.MEMBER_REMOVED)


@transaction.atomic
def leave_organisation(*, by: Account, membership: int) -> None:
    """End one's membership. Raises NotFound("membership_not_found"), Conflict("last_owner")."""
    member = Membership.objects.current().filter(account=by, pk=membership).first()
    if member is None:
        raise NotFound("membership_not_found", _("There is no such membership."))
    _end(by=member, member=member, type=EventType.MEMBER_LEFT)


def _end(*, by: Membership, member: Membership, type: EventType) -> None:
    current = _lock_current(by.organisation, member)
    Membership.objects.filter(pk=current.pk).update(ended_at=Now())
    current.refresh_from_db()
    _require_owner(by.organisation)
    end_duties(by=by, member=current)
    _record(type, current, by=by)


def _lock_current(organisation: Organisation, member: Membership) -> Membership:
    """The member as they are now. Roles of one organisation change one after the other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    current = Membership.objects.for_org(organisation).current().filter(pk=member.pk).first()
    if current is None:
        raise Conflict("member_left", _("This person is not a member any more."))
    return current


def _require_owner(organisation: Organisation) -> None:
    if not Membership.objects.for_org(organisation).current().filter(role=Role.OWNER).exists():
        raise Conflict("last_owner", _("An organisation keeps at least one owner."), field="role")


def _record(type: EventType, member: Membership, *, by: Membership, **data: str) -> None:
    facts = {"member": member.pk, **data}
    record_events([new_event(type, organisation=member.organisation, by=by, data=facts)])
