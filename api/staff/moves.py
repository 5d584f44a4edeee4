from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.batches import Id, Results, SummaryField, results_of
from api.core.serializers import StrictSerializer
from api.core.viewsets import ReadViewSet
from api.staff.choosing import SelectedApplications
from ats.applications.moves import Item, Result, move_applications, undo_move
from ats.applications.moves.decisions import OF_MEMBERS
from ats.models import Move, MoveKind

DECISIONS_OF_MEMBERS = [(kind.value, kind.value) for kind in OF_MEMBERS]


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


class MoveReport(Results):
    """What became of each application that was named. `id` is null after a dry run."""

    id = serializers.IntegerField(allow_null=True)
    asked = serializers.IntegerField()
    moved = serializers.IntegerField()
    items = MoveItem(many=True)


class RelatedRow(serializers.Serializer[Any]):
    """An offer or an interview that the move had closed. What is not restored has ended for good."""

    application = serializers.IntegerField()
    offer = serializers.IntegerField(allow_null=True)
    interview = serializers.IntegerField(allow_null=True)
    is_restored = serializers.BooleanField()


class UndoReport(MoveReport):
    related = RelatedRow(many=True)


class Undo(StrictSerializer):
    summary = SummaryField()


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
        summary, kind = asked.pop("summary"), MoveKind(asked.pop("kind"))
        batch, items = move_applications(by=self.membership, kind=kind, **asked)
        pk = None if asked["dry_run"] else batch.pk
        return Response(_report(batch, items, pk=pk, summary=summary), status=201)

    @extend_schema(request=Undo, responses={201: UndoReport})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take a move back, within the window. What has moved since stays: `moved_since`.

        Mails that are not sent yet are cancelled. `related` lists the offers and interviews that the
        move had closed, and says which are restored. The answer is a move itself, linked to the first.
        """
        body = Undo(data=request.data)
        body.is_valid(raise_exception=True)
        undone = undo_move(by=self.membership, move=int(pk))
        answer = _report(undone.move, undone.items, pk=undone.move.pk, **body.validated_data)
        return Response(answer | {"related": [asdict(row) for row in undone.related]}, status=201)


def _report(batch: Move, items: list[Item], *, pk: int | None, summary: bool) -> dict[str, Any]:
    return {"id": pk, "asked": batch.asked, "moved": batch.moved, **results_of(items, summary=summary)}
