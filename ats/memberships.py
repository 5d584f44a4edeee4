"""Who belongs to an organisation. It always keeps an owner."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ats.errors import Conflict
from ats.models import Account, Membership, Organisation, Role


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
    """End a membership; the account stays. Raises Conflict("last_owner")."""
    member.delete()
    _require_owner(by.organisation)


def _require_owner(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not Membership.objects.for_org(organisation).filter(role=Role.OWNER).exists():
        raise Conflict("last_owner", _("An organisation keeps at least one owner."), field="role")
