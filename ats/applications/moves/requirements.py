"""What an edge of a pipeline may require: one SQL condition and one refusal each.

A condition speaks of the application as `a`, of its edge as `t`, and of the parameters of the
statement, such as `%(reason)s`. A new requirement is a `Requirement`, a `Result` and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ats.applications.moves.results import Result
from ats.models import Requirement


@dataclass(frozen=True, slots=True)
class Rule:
    is_met: str
    refusal: Result


RULES: dict[Requirement, Rule] = {
    Requirement.SCORECARD: Rule(
        """EXISTS (SELECT FROM ats_scorecard c WHERE c.application_id = a.id
            AND c.stage_id = a.stage_id AND c.submitted_at IS NOT NULL)""",
        Result.SCORECARD_REQUIRED,
    ),
    Requirement.ASSESSMENT: Rule(
        """EXISTS (SELECT FROM ats_assessmentresult r
            JOIN ats_assessment x ON x.id = r.assessment_id AND x.stage_id = a.stage_id
            WHERE r.application_id = a.id AND r.score >= coalesce(x.threshold, 0))""",
        Result.ASSESSMENT_REQUIRED,
    ),
    Requirement.REASON: Rule("%(reason)s <> ''", Result.REASON_REQUIRED),
}


def refusal_cases() -> str:
    """The branches of a CASE that refuse an application whose edge requires what it does not have."""
    return "\n".join(
        f"WHEN '{name.value}' = ANY(t.requires) AND NOT ({rule.is_met}) THEN '{rule.refusal}'"
        for name, rule in RULES.items()
    )
