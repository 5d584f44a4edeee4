from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.batches import Id
from api.core.viewsets import ReadViewSet
from api.staff.choosing import SelectedApplications
from ats.applications.moves import Item, Result, move_applications, undo_move
from ats.applications.moves.decisions import DECISIONS
from ats.models import Move, MoveKind

DECISIONS_OF_MEMBERS = [(kind.value, kind.value) for kind in DECISIONS]


class MoveRow(serializers.ModelSerializer[Move]):
    class Meta:
        model = Move
        fields = (
            "id", "kind", "actor", "to_stage", "rejection_reason", "undoes", "reason", "asked",
            "moved", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class NewMove(SelectedApplications):
    """Whom, by id or by filter, and what for."""

    kind = serializers.ChoiceField(choices=DECISIONS_OF_MEMBERS, default=MoveKind.STAGE.value)
    to_stage = Id(required=False, help_text="For `stage`. Going to a stage of kind `hired` is hiring.")
    rejection_reason = Id(required=False, help_text="For `reject`.")
    expected_stage = Id(
        required=False,
        help_text="Where you saw them. Whoever has left it meanwhile is refused: `stage_changed`.",
    )
    reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text="For the team, never shown outside."
    )


class MoveItem(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    result = serializers.ChoiceField(choices=[(r.value, r.value) for r in Result])


class MoveReport(serializers.Serializer[Any]):
    """What became of each application that was named. `id` is null after a dry run."""

    id = serializers.IntegerField(allow_null=True)
    asked = serializers.IntegerField()
    moved = serializers.IntegerField()
    items = MoveItem(many=True)


class Moves(ReadViewSet):
    """Moving applications by a stage or a decision, one or many at once, and the record of it."""

    queryset = Move.objects.all()
    serializer_class = MoveRow
    resource = "moves"

    @extend_schema(request=NewMove, responses={201: MoveReport})
    def create(self, request: Request) -> Response:
        """Move applications. Each is reported as moved, or as refused with the reason's code.

        `stage` along an edge of the pipeline; `hire`, `reject`, `withdraw`; `unreject`, back into
        the stage of the rejection.
        """
        body = NewMove(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        asked = body.validated_data
        batch, items = move_applications(by=self.membership, **asked | {"kind": MoveKind(asked["kind"])})
        return _report(batch, items, is_kept=not asked["dry_run"])

    @extend_schema(request=None, responses={201: MoveReport})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take a move back, within the window. Whoever has moved since stays: `moved_since`.

        Letters that are not sent yet are cancelled; offers and interviews that ended with the move stay
        ended. The answer is a move itself, linked to the first.
        """
        batch, items = undo_move(by=self.membership, move=int(pk))
        return _report(batch, items, is_kept=True)


def _report(batch: Move, items: list[Item], *, is_kept: bool) -> Response:
    """Built by hand: a serializer takes as long over 50,000 items as the move itself."""
    rows = [{"application": item.application, "result": item.result.value} for item in items]
    pk = batch.pk if is_kept else None
    body = {"id": pk, "asked": batch.asked, "moved": batch.moved, "items": rows}
    return Response(body, status=201)
