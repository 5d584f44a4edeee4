"""Saved rules for tests."""

from __future__ import annotations

from typing import Any

from ats.eligibility.saving import Scope, draft_rules, save_rules
from ats.models import Membership, Role, RuleSet
from tests.factories import a_member

WINDOW_2026 = {"kind": "graduation_window", "params": {"ranges": [{"from": "2025-11", "to": "2026-10"}]}}
WINDOW_2027 = {"kind": "graduation_window", "params": {"ranges": [{"from": "2026-11", "to": "2027-10-30"}]}}
BACHELOR = {"kind": "degree", "params": {"least": "bachelor"}}


def rules_of(scope: Scope, tree: Any, *, by: Membership | None = None, **leave: Any) -> RuleSet:
    by = by or a_member(scope.organisation, Role.RECRUITER)
    return save_rules(by=by, draft=draft_rules(by=by, scope=scope, tree=tree, **leave))
