from django.db import migrations, models

KINDS = ["stage", "reject", "withdraw", "hire", "unreject", "reapply", "undo", "remap"]


class Migration(migrations.Migration):
    dependencies = [("ats", "0019_application_versions")]

    operations = [
        migrations.AddField(
            "campaign",
            "allows_reapplying",
            models.BooleanField(
                db_default=False, default=False, help_text="Whether one may apply again after withdrawing."
            ),
        ),
        migrations.AlterField(
            "move",
            "kind",
            models.CharField(
                choices=[(kind, kind.title()) for kind in KINDS], db_default="stage", max_length=8
            ),
        ),
        migrations.RemoveConstraint("move", "move_kind_known"),
        migrations.AddConstraint(
            "move",
            models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="move_kind_known"),
        ),
    ]
