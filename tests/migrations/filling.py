"""A program: on an empty database it makes the first tables, a row in each, and then every later change.

Prints, as JSON, how many rows each table had before and has afterwards, and what stands in the columns
whose meaning changed.
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import django
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

django.setup()

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField  # noqa: E402
from django.contrib.postgres.search import SearchVectorField  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

FIRST = ("ats", "0006_feed")
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

# The first kind that a column is decides what stands in it.
VALUES: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.BooleanField, True),
    (models.DateTimeField, NOON),
    (models.DateField, date(2026, 6, 1)),
    (models.DecimalField, Decimal(1)),
    (models.UUIDField, uuid.UUID(int=7)),
    (models.BinaryField, b"\x01"),
    (models.JSONField, {}),
    (DateTimeRangeField, DateTimeTZRange(NOON, NOON.replace(hour=13))),
    (SearchVectorField, None),
    (ArrayField, []),
    (models.EmailField, "li.na@example.com"),
    (models.IntegerField, 1),
)
# What the constraints of a table ask for beyond its types.
PARTICULAR: dict[str, dict[str, Any]] = {
    "Move": {"kind": "stage", "undoes": None, "rejection_reason": None},
    "RuleSet": {"department": None, "posting": None, "tree": {"all": []}},
    "ScorecardCriterion": {"scale": 5},
    "Delivery": {"login_code": None, "state": "sent", "channel": "email"},
    "Candidate": {
        "merged_into": None,
        "languages": {"en": 5},
        "weeks": 12,
        "starts_from": date(2026, 7, 1),
        "work_countries": ["CN"],
    },
    "Education": {"graduates_on": date(2027, 6, 30)},
    "Offer": {"state": "draft"},
    "Interview": {"state": "invited", "slot": None, "during": None},
    "Application": {"state": "active", "graduates_on": date(2027, 6, 30)},
    "Posting": {"state": "open", "head_count": 5, "filled": 0},
    "Membership": {"role": "owner"},
    "Stage": {"kind": "applied"},
    "Verdict": {"outcome": "eligible", "document": {"posting": 1, "elsewhere": [2]}},
}

# Their rows relate two rows of another table, of which there is one.
OF_TWO = {"Transition", "DismissedPair"}


class Filler:
    """One row of each model, made after those that it refers to."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps
        self.rows: dict[str, Any] = {}
        self.making: set[str] = set()

    def row_of(self, model: Any) -> Any:
        if model.__name__ not in self.rows:
            self.making.add(model.__name__)
            particular = PARTICULAR.get(model.__name__, {})
            values = {f.name: self.value(f) for f in model._meta.local_fields if self.is_needed(f)}
            self.rows[model.__name__] = model.objects.create(**values | particular)
        return self.rows[model.__name__]

    def is_needed(self, field: Any) -> bool:
        is_given = field.primary_key and not field.remote_field
        has_value = field.has_default() or field.db_default is not models.NOT_PROVIDED
        return not (is_given or field.generated or field.null or has_value) or self.is_reference(field)

    def is_reference(self, field: Any) -> bool:
        """References are filled where they may be empty too, unless they lead back."""
        return bool(field.remote_field) and field.related_model.__name__ not in self.making - self.rows.keys()

    def value(self, field: Any) -> Any:
        if field.remote_field:
            return self.row_of(self.apps.get_model("ats", field.related_model.__name__))
        if field.choices:
            return field.choices[0][0]
        return next((value for kind, value in VALUES if isinstance(field, kind)), "a")

    def fill(self) -> None:
        """A stranger comes first, so that the numbers of an account and of its membership differ."""
        stranger = self.apps.get_model("ats", "Account").objects.create(email="stranger@example.com")
        for model in self.apps.get_models():
            is_ours = model._meta.app_label == "ats" and not model._meta.auto_created
            if is_ours and model.__name__ not in OF_TWO:
                self.row_of(model)
        view = self.rows["SavedView"]
        view._meta.model.objects.create(
            organisation=view.organisation, owner=stranger, name="of no member", query={}
        )


# The columns that named an account in the first tables, and name a membership now.
MEMBERS = {
    "Event": "actor",
    "Move": "actor",
    "Merge": "actor",
    "Note": "author",
    "Scorecard": "interviewer",
    "RuleSet": "created_by",
    "AccessRecord": "reader",
    "SavedView": "owner",
}


def converted(apps: Any) -> dict[str, Any]:
    """What stands in the columns that a later change filled from others."""

    def only(model: str, *columns: str) -> list[Any]:
        [row] = apps.get_model("ats", model).objects.values_list(*columns)
        return list(row)

    return {
        "member": only("Membership", "pk", "account_id"),
        "acted": {model: only(model, f"{column}_id") for model, column in MEMBERS.items()},
        "candidate": only("Candidate", "facts"),
        "education": only("Education", "graduates_from", "graduates_until"),
        "application": only("Application", "graduates_from", "graduates_until", "graduates_by"),
        "verdict": only("Verdict", "document"),
    }


def counts(apps: Any) -> dict[str, int]:
    """Rows by the name of the table."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label == "ats"]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def main() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] != "ats"] + [FIRST])
    before = executor.loader.project_state([FIRST]).apps
    Filler(before).fill()
    filled = counts(before)
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate(leaves)
    after = MigrationExecutor(connection).loader.project_state(leaves).apps
    found = {"before": filled, "after": counts(after), "converted": converted(after)}
    json.dump(found, sys.stdout, default=str)


main()
