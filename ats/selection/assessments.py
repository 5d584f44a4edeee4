"""Results of written tests, as testing systems report them: again and again, in any order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid
from ats.events.record import application_event, record_events
from ats.models import Application, Assessment, AssessmentResult, EventType, Membership


class ResultFields(TypedDict, total=False):
    """`taken_at` is the instant at which the test was taken."""

    taken_at: datetime | None


@transaction.atomic
def file_result(
    *,
    by: Membership,
    assessment: Assessment,
    application: Application,
    external_id: str,
    score: Decimal,
    **fields: Unpack[ResultFields],
) -> tuple[AssessmentResult, bool]:
    """Keep a result, and whether it is new. The same `external_id` again corrects its score.

    A result that is known already changes nothing and records no event. The application stays
    where it is, whatever the score.

    Raises Invalid("score_off_scale"), Conflict("result_of_other_application").
    """
    if score > assessment.maximum:
        sentence = _("There are at most %(most)s points.") % {"most": assessment.maximum}
        raise Invalid("score_off_scale", sentence, field="score")
    row, is_new = AssessmentResult.objects.get_or_create(
        assessment=assessment,
        external_id=external_id,
        defaults={"organisation": by.organisation, "application": application, "score": score, **fields},
    )
    row = AssessmentResult.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.application_id != application.pk:
        sentence = _("This result belongs to another application.")
        raise Conflict("result_of_other_application", sentence, field="external_id")
    is_other = _correct(row, {"score": score, **fields})
    if is_new or is_other:
        _record(by, row, application, assessment)
    return row, is_new


def _correct(row: AssessmentResult, fields: Mapping[str, object]) -> bool:
    """Whether anything was changed."""
    if all(getattr(row, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(row, name, value)
    row.updated_at = Now()
    row.save()
    return True


def _record(by: Membership, row: AssessmentResult, application: Application, assessment: Assessment) -> None:
    threshold = assessment.threshold
    data = {
        "assessment": assessment.pk,
        "result": row.pk,
        "is_passed": None if threshold is None else row.score >= threshold,
    }
    record_events([application_event(application, EventType.ASSESSMENT_RESULT_FILED, by=by, **data)])
