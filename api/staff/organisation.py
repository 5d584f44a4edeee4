from __future__ import annotations

from typing import Any

from rest_framework import generics, serializers

from api.core.tenancy import MemberMay
from ats.models import Membership, Organisation


class OrganisationFacts(serializers.ModelSerializer[Organisation]):
    class Meta:
        model = Organisation
        fields = ("id", "slug", "name", "name_zh", "created_at")
        read_only_fields = fields


class CurrentOrganisation(generics.RetrieveAPIView[Any]):
    """The organisation that requests are about."""

    serializer_class = OrganisationFacts
    permission_classes = (MemberMay,)
    resource = "organisation"
    action = "retrieve"
    membership: Membership

    def get_object(self) -> Organisation:
        return self.membership.organisation
