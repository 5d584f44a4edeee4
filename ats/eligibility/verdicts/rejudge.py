"""Judging applications again by the rules of now: only when somebody asks, and on the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from ats.eligibility.facts import of_applications
from ats.eligibility.rule_book import Effective, effective_rules, today_of
from ats.eligibility.verdicts.document import Document, preferred_met
from ats.eligibility.verdicts.judge import judge_each
from ats.eligibility.verdicts.preview import concerned
from ats.events.record import application_event, record_events
from ats.models import Application, ApplicationState, EventType, Membership, Outcome, RuleSet, Verdict

MOST = 5000  # applications that one call judges
BATCH = 500  # of them in one transaction: a move waits for no more than these

Position = tuple[int, int]  # the posting and the application that were judged last
START: Position = (0, 0)


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An application whose outcome is another one now; `before` is "" when it had none."""

    application: int
    before: str
    after: str


@dataclass(slots=True)
class Rejudgement:
    """What one call did; `next` is where the next one goes on, None when all are judged."""

    judged: int = 0
    changed: list[Rejudged] = field(default_factory=list)
    next: Position | None = None


def rejudge(*, by: Membership, scope: RuleSet, after: Position = START) -> Rejudgement:
    """Judge open applications in the scope of a rule set, by the rules in force now.

    1. The next 5,000 applications behind `after` are chosen, posting by posting, without a lock.
    2. Batches of 500 are locked, judged in one statement with the rules of their postings alone, and
       committed, each by itself: whatever ends the call early loses one batch, and nobody waits for long.
    3. Every application keeps a new verdict beside its old ones. Who changed gets an event; nobody is
       moved, which is for a person to do. Who is found eligible for the first time has not changed.

    The caller goes on from `next` until it is None. Judging somebody twice does no harm.
    """
    rules = {row.posting.pk: row for row in effective_rules(concerned(scope))}
    chosen = _chosen(rules, after)
    done = Rejudgement(next=chosen[MOST - 1] if len(chosen) > MOST else None)
    for batch in _batches(chosen[:MOST]):
        _rejudge_batch(by, rules, batch, done)
    return done


def _chosen(rules: Mapping[int, Effective], after: Position) -> list[Position]:
    posting, application = after
    behind = Q(posting__gt=posting) | Q(posting=posting, pk__gt=application)
    rows = Application.objects.filter(behind, posting__in=rules, state=ApplicationState.ACTIVE)
    return list(rows.order_by("posting_id", "pk").values_list("posting_id", "pk")[: MOST + 1])


def _batches(chosen: Sequence[Position]) -> Iterator[list[int]]:
    for first in range(0, len(chosen), BATCH):
        yield [pk for _posting, pk in chosen[first : first + BATCH]]


@transaction.atomic
def _rejudge_batch(by: Membership, rules: Mapping[int, Effective], ids: list[int], done: Rejudgement) -> None:
    rows = _locked(ids)
    effective = {row.pk: rules[row.posting_id] for row in rows if row.posting_id in rules}
    if not effective:
        return
    on = today_of(rules[rows[0].posting_id].posting.campaign)
    documents = judge_each(effective, of_applications(effective, on=on))
    _keep(rows, documents)
    before = {row.pk: row.outcome_before for row in rows}  # type: ignore[attr-defined]
    changed = [
        Rejudged(pk, before[pk] or "", document["outcome"])
        for pk, document in sorted(documents.items())
        if document["outcome"] != (before[pk] or Outcome.ELIGIBLE)
    ]
    _record(by, {row.pk: row for row in rows}, changed, documents)
    done.judged += len(documents)
    done.changed += changed


def _locked(ids: list[int]) -> list[Application]:
    """Those that are still open, in the order in which moves lock them."""
    newest = Verdict.objects.filter(application=OuterRef("pk")).order_by("-pk")
    return list(
        Application.objects.filter(pk__in=ids, state=ApplicationState.ACTIVE)
        .annotate(outcome_before=Subquery(newest.values("outcome")[:1]))
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )


def _keep(rows: list[Application], documents: Mapping[int, Document]) -> None:
    judged = [row for row in rows if row.pk in documents]
    Verdict.objects.bulk_create(verdict_of(row, documents[row.pk]) for row in judged)
    ranked = []
    for row in judged:
        if row.preferred_met != (met := preferred_met(documents[row.pk])):
            row.preferred_met = met
            ranked.append(row)
    Application.objects.bulk_update(ranked, ["preferred_met"])


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
        application_event(
            rows[row.application],
            EventType.APPLICATION_JUDGED,
            by=by,
            before=row.before,
            after=row.after,
            rule_sets=[rules["id"] for rules in documents[row.application]["rule_sets"]],
        )
        for row in changed
    )
