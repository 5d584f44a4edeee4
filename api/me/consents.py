from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.idempotency import Idempotent
from api.core.serializers import StrictSerializer
from ats.models import Candidate, Consent
from ats.people.consents import give_consents, withdraw_consent


class MyConsent(serializers.ModelSerializer[Consent]):
    """What one agreed to, with whom and when."""

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    given_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = Consent
        fields = ("id", "organisation", "purpose", "version", "given_at", "withdrawn_at")
        read_only_fields = fields


class GivenConsent(StrictSerializer):
    """A purpose and the version of its text that one has read."""

    purpose = serializers.CharField(max_length=40)
    version = serializers.CharField(max_length=20)


class NewConsent(GivenConsent):
    organisation = serializers.SlugField(max_length=50, help_text="One that you have applied to.")


class Consents(Idempotent, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Any]):
    """Your consents, withdrawn ones included. Deleting one withdraws it."""

    queryset = Consent.objects.select_related("organisation")
    serializer_class = MyConsent
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Consent]:
        return super().get_queryset().filter(candidate__account=self.request.user.pk)

    @extend_schema(request=NewConsent, responses={201: MyConsent})
    def create(self, request: Request) -> Response:
        asked = NewConsent(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        mine = Candidate.objects.filter(account=account_of(request))
        candidate = get_object_or_404(mine, organisation__slug=given["organisation"])
        wanted = [(given["purpose"], given["version"])]
        give_consents(by=account_of(request), candidate=candidate, wanted=wanted)
        standing = self.get_queryset().filter(candidate=candidate, withdrawn_at=None)
        return Response(MyConsent(standing.get(purpose=given["purpose"])).data, status=201)

    def perform_destroy(self, instance: Consent) -> None:
        withdraw_consent(by=account_of(self.request), consent=instance.pk)
