import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models
from django.db.models import Case, F, Q, Value, When

ORDERING_KEY = Case(
    When(
        recipient__startswith="endpoint:",
        then=django.db.models.functions.text.Concat(
            F("channel"),
            Value("/"),
            F("recipient"),
            Value("/"),
            django.db.models.functions.comparison.Cast(
                django.db.models.functions.comparison.Coalesce(F("application_id"), Value(0)),
                models.CharField(),
            ),
        ),
    ),
    default=django.db.models.functions.text.Concat(F("channel"), Value("/"), F("recipient")),
)

# Erasure used to cancel deliveries without noting when.
SETTLED = """
UPDATE ats_delivery SET settled_at = statement_timestamp()
WHERE settled_at IS NULL AND state NOT IN ('due', 'waiting');
UPDATE ats_delivery SET settled_at = NULL WHERE settled_at IS NOT NULL AND state IN ('due', 'waiting');
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """The generated key is computed anew for every row; nothing else of a row changes."""

    dependencies = [("ats", "0011_posting_once_per_campaign")]
    operations = [
        migrations.RemoveIndex("delivery", "delivery_lane"),
        migrations.RemoveIndex("delivery", "delivery_due_to"),
        migrations.RemoveIndex("event", "event_without_number"),
        migrations.RemoveField("delivery", "lane"),
        migrations.RenameField("delivery", "topic", "group_key"),
        migrations.AlterField(
            "delivery",
            "channel",
            models.CharField(max_length=10, help_text="A member of `Channel`."),
        ),
        migrations.AlterField(
            "delivery",
            "state",
            models.CharField(
                max_length=9,
                db_default="due",
                choices=[
                    ("due", "Due"),
                    ("waiting", "Waiting"),
                    ("sent", "Sent"),
                    ("dead", "Dead"),
                    ("cancelled", "Cancelled"),
                ],
            ),
        ),
        migrations.AddField(
            "delivery",
            "ordering_key",
            models.GeneratedField(
                expression=ORDERING_KEY, output_field=models.CharField(max_length=100), db_persist=True
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["recipient", "due_at", "id"],
                name="delivery_due_to",
                condition=Q(state="due", recipient__startswith="endpoint:"),
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["ordering_key", "id"],
                name="delivery_in_order",
                condition=Q(settled_at__isnull=True),
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["ordering_key", "id"], name="delivery_waiting", condition=Q(state="waiting")
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(fields=["channel", "id"], name="delivery_dead", condition=Q(state="dead")),
        ),
        migrations.AddField(
            "delivery",
            "content",
            models.UUIDField(null=True, editable=False, help_text="Fingerprint of what a mail said."),
        ),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "delivery",
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) ^ ~Q(state__in=("due", "waiting")),
                name="delivery_settled_has_its_instant",
            ),
        ),
        migrations.AddField(
            "organisation",
            "reply_to",
            models.EmailField(
                blank=True, default="", max_length=254, help_text="Where answers to its mails go."
            ),
        ),
        migrations.AlterField(
            "notificationpreferences",
            "candidate",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="notification_preferences",
                serialize=False,
                to="ats.candidate",
            ),
        ),
        migrations.AlterModelOptions(
            "notificationpreferences", {"verbose_name_plural": "notification preferences"}
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["number", "id"], condition=Q(number__isnull=True), name="event_without_number"
            ),
        ),
    ]
