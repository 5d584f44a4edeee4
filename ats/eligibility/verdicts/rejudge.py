"""Judging applications again by the rules of now: only when somebody asks, and on the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from ats.eligibility.facts import of_applications
from ats.eligibility.rule_book import effective_rules, today_of
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.judge import judge_each
from ats.eligibility.verdicts.preview import concerned
from ats.events.record import new_event, record_events
from ats.models import Application, ApplicationState, EventType, Membership, RuleSet, Verdict


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An application whose outcome is another one now; `before` is "" when it had none."""

    application: int
    before: str
    after: str


@transaction.atomic
def rejudge(*, by: Membership, scope: RuleSet) -> tuple[int, list[Rejudged]]:
    """Judge the open applications in the scope of a rule set; how many, and those that changed.

    Every one keeps a new verdict beside its old ones. Who changed gets an event; nobody is moved,
    which is for a person to do.
    """
    rules = {row.posting.pk: row for row in effective_rules(concerned(scope))}
    rows = list(_open(Application.objects.filter(posting__in=rules)))
    if not rows:
        return 0, []
    effective = {row.pk: rules[row.posting_id] for row in rows}
    on = today_of(rows[0].posting.campaign)
    documents = judge_each(effective, of_applications(effective, on=on))
    _keep(rows, documents)
    changed = [
        Rejudged(row.pk, row.outcome_before or "", documents[row.pk]["outcome"])  # type: ignore[attr-defined]
        for row in rows
        if row.outcome_before != documents[row.pk]["outcome"]  # type: ignore[attr-defined]
    ]
    _record(by, {row.pk: row for row in rows}, changed, documents)
    return len(rows), changed


def _open(rows: QuerySet[Application]) -> QuerySet[Application]:
    newest = Verdict.objects.filter(application=OuterRef("pk")).order_by("-pk")
    return (
        rows.filter(state=ApplicationState.ACTIVE)
        .select_related("posting__campaign")
        .annotate(outcome_before=Subquery(newest.values("outcome")[:1]))
        .select_for_update(of=("self",), no_key=True)
        .order_by(F("pk"))
    )


def _keep(rows: list[Application], documents: Mapping[int, Document]) -> None:
    Verdict.objects.bulk_create((verdict_of(row, documents[row.pk]) for row in rows), batch_size=1000)


def verdict_of(application: Application, document: Document) -> Verdict:
    """The unsaved record of what an application was judged by."""
    return Verdict(
        organisation_id=application.organisation_id,
        application=application,
        outcome=document["outcome"],
        rule_sets=[row["id"] for row in document["rule_sets"]],
        document=document,
    )


def _record(
    by: Membership,
    rows: Mapping[int, Application],
    changed: list[Rejudged],
    documents: Mapping[int, Document],
) -> None:
    record_events(
        new_event(
            EventType.APPLICATION_JUDGED,
            organisation=by.organisation,
            by=by,
            application=rows[row.application],
            posting=rows[row.application].posting,
            candidate_id=rows[row.application].candidate_id,
            data={
                "before": row.before,
                "after": row.after,
                "rule_sets": [rules["id"] for rules in documents[row.application]["rule_sets"]],
            },
        )
        for row in changed
    )
