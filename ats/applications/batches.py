"""What the verbs that take many applications at once share: the lock, and a report of each item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.models import Application

MOST_AT_ONCE = 50_000

# In id order, so that two verbs on the same applications wait for each other and never deadlock.
LOCK_APPLICATIONS = """
SELECT id FROM ats_application
WHERE organisation_id = %(organisation)s AND id = ANY(%(ids)s)
ORDER BY id FOR NO KEY UPDATE
"""

Applications = Collection[int] | QuerySet[Application]
Result = TypeVar("Result", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Item(Generic[Result]):
    """What became of one application."""

    application: int
    result: Result


def ids_of(applications: Applications) -> list[int]:
    """The ids of the given applications, each once, sorted. Raises Invalid("too_many") beyond 50,000."""
    if isinstance(applications, QuerySet):
        applications = applications.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1]
    ids = sorted(set(applications))
    if len(ids) > MOST_AT_ONCE:
        sentence = _("These are more than %(most)s applications: move them in parts.")
        raise Invalid("too_many", sentence % {"most": MOST_AT_ONCE})
    return ids


def lock_applications(organisation: int, applications: Iterable[int]) -> list[int]:
    """Lock the given applications of an organisation until the transaction ends; their ids, in order."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_APPLICATIONS, {"organisation": organisation, "ids": list(applications)})
        return [pk for (pk,) in cursor.fetchall()]


def run_batch(statement: str, params: Mapping[str, Any], results: type[Result]) -> list[Item[Result]]:
    """Execute a statement that answers with rows of (application id, result), in id order."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [Item(pk, results(result)) for pk, result in cursor.fetchall()]
