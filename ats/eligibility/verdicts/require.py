"""The door: whoever applies is judged by the rules in force, within the transaction of applying."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.eligibility.facts import of_candidate
from ats.eligibility.rule_book import RuleBook
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.institution_choices import institution_choices
from ats.eligibility.verdicts.judge import judge
from ats.models import Candidate, Outcome, Posting, RuleSet


def require_eligible(
    candidate: Candidate, posting: Posting, rule_sets: Iterable[RuleSet], *, is_referred: bool
) -> Document | None:
    """The verdict by the rule sets in force that lets somebody in; None where nothing is asked.

    It fails closed: raises Conflict("not_eligible"), and Conflict("eligibility_unknown") where a
    missing fact has to be filled in first; both carry the verdict, and the latter as `institutions` the
    schools that the one in the profile may be. The candidate's row must be locked,
    so that of two applications at once the second sees the first.
    """
    (rules,) = RuleBook(rule_sets).effective([posting])
    if rules.is_open_to_all:
        return None
    source = of_candidate(candidate.pk, on=rules.context.on, referral=is_referred)
    verdict = judge(rules, source)
    if verdict["outcome"] == Outcome.NOT_ELIGIBLE:
        sentence = _("You do not meet what this posting asks for.")
        raise Conflict("not_eligible", sentence, field="posting", verdict=verdict)
    if verdict["outcome"] == Outcome.UNKNOWN:
        sentence = _("Fill in what is missing: it cannot be decided yet whether you meet what is asked.")
        choices = institution_choices(candidate, verdict)
        raise Conflict(
            "eligibility_unknown", sentence, field="posting", verdict=verdict, institutions=choices
        )
    return verdict
