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
from ats.models import Offer
from ats.models.candidate_scope import visible_to_candidate
from ats.selection.offers.by_candidates import accept_offer, decline_offer


class MyOffer(serializers.ModelSerializer[Offer]):
    """An offer to oneself. It can be answered before `deadline`."""

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    posting = serializers.IntegerField(source="application.posting_id", read_only=True)
    posting_title = serializers.CharField(source="application.posting.title", read_only=True)
    posting_title_zh = serializers.CharField(source="application.posting.title_zh", read_only=True)

    class Meta:
        model = Offer
        fields = (
            "id", "organisation", "application", "posting", "posting_title", "posting_title_zh", "state",
            "pay",
            "starts_on", "ends_on", "terms", "deadline",
        )  # fmt: skip
        read_only_fields = fields


class MyOffers(Idempotent, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """The offers made to oneself, newest first."""

    queryset = visible_to_candidate(Offer.objects.select_related("organisation", "application__posting"))
    serializer_class = MyOffer
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Offer]:
        return super().get_queryset().filter(application__candidate__account=self.request.user.pk)

    @extend_schema(request=None, responses=MyOffer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Accept an offer and take the seat; refused from its deadline on."""
        accept_offer(by=account_of(request), offer=self.get_object())
        return Response(MyOffer(self.get_object()).data)

    @extend_schema(request=None, responses=MyOffer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Decline an offer."""
        decline_offer(by=account_of(request), offer=self.get_object())
        return Response(MyOffer(self.get_object()).data)
