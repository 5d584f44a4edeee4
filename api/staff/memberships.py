from __future__ import annotations

from typing import Any

from rest_framework import mixins, serializers
from rest_framework.serializers import BaseSerializer

from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, FlagFilter
from api.core.serializers import StrictModelSerializer
from api.core.viewsets import ReadViewSet
from ats.models import Membership, Role
from ats.organisations.memberships import change_role, remove_member


class MembershipRow(StrictModelSerializer):
    email = serializers.EmailField(source="account.email", read_only=True)
    name = serializers.CharField(source="account.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "email", "name", "role", "created_at", "ended_at")
        read_only_fields = ("created_at", "ended_at")


class MembershipFilter(FilterSet):
    role = ChoiceFilter(choices=Role.choices)
    has_left = FlagFilter("ended_at", "isnull", exclude=True)

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()


class Memberships(mixins.UpdateModelMixin, mixins.DestroyModelMixin, ReadViewSet):
    """Who belongs to the organisation, as what, and who did: whoever left is still named by their id.

    Nobody is added: an address is invited, and its owner accepts.
    """

    queryset = Membership.objects.select_related("account")
    serializer_class = MembershipRow
    filterset_class = MembershipFilter
    resource = "memberships"
    http_method_names = ["get", "patch", "delete", "head", "options"]

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer.instance, Membership)
        if role := serializer.validated_data.get("role"):
            account = serializer.instance.account
            member = change_role(by=self.membership, member=serializer.instance, role=role)
            member.account = account
            serializer.instance = member

    def perform_destroy(self, instance: Membership) -> None:
        remove_member(by=self.membership, member=instance)
