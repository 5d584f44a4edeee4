from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BaseSerializer

from api.core.serializers import EmailAddress, StrictModelSerializer
from api.core.viewsets import PlainViewSet
from ats.models import Membership
from ats.organisations.memberships import add_member, change_role, remove_member


class MembershipRow(StrictModelSerializer):
    email = EmailAddress(source="account.email")
    name = serializers.CharField(source="account.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "email", "name", "role", "created_at")
        read_only_fields = ("created_at",)


class RoleChange(MembershipRow):
    """Whose membership it is never changes."""

    email = EmailAddress(source="account.email", read_only=True)


class Memberships(PlainViewSet):
    """Who belongs to the organisation, as what. A new member signs in with an e-mailed code."""

    queryset = Membership.objects.current().select_related("account")
    serializer_class = MembershipRow
    filterset_fields = ("role",)
    resource = "memberships"

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return RoleChange if self.action == "partial_update" else MembershipRow

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        facts = serializer.validated_data
        serializer.instance = add_member(
            by=self.membership, email=facts["account"]["email"], role=facts["role"]
        )

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer.instance, Membership)
        if role := serializer.validated_data.get("role"):
            change_role(by=self.membership, member=serializer.instance, role=role)

    def perform_destroy(self, instance: Membership) -> None:
        remove_member(by=self.membership, member=instance)
