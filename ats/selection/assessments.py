"""Results of written tests, as testing systems report them: again and again, in any order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid
from ats.events.record import application_event, record_events
from ats.models import Application, Assessment, AssessmentResult, EventType, Membership


@transaction.atomic
def file_result(
    *,
    by: Membership,
    assessment: Assessment,
    application: Application,
    external_id: str,
    score: Decimal,
    **facts: Any,
) -> tuple[AssessmentResult, bool]:
    """Keep a result, and whether it is new. The same `external_id` again corrects its score.

    What is known already changes nothing and is told to nobody. Whatever the score, the application
    stays where it is. Raises Invalid("score_off_scale"), Conflict("result_of_other_application").
    """
    if score > assessment.maximum:
        sentence = _("There are at most %(most)s points.") % {"most": assessment.maximum}
        raise Invalid("score_off_scale", sentence, field="score")
    row, is_new = AssessmentResult.objects.get_or_create(
        assessment=assessment,
        external_id=external_id,
        defaults={"organisation": by.organisation, "application": application, "score": score, **facts},
    )
    row = AssessmentResult.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.application_id != application.pk:
        sentence = _("This result belongs to another application.")
        raise Conflict("result_of_other_application", sentence, field="external_id")
    is_other = _correct(row, score=score, **facts)
    if is_new or is_other:
        _tell(by, row, application, assessment)
    return row, is_new


def _correct(row: AssessmentResult, **facts: Any) -> bool:
    """Whether anything was changed."""
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.updated_at = Now()
    row.save()
    return True


def _tell(by: Membership, row: AssessmentResult, application: Application, assessment: Assessment) -> None:
    threshold = assessment.threshold
    told = {
        "assessment": assessment.pk,
        "result": row.pk,
        "is_passed": None if threshold is None else row.score >= threshold,
    }
    record_events([application_event(application, EventType.ASSESSMENT_RESULT_FILED, by=by, **told)])
