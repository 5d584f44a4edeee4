from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import generics
from rest_framework.serializers import BaseSerializer

from api.core.serializers import StrictModelSerializer
from api.core.tenancy import MemberMay
from ats.models import Membership, Organisation
from ats.organisations.settings import change_organisation


class OrganisationRow(StrictModelSerializer):
    class Meta:
        model = Organisation
        fields = (
            "id", "slug", "name", "name_zh", "interviewers_see_all", "second_acceptance", "created_at",
        )  # fmt: skip
        read_only_fields = ("slug", "created_at")


class CurrentOrganisation(generics.RetrieveUpdateAPIView[Any]):
    """The organisation that requests are about, and how it works."""

    serializer_class = OrganisationRow
    permission_classes = (MemberMay,)
    http_method_names = ["get", "patch", "head", "options"]
    resource = "organisation"
    membership: Membership

    # As the permission table names what a method does.
    actions: ClassVar[dict[str, str]] = {"get": "retrieve", "head": "retrieve", "patch": "partial_update"}

    @property
    def action(self) -> str | None:
        return self.actions.get(str(self.request.method).lower())

    def get_object(self) -> Organisation:
        return self.membership.organisation

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = change_organisation(by=self.membership, **serializer.validated_data)
