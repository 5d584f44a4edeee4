from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.noting import RecordsAccess
from api.core.selecting import FilterField, select
from api.core.serializers import StrictSerializer
from api.staff.application_filter import ApplicationFilter
from api.staff.applications import ApplicationRow
from ats.models import Application, Reservation, SavedView
from ats.triage.orders import ORDERS, USUAL
from ats.triage.queue import release_reservation, reservations_of, reserve_next
from ats.triage.rows import load_rows

LARGEST_ID = 2**63 - 1


class QueueSelection(StrictSerializer):
    """Which applications: by a saved view or by filters of the list. Nothing given means all."""

    view = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    filter = FilterField(required=False, help_text="Filters of the list of applications, and its order.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) > 1:
            raise serializers.ValidationError("Give either a view or a filter.", "one_of_two")
        return attrs


class ReservationRow(serializers.Serializer[Any]):
    application = ApplicationRow()
    until = serializers.DateTimeField(help_text="Nobody else gets it before.")


class NextReservation(serializers.Serializer[Any]):
    """`next` is null when there is no other application."""

    next = ReservationRow(allow_null=True)


class Queue(RecordsAccess):
    """The applications that the queue has reserved for the caller, by the id of the application."""

    queryset = Reservation.objects.all()
    serializer_class = ReservationRow
    resource = "queue"

    def get_queryset(self) -> QuerySet[Reservation]:
        if getattr(self, "swagger_fake_view", False):
            return Reservation.objects.none()
        return reservations_of(self.membership)

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        assert page is not None
        return self.get_paginated_response(_rows_of(page))

    def destroy(self, request: Request, pk: str) -> Response:
        """Give an application back before its time."""
        release_reservation(get_object_or_404(self.get_queryset(), application=pk))
        return Response(status=204)

    @extend_schema(request=QueueSelection, responses=NextReservation)
    @action(detail=False, methods=["post"])
    def next(self, request: Request) -> Response:
        """Get the next application, active ones first. No two people get the same one at a time."""
        body = QueueSelection(data=request.data)
        body.is_valid(raise_exception=True)
        reservation = reserve_next(self._chosen(body.validated_data), by=self.membership)
        reserved = [reservation] if reservation else []
        self.note_applications([row.application_id for row in reserved])
        return Response({"next": next(iter(_rows_of(reserved)), None)})

    def _chosen(self, asked: dict[str, Any]) -> QuerySet[Application]:
        rows = Application.objects.for_org(self.membership.organisation).order_by(*ORDERS[USUAL])
        return select(rows, ApplicationFilter, self._query(asked))  # type: ignore[no-any-return]

    def _query(self, asked: dict[str, Any]) -> MultiValueDict[str, str]:
        if "view" not in asked:
            chosen: MultiValueDict[str, str] = asked.get("filter", MultiValueDict())
            return chosen
        visible = SavedView.objects.for_org(self.membership.organisation).seen_by(self.membership)
        view = get_object_or_404(visible, pk=asked["view"])
        return MultiValueDict({name: [text] for name, text in view.query.items()})


def _rows_of(reservations: list[Reservation]) -> list[dict[str, Any]]:
    rows = load_rows([reservation.application_id for reservation in reservations])
    pairs = zip(rows, reservations, strict=True)
    return [{"application": row, "until": reservation.until} for row, reservation in pairs]
