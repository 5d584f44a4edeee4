from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models.functions import Now

from ats.applications.assignments import assign_applications
from ats.applications.import_jobs import receive_import
from ats.applications.notes import add_note
from ats.applications.tags import tag_applications
from ats.eligibility.saving import draft_rules, save_rules
from ats.eligibility.verdicts.rejudge import rejudge
from ats.models import (
    Application,
    Assignment,
    ImportKind,
    ReferralCode,
    SavedView,
    Scorecard,
    ScorecardCriterion,
    Tag,
    Tagging,
    Verdict,
)
from ats.organisations.assignment_rules import Share, create_rule
from ats.people.duplicates import distinguish, merge
from ats.postings.questions.saving import save_questions
from ats.selection.scorecards import draft_scorecard
from ats.triage.queue import reserve_next
from tests.factories import a_candidate
from tests.routes.rows.scene import Scene


def add(scene: Scene) -> dict[str, Any]:
    rows = {**_words(scene), **_work(scene), **_triage(scene), **_rules(scene), **_imports(scene)}
    _take_part(scene, rows["assignments"])
    return rows


def _take_part(scene: Scene, assignment: int) -> None:
    """The interviewer has filed a scorecard on whatever is looked at, and so sees it."""
    seen = [scene.application, Assignment.objects.get(pk=assignment).application]
    Scorecard.objects.bulk_create(
        Scorecard(
            organisation=scene.organisation,
            application=application,
            stage=application.stage,
            interviewer=scene.member("interviewer"),
            recommendation="yes",
            submitted_at=Now(),
        )
        for application in seen
    )


def _imports(scene: Scene) -> dict[str, Any]:
    """One that may be corrected and run."""
    job = receive_import(
        by=scene.member("owner"),
        kind=ImportKind.APPLICANTS,
        into=scene.application.posting,
        name="people.csv",
        content=b"Name,Mail\nLi Na,li@example.com\n",
        as_of=date(2026, 11, 27),
    )
    return {"imports": job.pk}


def _words(scene: Scene) -> dict[str, Any]:
    """What the owner wrote, and a tag that nothing bears beside one that is in use."""
    owner, application = scene.member("owner"), scene.application
    owned = {"organisation": scene.organisation}
    used, spare = (Tag.objects.create(**owned, name=name) for name in ("Used", "Spare"))
    tag_applications(by=owner, tag=used, applications=[application.pk])
    draft = draft_scorecard(by=owner, application=scene.another(), recommendation="yes")
    criterion = ScorecardCriterion.objects.create(**owned, stage=scene.interviewing, name="Clarity")
    return {
        "notes": add_note(by=owner, application=application, text="Calm.").pk,
        "tags": spare.pk,
        "taggings": Tagging.objects.get(tag=used).pk,
        "scorecards": draft.pk,
        "scorecard-criteria": criterion.pk,
    }


def _work(scene: Scene) -> dict[str, Any]:
    owner, recruiter = scene.member("owner"), scene.member("recruiter")
    theirs = scene.another()
    assign_applications(by=owner, applications=[theirs.pk], to=recruiter)
    shares: list[Share] = [{"member": recruiter, "weight": 1}]
    return {
        "recruiter": recruiter.pk,
        "assignment-rules": create_rule(by=owner, position=1, shares=shares).pk,
        "assignments": Assignment.objects.get(application=theirs).pk,
    }


def _triage(scene: Scene) -> dict[str, Any]:
    """The owner's shared view and held application, two records that were merged, and two told apart."""
    owner, held = scene.member("owner"), scene.another()
    reserve_next(Application.objects.filter(pk=held.pk), by=owner)
    view = SavedView.objects.create(
        organisation=scene.organisation, owner=owner, name="Ours", query={}, is_shared=True
    )
    first, second, twin, other = (a_candidate(scene.organisation) for _ in range(4))
    return {
        "queue": held.pk,
        "saved-views": view.pk,
        "twin": twin.pk,
        "distinctions": distinguish(by=owner, one=twin.pk, other=other.pk).pk,
        "merges": merge(by=owner, kept=first.pk, merged=second.pk).pk,
    }


def _rules(scene: Scene) -> dict[str, Any]:
    """Rules by which the world's application was judged, and a question that need not be answered."""
    owner, posting = scene.member("owner"), scene.application.posting
    tree = {"kind": "degree", "params": {"least": "bachelor"}}
    rules = save_rules(by=owner, draft=draft_rules(by=owner, scope=posting, tree=tree))
    rejudge(by=owner, scope=rules)
    question = {"key": "why", "kind": "text", "label": "Why?", "required": False, "options": []}
    return {
        "rules": rules.pk,
        "verdicts": Verdict.objects.get(application=scene.application).pk,
        "question-sets": save_questions(by=owner, posting=posting, questions=[question]).pk,
        "referral-codes": ReferralCode.objects.create(organisation=scene.organisation, code="friend").pk,
    }
