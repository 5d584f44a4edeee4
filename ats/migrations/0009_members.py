"""One kind of id for a member everywhere: whoever acted, wrote or read is a membership, which never goes."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

# Each table with the column that named an account until now.
COLUMNS = {
    "event": "actor",
    "move": "actor",
    "merge": "actor",
    "dismissedpair": "actor",
    "note": "author",
    "scorecard": "interviewer",
    "ruleset": "created_by",
    "accessrecord": "reader",
    "savedview": "owner",
}
NOT_BLANK = ("ruleset", "accessrecord")
# A candidate's own act has no actor; nor has what somebody did whose membership was deleted long ago.
CONVERT = """
UPDATE ats_{table} t SET {column}_id = (
    SELECT m.id FROM ats_membership m WHERE m.organisation_id = t.organisation_id AND m.account_id = t.{column}_id)
WHERE {column}_id IS NOT NULL
"""
DELETE_ORPHANS = """
DELETE FROM ats_savedview v WHERE NOT EXISTS (
    SELECT FROM ats_membership m WHERE m.organisation_id = v.organisation_id AND m.account_id = v.owner_id)
"""


def _to(model: str, table: str, *, constraint: bool) -> models.ForeignKey:
    optional = {} if table == "savedview" else {"null": True, "blank": table not in NOT_BLANK}
    deletion = django.db.models.deletion
    on_delete = deletion.PROTECT if model == "ats.membership" else deletion.DO_NOTHING
    return models.ForeignKey(
        to=model, on_delete=on_delete, related_name="+", db_constraint=constraint, **optional
    )


def _steps(table: str, column: str) -> list[migrations.operations.base.Operation]:
    return [
        migrations.AlterField(table, column, _to("ats.account", table, constraint=False)),
        migrations.RunSQL(CONVERT.format(table=table, column=column), migrations.RunSQL.noop),
        migrations.AlterField(table, column, _to("ats.membership", table, constraint=True)),
    ]


class Migration(migrations.Migration):
    dependencies = [("ats", "0008_event_types_without_choices")]
    operations = [
        migrations.AddField(
            "membership", "ended_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.RunSQL(DELETE_ORPHANS, migrations.RunSQL.noop),
        *(step for table, column in COLUMNS.items() for step in _steps(table, column)),
    ]
