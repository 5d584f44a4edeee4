"""Graduation windows that the text of a posting names: proposed to a recruiter, never applied silently.

Nothing is stored for a proposal. The text of the posting is the proposal, and any rules saved for the
posting answer it: the proposed ones, others, or none at all (an empty `all`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.eligibility.kinds.graduation_window import GraduationWindow
from ats.eligibility.rule_book import Effective, effective_rules
from ats.eligibility.saving import draft_rules, save_rules
from ats.eligibility.text import Text
from ats.eligibility.trees import leaves, read_rules
from ats.models import Membership, Posting, PostingState, RuleSet
from ats.postings.importing.windows import proposed_window


@dataclass(frozen=True, slots=True)
class Proposal:
    """The rules that `text`, as a posting has it, seems to mean, and how they read."""

    posting: Posting
    text: str
    tree: dict[str, Any]
    sentence: Text


def proposals_for(postings: QuerySet[Posting]) -> list[Proposal]:
    """Of the postings that are not closed and have never had rules themselves, newest first.

    What the rules of the campaign or the department say already is not proposed. Three statements.
    """
    rows = postings.exclude(state=PostingState.CLOSED).exclude(graduation="").filter(rule_sets=None)
    found = ((row, _tree(row.posting.graduation)) for row in effective_rules(rows.order_by("-pk")))
    return [
        Proposal(row.posting, row.posting.graduation, tree, read_rules(tree).describe())
        for row, tree in found
        if tree and not _says(row, tree)
    ]


def _says(rules: Effective, tree: dict[str, Any]) -> bool:
    """Whether the rules in force have the same windows."""
    return read_rules(tree).required in list(leaves(rules.tree))


def _tree(text: str) -> dict[str, Any] | None:
    ranges = proposed_window(text)
    if not ranges:
        return None
    windows = [{name: day for name, day in each.items() if day} for each in ranges]
    return {"kind": GraduationWindow.kind, "params": {"ranges": windows}}


@transaction.atomic
def accept_proposals(*, by: Membership, postings: Iterable[Posting]) -> list[RuleSet]:
    """Save what is proposed for these postings as their rules, all or none of them; in the order of ids.

    Raises Invalid("no_proposal"), and what `save_rules` refuses, both at `postings`: a window that the
    campaign's rules exclude, for example.
    """
    asked = {posting.pk for posting in postings}
    found = proposals_for(Posting.objects.for_org(by.organisation).filter(pk__in=asked))
    if missing := sorted(asked - {each.posting.pk for each in found}):
        raise _none(missing)
    saved = []
    for each in sorted(found, key=lambda proposal: proposal.posting.pk):
        draft = draft_rules(by=by, scope=each.posting, tree=each.tree)
        try:
            saved.append(save_rules(by=by, draft=draft, expected_version=0))
        except Invalid as refusal:
            sentence = f"{each.posting.title}: {refusal.sentence}"
            raise Invalid(refusal.code, sentence, field="postings") from refusal
    return saved


def _none(postings: list[int]) -> Invalid:
    ids = ", ".join(map(str, postings))
    sentence = _("Nothing is proposed for the postings %(ids)s: no window is named, or rules were saved.")
    return Invalid("no_proposal", sentence % {"ids": ids}, field="postings")
