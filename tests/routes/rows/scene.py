from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ats.models import Account, Application, Candidate, Membership, Organisation, Stage
from tests.factories import a_posting, an_application


@dataclass(frozen=True)
class Scene:
    """The world so far."""

    organisation: Organisation
    accounts: dict[str, Account]
    ids: dict[str, Any]

    def member(self, role: str) -> Membership:
        return Membership.objects.get(organisation=self.organisation, account=self.accounts[role])

    @property
    def application(self) -> Application:
        """The one that the world's rows are about."""
        return Application.objects.get(pk=self.ids["applications"])

    @property
    def candidate(self) -> Candidate:
        return Candidate.objects.get(pk=self.ids["candidates"])

    @property
    def interviewing(self) -> Stage:
        return Stage.objects.for_org(self.organisation).get(kind="interview")

    def another(self, candidate: Candidate | None = None, **facts: Any) -> Application:
        """An application to a posting of its own."""
        return an_application(a_posting(self.organisation), candidate, **facts)
