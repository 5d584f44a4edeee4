from django.db import migrations, models


class Migration(migrations.Migration):
    """The next season's list of jobs does not overwrite this season's: ids are of a campaign."""

    dependencies = [("ats", "0010_idempotency_of_organisation")]

    operations = [
        migrations.RemoveConstraint(model_name="posting", name="posting_of_feed_once"),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("feed", ""), _negated=True),
                fields=("campaign", "feed", "external_id"),
                name="posting_of_feed_once",
            ),
        ),
    ]
