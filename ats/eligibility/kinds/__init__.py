"""The rule kinds. A new kind is a new file like its siblings and a line here."""

from __future__ import annotations

from ats.eligibility.kinds.application_limit import ApplicationLimit
from ats.eligibility.kinds.availability import Availability
from ats.eligibility.kinds.base import Rule
from ats.eligibility.kinds.degree import DegreeLevel
from ats.eligibility.kinds.graduation_window import GraduationWindow
from ats.eligibility.kinds.institution import InstitutionList
from ats.eligibility.kinds.institution_region import InstitutionRegion
from ats.eligibility.kinds.institution_tier import InstitutionTier
from ats.eligibility.kinds.language import Language
from ats.eligibility.kinds.major import Major
from ats.eligibility.kinds.not_hired import NotHired
from ats.eligibility.kinds.referral import NeedsReferral
from ats.eligibility.kinds.study_year import StudyYear
from ats.eligibility.kinds.wait_after_rejection import WaitAfterRejection
from ats.eligibility.kinds.work_authorisation import WorkAuthorisation

KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        GraduationWindow,
        DegreeLevel,
        StudyYear,
        InstitutionRegion,
        InstitutionList,
        InstitutionTier,
        Major,
        Language,
        Availability,
        WorkAuthorisation,
        ApplicationLimit,
        WaitAfterRejection,
        NeedsReferral,
        NotHired,
    )
}
