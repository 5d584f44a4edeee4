from __future__ import annotations

from typing import Any

from ats.models import Application, Consent, ResumeState
from ats.organisations.invitations import invite_member
from ats.people.consents import current_versions, give_consents
from tests.factories import a_resume
from tests.routes.rows.scene import Scene

PROPOSED = {"basics": {"name": "Li Na"}}
PURPOSE = "talent_pool"


def add(scene: Scene) -> dict[str, Any]:
    """What the candidate has, and by what the candidate's season is named."""
    account, version = scene.accounts["candidate"], current_versions()[PURPOSE]
    give_consents(by=account, candidate=scene.candidate, wanted=[(PURPOSE, version)])
    Application.objects.filter(pk=scene.application.pk).update(resume=a_resume(account))
    owner = scene.member("owner")
    return {
        "invitations": invite_member(by=owner, email="new.colleague@example.com", role="viewer").pk,
        "to-me": invite_member(by=owner, email=account.email, role="viewer").pk,
        "organisation": scene.organisation.slug,
        "season": scene.application.campaign.slug,
        "candidate-email": account.email,
        "notices": scene.candidate.pk,
        "resumes": a_resume(account, state=ResumeState.READ, proposed=PROPOSED).pk,
        "consents": Consent.objects.get(candidate=scene.candidate).pk,
        "consent-version": version,
    }
