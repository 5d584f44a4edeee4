"""What an application needs to know: the posting and the rules that judge it, read in one statement."""

# ruff: noqa: S608  (only names of columns are put into the statement)
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypedDict

from django.db import DEFAULT_DB_ALIAS, connection

from ats.common.row_loader import RowLoader
from ats.eligibility.verdicts.document import Document
from ats.models import (
    Account,
    Campaign,
    Organisation,
    Posting,
    PostingState,
    QuestionSet,
    ResumeState,
    RuleSet,
    Track,
)
from ats.postings.questions.answers import Answers

OF_RULES = ["id", "campaign_id", "department_id", "posting_id", "version", "tree", "relaxable", "relaxes"]

# The columns of the posting and its relations that judging and answering need.
POSTING = RowLoader(
    Posting,
    "posting",
    {
        "id",
        "organisation_id",
        "campaign_id",
        "department_id",
        "track_id",
        "question_set_id",
        "title",
        "title_zh",
        "state",
    },
)
JOINED: dict[str, RowLoader[Any]] = {
    "organisation": RowLoader(Organisation, "organisation", {"id", "slug"}),
    "campaign": RowLoader(Campaign, "campaign", {"id", "slug", "time_zone"}),
    "track": RowLoader(Track, "track", {"id", "code"}),
    "question_set": RowLoader(QuestionSet, "questions", {"id", "questions"}),
}

LOAD_CONTEXT = f"""
SELECT
    (SELECT jsonb_agg(r) FROM (
        SELECT DISTINCT ON (campaign_id, department_id, posting_id) {", ".join(OF_RULES)}
        FROM ats_ruleset
        WHERE posting_id = posting.id OR campaign_id = posting.campaign_id
            OR department_id = posting.department_id
        ORDER BY campaign_id, department_id, posting_id, version DESC) r),
    (SELECT id FROM ats_referralcode
        WHERE organisation_id = posting.organisation_id AND code = %(referral)s AND is_active
            AND (campaign_id = posting.campaign_id OR campaign_id IS NULL)),
    (SELECT id FROM ats_resume
        WHERE id = %(resume)s AND account_id = %(account)s AND state <> '{ResumeState.REFUSED}'),
    {", ".join(columns.sql for columns in (POSTING, *JOINED.values()))}
FROM ats_posting posting
JOIN ats_organisation organisation ON organisation.id = posting.organisation_id
JOIN ats_campaign campaign ON campaign.id = posting.campaign_id
JOIN ats_track track ON track.id = posting.track_id
LEFT JOIN ats_questionset questions ON questions.id = posting.question_set_id
WHERE posting.id = %(posting)s AND posting.state <> '{PostingState.DRAFT}'
    AND (posting.published_at IS NULL OR posting.published_at <= statement_timestamp())
"""


@dataclass(frozen=True, slots=True)
class ApplyContext:
    """A posting that the public may see, with everything that an application to it is judged by.

    `rule_sets` are those in force for it. `referral` is the id of the given code if it is good for the
    posting, `resume` that of the given file if it is the applicant's; otherwise None.
    """

    posting: Posting
    rule_sets: list[RuleSet]
    referral: int | None
    resume: int | None


class ApplicationFields(TypedDict):
    """What an application says, and the verdict that it was judged by, if there are rules."""

    verdict: Document | None
    preference: int | None
    source: str
    answers: Answers


def load_context(posting: int, *, by: Account, referral: str, resume: int | None) -> ApplyContext | None:
    """None for a posting that is not there or still a draft. Whether it is open is judged at the insert."""
    params: dict[str, Any] = {"posting": posting, "account": by.pk, "referral": referral, "resume": resume}
    with connection.cursor() as cursor:
        cursor.execute(LOAD_CONTEXT, params)
        row = cursor.fetchone()
    if row is None:
        return None
    rules, referral_id, resume_id, *columns = row
    rule_sets = [_rule_set(found) for found in json.loads(rules or "[]")]
    return ApplyContext(_posting(columns), rule_sets, referral_id, resume_id)


def _posting(columns: list[Any]) -> Posting:
    values = iter(columns)
    posting = POSTING.load(values)
    for name, joined in JOINED.items():
        row = joined.load(values)
        setattr(posting, name, row if row.pk else None)
    return posting


def _rule_set(found: dict[str, Any]) -> RuleSet:
    return RuleSet.from_db(DEFAULT_DB_ALIAS, OF_RULES, [found[name] for name in OF_RULES])
