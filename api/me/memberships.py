from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.idempotency import Idempotent
from ats.models import Invitation, Membership
from ats.organisations.invitations import accept_invitation, decline_invitation
from ats.organisations.memberships import leave_organisation


class MyMembership(serializers.ModelSerializer[Membership]):
    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "organisation", "organisation_name", "role", "created_at")
        read_only_fields = fields


class MyMemberships(mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """The organisations that one is a member of."""

    queryset = Membership.objects.select_related("organisation")
    serializer_class = MyMembership
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Membership]:
        return super().get_queryset().filter(account=self.request.user.pk, ended_at=None)

    def destroy(self, request: Request, pk: str) -> Response:
        """Leave the organisation. Its last owner cannot: `last_owner`."""
        leave_organisation(by=account_of(request), membership=int(pk))
        return Response(status=204)


class MyInvitation(serializers.ModelSerializer[Invitation]):
    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Invitation
        fields = ("id", "organisation", "organisation_name", "role", "state", "expires_at", "created_at")
        read_only_fields = fields


class MyInvitations(
    Idempotent, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """The invitations to your address, newest first."""

    queryset = Invitation.objects.select_related("organisation")
    serializer_class = MyInvitation
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Invitation]:
        if getattr(self, "swagger_fake_view", False):
            return Invitation.objects.none()
        return super().get_queryset().filter(email=account_of(self.request).email)

    @extend_schema(request=None, responses=MyMembership)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Become a member. The organisation learns your name and address now, and not before."""
        member = accept_invitation(by=account_of(request), invitation=int(pk))
        return Response(MyMembership(member).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say no. The organisation is notified."""
        decline_invitation(by=account_of(request), invitation=int(pk))
        return Response(status=204)
