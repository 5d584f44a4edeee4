from __future__ import annotations

from typing import Any

from rest_framework import mixins
from rest_framework.serializers import BaseSerializer

from api.core.serializers import EmailAddress, StrictModelSerializer
from api.core.viewsets import ReadViewSet
from ats.models import Invitation
from ats.organisations.invitations import invite_member, revoke_invitation


class InvitationRow(StrictModelSerializer):
    email = EmailAddress()

    class Meta:
        model = Invitation
        fields = ("id", "email", "role", "state", "invited_by", "member", "expires_at", "created_at")
        read_only_fields = ("state", "invited_by", "member", "expires_at", "created_at")


class Invitations(mixins.CreateModelMixin, mixins.DestroyModelMixin, ReadViewSet):
    """Who was asked to join the organisation. Nothing is shown about an address until its owner accepts."""

    queryset = Invitation.objects.all()
    serializer_class = InvitationRow
    filterset_fields = ("state",)
    resource = "invitations"

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = invite_member(by=self.membership, **serializer.validated_data)

    def perform_destroy(self, instance: Invitation) -> None:
        """Revoke it: it cannot be accepted any more."""
        revoke_invitation(by=self.membership, invitation=instance)
