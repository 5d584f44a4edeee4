from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, IdFilter
from api.core.noting import RecordsAccess
from api.core.serializers import OwnedField, StrictModelSerializer, StrictSerializer
from api.core.viewsets import ReadViewSet
from ats.models import Application, Offer, OfferState
from ats.selection.offers.by_members import (
    approve_offer,
    draft_offer,
    extend_offer,
    rewrite_offer,
    withdraw_offer,
)


class OfferRow(StrictModelSerializer):
    application = OwnedField(queryset=Application.objects.all())

    class Meta:
        model = Offer
        fields = (
            "id", "application", "state", "pay", "starts_on", "ends_on", "terms", "deadline",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("state", "deadline", "created_at", "updated_at")


class OfferChange(StrictModelSerializer):
    class Meta:
        model = Offer
        fields = ("pay", "starts_on", "ends_on", "terms")


class Deadline(StrictSerializer):
    deadline = serializers.DateTimeField(
        help_text="The instant from which the offer cannot be accepted any more, with its zone."
    )


class OfferFilter(FilterSet):
    application = IdFilter("application")
    posting = IdFilter("application__posting")
    state = ChoiceFilter(choices=OfferState.choices)

    class Meta:
        model = Offer
        fields: tuple[str, ...] = ()


class Offers(RecordsAccess, mixins.CreateModelMixin, mixins.UpdateModelMixin, ReadViewSet):
    """Offers to applicants: drafted, approved by an owner, extended until a deadline."""

    queryset = Offer.objects.all()
    serializer_class = OfferRow
    filterset_class = OfferFilter
    resource = "offers"
    http_method_names = ["get", "post", "patch", "head", "options"]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = draft_offer(by=self.membership, **serializer.validated_data)

    @extend_schema(request=OfferChange, responses=OfferRow)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a draft."""
        body = OfferChange(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        return self._answer(rewrite_offer(by=self.membership, offer=self.get_object(), **body.validated_data))

    @extend_schema(request=None, responses=OfferRow)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Let a draft be extended; from now on it cannot be changed."""
        return self._answer(approve_offer(by=self.membership, offer=self.get_object()))

    @extend_schema(request=Deadline, responses=OfferRow)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Make an approved offer to the candidate, who is notified, to be answered before a deadline."""
        body = Deadline(data=request.data)
        body.is_valid(raise_exception=True)
        return self._answer(extend_offer(by=self.membership, offer=self.get_object(), **body.validated_data))

    @extend_schema(request=None, responses=OfferRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take back an offer that has not been answered. A candidate who had it is notified."""
        return self._answer(withdraw_offer(by=self.membership, offer=self.get_object()))

    def _answer(self, offer: Offer) -> Response:
        return Response(self.get_serializer(offer).data)
