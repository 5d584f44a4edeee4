"""The rule kinds. A new kind is a new file like its siblings and a line here."""

from __future__ import annotations

from typing import Any

from ats.eligibility.kinds.application_limit import ApplicationLimit
from ats.eligibility.kinds.availability import Availability
from ats.eligibility.kinds.base import Rule
from ats.eligibility.kinds.degree import DegreeLevel
from ats.eligibility.kinds.enrolled import Enrolled
from ats.eligibility.kinds.grade import Grade
from ats.eligibility.kinds.graduation_window import GraduationWindow
from ats.eligibility.kinds.graduation_within import GraduationWithin
from ats.eligibility.kinds.institution import InstitutionList
from ats.eligibility.kinds.institution_region import InstitutionRegion
from ats.eligibility.kinds.institution_tier import InstitutionTier
from ats.eligibility.kinds.language import Language
from ats.eligibility.kinds.language_test import LanguageTest
from ats.eligibility.kinds.major import Major
from ats.eligibility.kinds.not_employed import NotEmployed
from ats.eligibility.kinds.not_hired import NotHired
from ats.eligibility.kinds.referral import NeedsReferral
from ats.eligibility.kinds.study_year import StudyYear
from ats.eligibility.kinds.wait_after_interview import WaitAfterInterview
from ats.eligibility.kinds.wait_after_rejection import WaitAfterRejection
from ats.eligibility.kinds.work_authorisation import WorkAuthorisation
from ats.eligibility.kinds.years_left import YearsLeft

KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        GraduationWindow,
        GraduationWithin,
        YearsLeft,
        Enrolled,
        NotEmployed,
        DegreeLevel,
        StudyYear,
        Grade,
        InstitutionRegion,
        InstitutionList,
        InstitutionTier,
        Major,
        Language,
        LanguageTest,
        Availability,
        WorkAuthorisation,
        ApplicationLimit,
        WaitAfterRejection,
        WaitAfterInterview,
        NeedsReferral,
        NotHired,
    )
}


def kind_documents() -> list[dict[str, Any]]:
    """Every kind as `{"kind", "title", "title_zh", "facts", "schema"}`, in the order of forms."""
    return [
        {
            "kind": kind,
            "title": rule.schema["title"],
            "title_zh": rule.schema["title_zh"],
            "facts": list(rule.facts),
            "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", **rule.schema},
        }
        for kind, rule in KINDS.items()
    ]
