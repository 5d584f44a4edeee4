from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.idempotency import Idempotent
from api.core.serializers import StrictSerializer
from api.me.consents import GivenConsent
from ats.applications.apply import apply
from ats.applications.moves import withdraw
from ats.models import Application, ApplicationState
from ats.selection.next_steps import AWAIT_DECISION, STEPS, Step, next_step, with_next_steps


class NextStep(serializers.Serializer[Any]):
    """What the candidate does next, or awaits."""

    code = serializers.ChoiceField(choices=[*STEPS, AWAIT_DECISION[0]])
    text = serializers.CharField()
    text_zh = serializers.CharField()
    by = serializers.DateTimeField(allow_null=True)


class OwnApplication(serializers.ModelSerializer[Application]):
    """One's own application. `status` is the line that the organisation chose to show.

    A rejection shows when its letter is sent.
    """

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    campaign = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    posting_title = serializers.CharField(source="posting.title", read_only=True)
    status = serializers.CharField(source="stage.public_name", read_only=True)
    status_zh = serializers.CharField(source="stage.public_name_zh", read_only=True)
    state = serializers.ChoiceField(source="told_state", choices=ApplicationState.choices, read_only=True)
    next = serializers.SerializerMethodField(help_text="What happens next, and by when; null at the end.")

    class Meta:
        model = Application
        fields = (
            "id", "organisation", "campaign", "posting", "posting_title", "status", "status_zh",
            "state", "next", "preference", "source", "resume", "question_set", "answers", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(NextStep(allow_null=True))
    def get_next(self, row: Application) -> Step | None:
        return next_step(row)


class NewApplication(StrictSerializer):
    posting = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    preference = serializers.IntegerField(
        min_value=1, max_value=99, required=False, help_text="Your rank of this posting, 1 first."
    )
    referral = serializers.SlugField(max_length=40, required=False, help_text="A referral code.")
    resume = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        help_text="One of your résumés, for the organisation to read while you keep it.",
    )
    answers = serializers.DictField(required=False, help_text="To the posting's questions, by their keys.")
    question_set = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        help_text="The version of the questions that you have read; a newer one is then refused.",
    )
    source = serializers.SlugField(  # type: ignore[assignment]
        max_length=40, required=False, allow_blank=True, help_text="How you came, such as `job-board`."
    )
    consents = GivenConsent(many=True, required=False, max_length=20)  # type: ignore[call-arg]

    def validate_consents(self, given: list[dict[str, str]]) -> list[tuple[str, str]]:
        return [(row["purpose"], row["version"]) for row in given]


# Applying is what all wait for at a deadline, and building the fields takes longer than using them;
# neither use changes them.
READ, SHOWN = NewApplication(), OwnApplication()


class OwnApplications(
    Idempotent, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """One's own applications, at every organisation, newest first."""

    queryset = with_next_steps(
        Application.objects.as_told().select_related("organisation", "campaign", "posting", "stage")
    )
    serializer_class = OwnApplication
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Application]:
        return super().get_queryset().filter(candidate__account=self.request.user.pk)

    @extend_schema(request=NewApplication, responses={201: OwnApplication})
    def create(self, request: Request) -> Response:
        made = apply(by=account_of(request), **READ.run_validation(request.data))
        made.told_state = made.state  # type: ignore[attr-defined]  # nothing can be untold yet
        return Response(SHOWN.to_representation(made), status=201)

    @extend_schema(request=None, responses=OwnApplication)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take back one's own application. It can not be made again."""
        withdraw(by=account_of(request), application=int(pk))
        return Response(OwnApplication(self.get_object()).data)
