"""The statements of an application through bare psycopg: a WSGI application, the floor of `bench.apply`."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import django
import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

django.setup()

from ats.applications.apply.context import LOAD_CONTEXT  # noqa: E402
from ats.applications.apply.insert import INSERT_APPLICATION  # noqa: E402
from ats.eligibility.compiler import QueryCompiler  # noqa: E402
from ats.eligibility.facts import of_candidate  # noqa: E402
from ats.eligibility.rule_book import RuleBook  # noqa: E402
from ats.eligibility.verdicts.judge import VerdictLayout  # noqa: E402
from ats.models import Posting, RuleSet  # noqa: E402
from ats.outbox.routing import recipient_params  # noqa: E402
from ats.people.candidates import LOCK_PERSON  # noqa: E402

TOKEN = """
SELECT t.digest, a.id FROM ats_accesstoken t JOIN ats_account a ON a.id = t.account_id
WHERE t.prefix = %s AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND a.is_active
"""
CLAIM = """
INSERT INTO ats_idempotencyrecord (account_id, key, fingerprint) VALUES (%s, %s, %s)
ON CONFLICT (account_id, key) DO NOTHING RETURNING id
"""
KEEP = "UPDATE ats_idempotencyrecord SET status = 201, body = %s WHERE id = %s"

_local = threading.local()


def connection() -> psycopg.Connection[Any]:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _local.connection  # type: ignore[no-any-return]


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    raw = environ["wsgi.input"].read()
    _mark, prefix, secret = environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ").split("_", 2)
    db = connection()
    with db.transaction():
        body = apply(db, prefix, secret, raw, environ["HTTP_IDEMPOTENCY_KEY"])
    start_response("201 Created", [("Content-Type", "application/json")])
    return [body]


def apply(db: psycopg.Connection[Any], prefix: str, secret: str, raw: bytes, key: str) -> bytes:
    digest, account = db.execute(TOKEN, [prefix]).fetchone() or (b"", 0)
    assert bytes(digest) == hashlib.sha256(secret.encode()).digest()
    claimed = db.execute(CLAIM, [account, key, hashlib.sha256(raw).digest()]).fetchone()
    assert claimed
    posting = json.loads(raw)["posting"]
    asked = {"posting": posting, "account": account, "referral": "", "resume": None}
    wanted = db.cursor(row_factory=dict_row).execute(LOAD_CONTEXT, asked).fetchone()
    assert wanted
    person = {"organisation": wanted["organisation_id"], "account": account}
    candidate = db.execute(LOCK_PERSON, person).fetchone()
    assert candidate
    sql, params = judging(wanted["campaign_id"])
    judged = db.execute(sql, params | {"candidate": candidate[0]}).fetchone()
    assert judged
    assert judged[-1][0] is True
    made = db.execute(INSERT_APPLICATION, facts(posting, candidate[0], account, wanted["code"])).fetchone()
    assert made
    body = json.dumps({"id": made[0], "posting": posting, "posting_title": wanted["title"]})
    db.execute(KEEP, [body, claimed[0]])
    return body.encode()


@cache
def judging(campaign: int) -> tuple[str, dict[str, Any]]:
    """The statement that holds a candidate against the rules of a campaign."""
    posting = Posting.objects.filter(campaign=campaign).select_related("campaign").first()
    assert posting
    (rules,) = RuleBook(RuleSet.objects.filter(campaign=campaign)).effective([posting])
    program = QueryCompiler()
    VerdictLayout.of(rules, program)
    return program.statement(of_candidate(0, on=rules.context.on, referral=False))


def facts(posting: int, candidate: int, account: int, track: str) -> dict[str, Any]:
    own = {"posting": posting, "candidate": candidate, "actor": account, "track": track}
    empty = dict.fromkeys(("preference", "referral", "resume", "question_set"))
    more = {
        "source": "",
        "outcome": "eligible",
        "answers": Jsonb({}),
        "rule_sets": [],
        "document": Jsonb({"rules": []}),
    }
    return own | empty | more | recipient_params()
