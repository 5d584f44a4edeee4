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
from ats.applications.apply import apply_to_posting
from ats.applications.correction import correct_application
from ats.applications.moves import withdraw_application
from ats.models import Application, ApplicationState
from ats.models.candidate_scope import visible_to_candidate
from ats.selection.next_steps import AWAIT_DECISION, STEPS, Step, next_step, status_line, with_next_steps


class NextStep(serializers.Serializer[Any]):
    """What the candidate does next, or awaits."""

    code = serializers.ChoiceField(choices=[*STEPS, AWAIT_DECISION[0]])
    text = serializers.CharField()
    text_zh = serializers.CharField()
    by = serializers.DateTimeField(allow_null=True)


class MyApplication(serializers.ModelSerializer[Application]):
    """An application of the candidate. `status` is the line that the organisation chose to show.

    A rejection shows when its mail is sent.
    """

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    campaign = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    posting_title = serializers.CharField(source="posting.title", read_only=True)
    posting_title_zh = serializers.CharField(source="posting.title_zh", read_only=True)
    status = serializers.SerializerMethodField()
    status_zh = serializers.SerializerMethodField()
    state = serializers.ChoiceField(source="visible_state", choices=ApplicationState.choices, read_only=True)
    next = serializers.SerializerMethodField(help_text="What happens next, and by when; null at the end.")

    class Meta:
        model = Application
        fields = (
            "id", "organisation", "campaign", "posting", "posting_title", "posting_title_zh", "status",
            "status_zh",
            "state", "next", "preference", "source", "resume", "question_set", "answers", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_status(self, row: Application) -> str:
        return status_line(row)[0]

    def get_status_zh(self, row: Application) -> str:
        return status_line(row)[1]

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


class CorrectedApplication(StrictSerializer):
    """What changes; the rest stays. Null takes the résumé or the preference away."""

    preference = serializers.IntegerField(min_value=1, max_value=99, required=False, allow_null=True)
    resume = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    answers = serializers.DictField(required=False, help_text="All of them, by the keys of the questions.")
    question_set = serializers.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        help_text="The version of the questions that you have read; a newer one is then refused.",
    )


# Applying is the hot path at a deadline, and building the fields takes longer than using them. Using them
# does not change them.
READ, SHOWN = NewApplication(), MyApplication()


class MyApplications(
    Idempotent, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """The candidate's applications, at every organisation, newest first."""

    queryset = with_next_steps(
        visible_to_candidate(
            Application.objects.select_related("organisation", "campaign", "posting", "stage")
        )
    )
    serializer_class = MyApplication
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Application]:
        return super().get_queryset().filter(candidate__account=self.request.user.pk)

    @extend_schema(request=NewApplication, responses={201: MyApplication})
    def create(self, request: Request) -> Response:
        application = apply_to_posting(by=account_of(request), **READ.run_validation(request.data))
        application.visible_state = application.state  # type: ignore[attr-defined]  # it is new
        return Response(SHOWN.to_representation(application), status=201)

    @extend_schema(request=CorrectedApplication, responses=MyApplication)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct the answers, the résumé or the preference until the season closes.

        The employer sees what the application said before.
        """
        body = CorrectedApplication(data=request.data)
        body.is_valid(raise_exception=True)
        correct_application(by=account_of(request), application=int(pk), **body.validated_data)
        return Response(MyApplication(self.get_object()).data)

    @extend_schema(request=None, responses=MyApplication)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Withdraw an application. It can be made again only where the campaign allows that."""
        withdraw_application(by=account_of(request), application=int(pk))
        return Response(MyApplication(self.get_object()).data)
