import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ats", "0012_delivery_order")]

    operations = [
        migrations.RenameField("assignmentshare", "dealt", "assigned_count"),
        migrations.AlterField(
            "reservation",
            "application",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reservation",
                to="ats.application",
            ),
        ),
        migrations.CreateModel(
            name="PendingAssignment",
            fields=[
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ats.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ats.organisation",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
