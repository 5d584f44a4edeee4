"""Every statement on a tenant's table says whose rows it means, or is listed with the reason."""

from __future__ import annotations

import re

import pytest

from ats.models import Posting
from tests.architecture.recording import recorded
from tests.architecture.statements import unscoped
from tests.factories import a_posting, an_organisation
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.test_walk import visit
from tests.routes.world import World

# Staff mean the rows of their organisation; a person at `me` means what is theirs, wherever it lies.
SCOPES = {"staff": ("organisation_id",), "me": ("organisation_id", "account_id")}
VISITORS = {"staff": ("owner", "interviewer"), "me": ("candidate", "recruiter")}

BY_ADDRESS = "An invitation is for whoever has its address: it is the person's, in any organisation."
BY_RECORDS = "The log names the person's records, which were loaded by their account."
BY_POSTINGS = "Ids of open postings that the matches name, which were judged within one organisation."
BY_PUBLIC_NAME = "Where a person applies: the campaign is named by the slugs of its public address."
BY_RESUME = "The file goes from wherever it was handed in; it was loaded by its account."
BY_ENDPOINT = "The recipient holds the id of the endpoint, which was loaded within the organisation."
BY_APPLICATIONS = "Ids that a scoped query has selected just before; the rest is joined by keys."
BY_MOVE = "By the id of a move that was loaded or made within the organisation; the rest is joined by keys."
BY_SLOTS = "Ids of slots that were taken from the membership that ends."
BY_EVENTS = "Joined by keys to the events that this transaction has recorded in one organisation."

REASONS = {
    "api/me/memberships.py:MyInvitations": BY_ADDRESS,
    "ats/organisations/invitations.py:_mine": BY_ADDRESS,
    "ats/privacy/erasers.py:Delete.__call__": BY_ADDRESS,
    "ats/privacy/export.py:_values": f"{BY_ADDRESS} {BY_RECORDS}",
    "api/core/matches.py:matches_document": BY_POSTINGS,
    "api/me/rights.py:AccessLog": BY_RECORDS,
    "api/me/preferences.py:_campaign": BY_PUBLIC_NAME,
    "ats/applications/apply/context.py:load_context": "A person applies to any posting that is open.",
    "ats/applications/apply/insert.py:insert_application": "Joined by keys to the posting applied to.",
    "ats/applications/batches.py:run_batch": BY_APPLICATIONS,
    "ats/applications/importing.py:_insert": "Joined by keys to applications that were just inserted.",
    "ats/applications/moves/execution.py:_run_statement": BY_MOVE,
    "ats/applications/moves/execution.py:execute": BY_MOVE,
    "ats/eligibility/verdicts/rejudge.py:_locked": BY_APPLICATIONS,
    "ats/events/feed.py:number_events": "Numbers are given to the events of all, in the order of commits.",
    "ats/organisations/endpoints.py:_drop": BY_ENDPOINT,
    "ats/organisations/endpoints.py:send_test": "By the event that was just recorded.",
    "ats/organisations/memberships.py:memberships_of": "It finds the organisations of an account.",
    "ats/outbox/routing.py:cancel_hidden": BY_APPLICATIONS,
    "ats/outbox/routing.py:cancel_reversed": BY_MOVE,
    "ats/outbox/routing.py:fan_out": BY_EVENTS,
    "ats/people/candidates.py:_lock_person": "By records that were found within the organisation.",
    "ats/people/duplicates/pairs.py:pairs_of": "Pairs are found within the organisation, then compared.",
    "ats/people/resumes/uploads.py:delete": BY_RESUME,
    "ats/selection/interviews/panels.py:_record": BY_SLOTS,
    "ats/selection/interviews/scheduling.py:lock_persons": BY_APPLICATIONS,
    "ats/triage/rows.py:load_rows": BY_APPLICATIONS,
}


@pytest.mark.django_db
def test_every_statement_of_every_route_is_scoped_or_listed(world: World) -> None:
    found: dict[str, tuple[str, str]] = {}
    for route in ROUTES:
        for visitor in visitors(route):
            with recorded(*SCOPES[route.face]) as recorder:
                visit(world, route, visitor)
            found |= {row.place: (str(route), row.table) for row in recorder.found}

    assert {place: of for place, of in found.items() if place not in REASONS} == {}
    assert set(REASONS) - set(found) == set()


def visitors(route: Route) -> list[str]:
    """Those of each kind who are answered."""
    return [name for name in VISITORS.get(route.face, ()) if route.answers[name] < 300]


@pytest.mark.django_db
def test_a_row_is_known_once_it_was_loaded() -> None:
    posting = a_posting(an_organisation())
    with recorded("organisation_id") as recorder:
        Posting.objects.for_org(posting.organisation).get(pk=posting.pk).refresh_from_db()

    assert (recorder.count, recorder.found) == (2, [])


@pytest.mark.django_db
def test_a_row_that_nobody_loaded_is_not_known() -> None:
    posting = a_posting(an_organisation())
    with recorded("organisation_id") as recorder:
        Posting.objects.filter(pk=posting.pk).update(title="Taken")

    assert [row.table for row in recorder.found] == ["ats_posting"]


KNOWN = frozenset({("ats_posting", 1), ("ats_stage", 1)})
SCOPED = {
    "by the organisation": (
        "SELECT FROM ats_posting p WHERE (p.organisation_id = %s AND p.id = %s)",
        (7, 2),
    ),
    "by a name": ("SELECT * FROM ats_posting WHERE organisation_id = %(org)s", {"org": 7}),
    "by a known key": ('UPDATE "ats_posting" SET "title" = %s WHERE "ats_posting"."id" = %s', ("", 1)),
    "by known keys": (
        'DELETE FROM "ats_move" WHERE "ats_move"."to_stage_id" IN (%s, %s)',
        (1, 1),
    ),
    "by an array of them": ("SELECT FROM ats_posting WHERE id = ANY(%s)", ([1],)),
    "by a joined table": (
        "SELECT FROM ats_event e JOIN ats_posting p ON p.id = e.posting_id WHERE p.organisation_id = %s",
        (7,),
    ),
    "by a scoped query": (
        "DELETE FROM ats_posting WHERE id IN (SELECT id FROM ats_posting WHERE organisation_id = %s)",
        (7,),
    ),
    "within a scoped query": (
        "SELECT (SELECT FROM ats_move WHERE to_stage_id = s.id) FROM ats_stage s WHERE s.organisation_id=%s",
        (7,),
    ),
    "of no tenant": ("SELECT * FROM ats_account WHERE id = %s", (1,)),
}
UNSCOPED = {
    "all": ("SELECT organisation_id FROM ats_posting", ()),
    "by an unknown key": ('SELECT * FROM "ats_posting" WHERE "ats_posting"."id" = %s', (2,)),
    "by a key among unknown ones": ("SELECT FROM ats_posting WHERE id = ANY(%s)", ([1, 2],)),
    "by a known key of another table": ("SELECT * FROM ats_posting WHERE pipeline_id = %s", (1,)),
    "by all but a known key": ("SELECT FROM ats_posting WHERE title = %s AND NOT (id = %s)", ("", 1)),
    "set, not asked": ("UPDATE ats_posting SET organisation_id = %s WHERE title = %s", (7, "")),
    "by a column": ("SELECT FROM ats_posting p, ats_event e WHERE p.organisation_id = e.organisation_id", ()),
    "by an unscoped query": ("SELECT FROM ats_posting WHERE id IN (SELECT posting_id FROM ats_event)", ()),
    "named": (
        "WITH a AS (SELECT * FROM ats_posting) SELECT * FROM ats_event, a WHERE organisation_id = %s",
        (7,),
    ),
    "within a text": ("SELECT FROM ats_posting WHERE title = 'organisation_id = %%s' AND id <> %s", (1,)),
}


@pytest.mark.parametrize(("sql", "params"), SCOPED.values(), ids=SCOPED)
def test_scoped(sql: str, params: object) -> None:
    assert unscoped(sql, params, scope=["organisation_id"], known=KNOWN) == set()


@pytest.mark.parametrize(("sql", "params"), UNSCOPED.values(), ids=UNSCOPED)
def test_unscoped(sql: str, params: object) -> None:
    found = unscoped(sql, params, scope=["organisation_id"], known=KNOWN)

    assert found == set(re.findall("ats_(?:posting|event)", sql)) - READ_WITHIN.get(sql, set())


READ_WITHIN = {UNSCOPED["named"][0]: {"ats_event"}}
