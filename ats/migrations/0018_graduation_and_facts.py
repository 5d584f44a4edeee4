"""A graduation gets its precision, the facts of a candidate one column, and an application its preferences.

Graduations so far were known to the month, and kept as its last day.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import migrations, models
from django.db.models.functions import Coalesce

MONTHS = """
UPDATE ats_{table} SET graduates_from = date_trunc('month', graduates_until)
WHERE graduates_until IS NOT NULL
"""
FACTS = ("languages", "weeks", "days_per_week", "starts_from", "starts_until", "work_countries")
GATHER = f"""
UPDATE ats_candidate SET facts = coalesce((
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(jsonb_build_object(
        {", ".join(f"'{name}', {name}" for name in FACTS)})) WHERE value <> 'null'), '{{}}')
"""  # noqa: S608  (names of columns)

# The words of the documents follow; what was found and judged stays as it was.
REWORD = """
ALTER TABLE ats_verdict DISABLE TRIGGER ats_verdict_kept;
UPDATE ats_verdict SET document =
    replace(document::text, '"elsewhere":', '"alternatives":')::jsonb || '{"preferred": []}'
WHERE document <> '{}';
ALTER TABLE ats_verdict ENABLE TRIGGER ats_verdict_kept;
"""

NEW = ["graduates_from", "graduates_until"]
NEWEST = {"fields": ["organisation", "-created_at", "-id"], "name": "application_newest"}
BY_TRACK = {"fields": ["organisation", "track", "-created_at", "-id"], "name": "application_by_track"}
BY_STAGE = {"fields": ["organisation", "stage", "-created_at", "-id"], "name": "application_by_stage"}
GRADUATION = {"fields": ["organisation", "graduates_by", "id"], "name": "application_graduation"}
PREFERRED = {"fields": ["organisation", "-preferred_met", "-id"], "name": "application_preferred"}


def _index(include: list[str], **index: Any) -> migrations.AddIndex:
    return migrations.AddIndex("application", models.Index(include=include, **index))


class Migration(migrations.Migration):
    dependencies = [("ats", "0017_discarded_scorecards")]
    operations = [
        *(
            migrations.RemoveIndex("application", index["name"])
            for index in (NEWEST, BY_TRACK, BY_STAGE, GRADUATION)
        ),
        migrations.RemoveField("application", "graduates_by"),
        migrations.AlterModelOptions("education", {"ordering": ("-graduates_until", "-id")}),
        *(
            operation
            for model in ("education", "application")
            for operation in (
                migrations.RenameField(model, "graduates_on", "graduates_until"),
                migrations.AddField(model, "graduates_from", models.DateField(null=True, blank=True)),
                migrations.RunSQL(MONTHS.format(table=model), migrations.RunSQL.noop),
            )
        ),
        migrations.AddField(
            "application",
            "graduates_by",
            models.GeneratedField(
                expression=Coalesce("graduates_until", models.Value(datetime.date.max)),
                output_field=models.DateField(),
                db_persist=True,
                help_text="To order by: who does not say comes last.",
            ),
        ),
        migrations.AddField(
            "application", "preferred_met", models.PositiveSmallIntegerField(default=0, db_default=0)
        ),
        _index(["stage", "track", "state", "campaign", *NEW], **NEWEST),
        _index(["stage", "state", "campaign", *NEW], **BY_TRACK),
        _index(["track", "state", "campaign", *NEW], **BY_STAGE),
        _index(["stage", "track", "state", "campaign"], **GRADUATION),
        _index(["stage", "track", "state", "campaign"], **PREFERRED),
        migrations.AddConstraint(
            "education",
            models.CheckConstraint(
                condition=models.Q(graduates_from__isnull=True, graduates_until__isnull=True)
                | models.Q(graduates_from__lte=models.F("graduates_until")),
                name="education_graduation_whole",
            ),
        ),
        migrations.AddField(
            "candidate",
            "facts",
            models.JSONField(
                default=dict,
                db_default=models.Value({}, models.JSONField()),
                blank=True,
                help_text="By the names of `ats.models.facts`; what the person has not stated is absent.",
            ),
        ),
        migrations.RunSQL(GATHER, migrations.RunSQL.noop),
        migrations.RunSQL(REWORD, migrations.RunSQL.noop),
        *(migrations.RemoveField("candidate", name) for name in FACTS),
    ]
