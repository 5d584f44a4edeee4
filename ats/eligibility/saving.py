"""What recruiters do with rules: a new version, a look at what it would change, judging again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid
from ats.eligibility.kinds import KINDS
from ats.eligibility.kinds.institution import InstitutionList
from ats.eligibility.named_institutions import with_institution_ids
from ats.eligibility.rule_book import RuleBook
from ats.eligibility.trees import Node, leaves, read_rules, refuse_impossible
from ats.events.record import new_event, record_events
from ats.models import Campaign, Department, EventType, Institution, Membership, Posting, RuleSet

Scope = Campaign | Department | Posting


@transaction.atomic
def save_rules(*, by: Membership, draft: RuleSet, expected_version: int | None = None) -> RuleSet:
    """Make a draft the next version of the rules of its scope. Past verdicts stay what they are.

    Raises Invalid for rules that will not do and Conflict("rules_changed") when the version in force
    is not the expected one (0: there are none yet).
    """
    _lock(scope_of(draft))
    newest = versions_of(draft).aggregate(newest=Max("version"))["newest"] or 0
    if expected_version not in (None, newest):
        sentence = _("Somebody has saved version %(version)d meanwhile.")
        raise Conflict("rules_changed", sentence % {"version": newest}, version=newest)
    check(draft)
    draft.version = newest + 1
    draft.save(force_insert=True)
    subjects = {"posting": draft.posting} if draft.posting_id else {}
    data = {"scope": draft.scope, "id": scope_of(draft).pk, "rules": draft.pk, "version": draft.version}
    record_events(
        [new_event(EventType.RULES_SAVED, organisation=by.organisation, by=by, data=data, **subjects)]
    )
    return draft


def draft_rules(*, by: Membership, scope: Scope, tree: Any, **leave: Collection[str]) -> RuleSet:
    """An unsaved version of the rules of a scope; `leave` is `relaxable` or `relaxes`, rule kinds."""
    draft = RuleSet(organisation=by.organisation, created_by=by, tree=tree, version=0)
    setattr(draft, type(scope).__name__.lower(), scope)
    for name, kinds in leave.items():
        setattr(draft, name, sorted(set(kinds)))
    return draft


def check(draft: RuleSet) -> None:
    """Raise Invalid unless the rules can be read, can be met by somebody, and relax what they may.

    Institutions that the draft names become their ids.
    """
    draft.tree = with_institution_ids(draft.tree)
    rules = read_rules(draft.tree)
    refuse_impossible(rules.required)
    for node in rules.preferred:
        refuse_impossible(node)
    _refuse_unknown_institutions([rules.required, *rules.preferred])
    _refuse_leave(draft, "relaxable", "campaign", list(KINDS))
    _refuse_leave(draft, "relaxes", "posting", _relaxable_for(draft))
    if draft.posting:
        (effective,) = RuleBook.of([draft.posting]).with_draft(draft).effective([draft.posting])
        refuse_impossible(effective.tree)


def _refuse_unknown_institutions(nodes: Iterable[Node]) -> None:
    rules = [leaf.rule for node in nodes for leaf in leaves(node)]
    named = {pk for rule in rules if isinstance(rule, InstitutionList) for pk in rule.institutions}
    if unknown := sorted(named - set(Institution.objects.in_bulk(named))):
        sentence = _("There are no institutions with these ids: %(ids)s.")
        raise Invalid("unknown_institution", sentence % {"ids": ", ".join(map(str, unknown))}, field="tree")


def scope_of(draft: RuleSet) -> Scope:
    found: Scope = getattr(draft, draft.scope)
    return found


def versions_of(draft: RuleSet) -> QuerySet[RuleSet]:
    return RuleSet.objects.filter(**{draft.scope: scope_of(draft)})


def _lock(scope: Scope) -> None:
    """Two who save for one scope wait for each other."""
    type(scope)._default_manager.select_for_update(no_key=True).get(pk=scope.pk)


def _relaxable_for(draft: RuleSet) -> list[str]:
    if not draft.posting:
        return []
    newest = RuleSet.objects.filter(campaign=draft.posting.campaign_id).order_by("-version").first()
    return newest.relaxable if newest else []


def _refuse_leave(draft: RuleSet, name: str, scope: str, allowed: Collection[str]) -> None:
    kinds = set(getattr(draft, name))
    if kinds and draft.scope != scope:
        raise Invalid("not_of_this_scope", _("This is not for rules of this scope."), field=name)
    if unknown := sorted(kinds - set(allowed)):
        sentence = _("These rule kinds cannot be set aside here: %(kinds)s.")
        raise Invalid("not_relaxable", sentence % {"kinds": ", ".join(unknown)}, field=name)
