"""Becoming a member is by consent: an owner asks an address, and whoever proves to own it accepts."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, NotFound
from ats.events.record import new_event, record_events
from ats.models import Account, EventType, Invitation, InvitationState, Membership, Organisation
from ats.models.account import normal_email
from ats.organisations.memberships import admit_member

OPEN_FOR = timedelta(days=14)
MOST_OPEN = 200  # of one organisation
MOST_A_DAY = 3  # mails to one address by one organisation


@transaction.atomic
def invite_member(*, by: Membership, email: str, role: str) -> Invitation:
    """Ask an address to join; a mail goes out. The answer is the same whether it has an account or not.

    An invitation that has expired gives way to the new one. Raises Conflict("member_already"),
    Conflict("invited_already"), Conflict("too_many"), Conflict("invited_too_often").
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    address = normal_email(email)
    _require_new(organisation, address)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        language=by.account.language,
        invited_by=by,
        expires_at=Now() + OPEN_FOR,
    )
    invitation.refresh_from_db()
    _record(EventType.MEMBER_INVITED, invitation, by=by)
    return invitation


@transaction.atomic
def revoke_invitation(*, by: Membership, invitation: Invitation) -> None:
    """Take an invitation back. Raises Conflict("invitation_closed")."""
    _close(invitation, InvitationState.REVOKED)
    _record(EventType.INVITATION_REVOKED, invitation, by=by)


@transaction.atomic
def accept_invitation(*, by: Account, invitation: int) -> Membership:
    """Join the organisation. Raises NotFound("invitation_not_found") for anybody else's, Conflict."""
    row = _mine(by, invitation)
    _close(row, InvitationState.ACCEPTED)
    member = admit_member(organisation=row.organisation, account=by, role=row.role)
    Invitation.objects.filter(pk=row.pk).update(member=member)
    return member


@transaction.atomic
def decline_invitation(*, by: Account, invitation: int) -> None:
    """Say no. Raises NotFound("invitation_not_found"), Conflict("invitation_closed")."""
    row = _mine(by, invitation)
    _close(row, InvitationState.DECLINED)
    _record(EventType.INVITATION_DECLINED, row, by=by)


def _require_new(organisation: Organisation, address: str) -> None:
    rows = Invitation.objects.for_org(organisation)
    of_address = rows.filter(email=address)
    if Membership.objects.for_org(organisation).current().filter(account__email=address).exists():
        raise Conflict("member_already", _("This person is a member already."), field="email")
    if of_address.standing().exists():
        sentence = _("This address has an open invitation already.")
        raise Conflict("invited_already", sentence, field="email")
    if of_address.filter(created_at__gt=Now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Conflict("invited_too_often", _("Invite this address again tomorrow."), field="email")
    if rows.standing().count() >= MOST_OPEN:
        sentence = _("At most %(most)s invitations are open at a time: revoke some.")
        raise Conflict("too_many", sentence % {"most": MOST_OPEN})
    of_address.filter(state=InvitationState.OPEN).update(state=InvitationState.REVOKED)


def _mine(account: Account, pk: int) -> Invitation:
    rows = Invitation.objects.select_related("organisation").filter(email=account.email, pk=pk)
    row = rows.first()
    if row is None:
        raise NotFound("invitation_not_found", _("There is no such invitation."))
    return row


def _close(invitation: Invitation, state: InvitationState) -> None:
    """Of two who close it at once, one does. Raises Conflict("invitation_closed")."""
    standing = Invitation.objects.standing().filter(pk=invitation.pk)
    if not standing.update(state=state):
        raise Conflict("invitation_closed", _("This invitation is not open any more."))


def _record(type: EventType, invitation: Invitation, *, by: Membership | Account) -> None:
    data = {"invitation": invitation.pk, "role": invitation.role}
    record_events([new_event(type, organisation=invitation.organisation, by=by, data=data)])
