"""Which organisation a request is about, and whether its sender may do this there."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.permissions import LEAST_ROLE
from ats.common.errors import Forbidden, Invalid
from ats.models import Account, Membership, Role
from ats.organisations.memberships import memberships_of

HEADER = "Intake-Organisation"
NO_ACTION = (None, "metadata")  # what the framework calls a method that the view does not take, and OPTIONS


def membership_of(request: Request) -> Membership:
    """The sender's membership in the organisation that the header names, or in the only one.

    Raises Forbidden("not_a_member") and Invalid("organisation_required").
    """
    rows = memberships_of(account_of(request), slug=request.headers.get(HEADER, ""))
    if not rows:
        raise Forbidden("not_a_member", _("You are not a member of this organisation."))
    if len(rows) > 1:
        sentence = _("You belong to several organisations: name one in the header %(header)s.")
        raise Invalid("organisation_required", sentence % {"header": HEADER})
    return rows[0]


class MemberMay(BasePermission):
    """Deny by default: only what the table of least roles names, to members of that role or above."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.user, Account):
            return False
        if view.action in NO_ACTION:  # type: ignore[attr-defined]
            raise MethodNotAllowed(str(request.method))
        least = LEAST_ROLE.get((view.resource, view.action))  # type: ignore[attr-defined]
        membership = membership_of(request)
        view.membership = membership  # type: ignore[attr-defined]
        return least is not None and Role(membership.role).includes(least)
