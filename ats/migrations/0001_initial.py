import ats.models.campaign
import ats.models.functions
import ats.models.resume
import ats.models.search_terms
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        BtreeGinExtension(),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, default="", max_length=200)),
                ("maximum", models.DecimalField(decimal_places=2, default=100, max_digits=7)),
                ("threshold", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, default="", max_length=200)),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Shanghai", max_length=50, validators=[ats.models.campaign.validate_zone]
                    ),
                ),
                (
                    "opens_on",
                    models.DateField(
                        validators=[
                            django.core.validators.MinValueValidator(datetime.date(2000, 1, 1)),
                            django.core.validators.MaxValueValidator(datetime.date(2199, 12, 31)),
                        ]
                    ),
                ),
                (
                    "closes_on",
                    models.DateField(
                        validators=[
                            django.core.validators.MinValueValidator(datetime.date(2000, 1, 1)),
                            django.core.validators.MaxValueValidator(datetime.date(2199, 12, 31)),
                        ]
                    ),
                ),
                (
                    "opens_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=ats.models.functions.LocalMidnight("time_zone", "opens_on", days=0),
                        output_field=models.DateTimeField(),
                    ),
                ),
                (
                    "closes_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=ats.models.functions.LocalMidnight("time_zone", "closes_on", days=1),
                        help_text="The first instant after the last open one.",
                        output_field=models.DateTimeField(),
                    ),
                ),
            ],
            options={
                "ordering": ("-opens_on", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, default="", max_length=200)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "ordering": ("slug",),
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("zh-hans", "Simplified Chinese")],
                        default="en",
                        max_length=10,
                    ),
                ),
                ("profile", models.JSONField(default=dict, help_text="A JSON Resume document.")),
                ("is_active", models.BooleanField(default=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="account_email_lower",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=100)),
                ("prefix", models.CharField(editable=False, max_length=12, unique=True)),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=100)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("zh-hans", "Simplified Chinese")],
                        default="en",
                        max_length=10,
                    ),
                ),
                ("schools", models.TextField(blank=True, db_default="", default="", editable=False)),
                (
                    "phone_key",
                    ats.models.search_terms.PhoneKeyField(db_default="", max_length=40, source="phone"),
                ),
                (
                    "words",
                    ats.models.search_terms.SearchTermsField(
                        phone="phone", sources=("name", "email", "schools")
                    ),
                ),
                ("languages", models.JSONField(blank=True, null=True)),
                ("weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("days_per_week", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("starts_from", models.DateField(blank=True, null=True)),
                ("starts_until", models.DateField(blank=True, null=True)),
                (
                    "work_countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), blank=True, null=True, size=None
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "profile_digest",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        help_text="Of the profile it was copied from.",
                        max_length=64,
                    ),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When all personal data was taken out.",
                        null=True,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="candidates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="ats.candidate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("graduates_on", models.DateField(blank=True, null=True)),
                (
                    "graduates_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "graduates_on", models.Value(datetime.date(9999, 12, 31))
                        ),
                        help_text="To order by: who does not say comes last.",
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("hired", "Hired"),
                        ],
                        db_default="active",
                        max_length=9,
                    ),
                ),
                (
                    "preference",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The candidate's rank of this posting, 1 first.", null=True
                    ),
                ),
                ("source", models.CharField(blank=True, db_default="", max_length=40)),
                (
                    "answers",
                    models.JSONField(
                        db_default=models.Value({}, models.JSONField()),
                        help_text="By the key of the question.",
                    ),
                ),
                (
                    "stage_entered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "state_entered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ats.campaign",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="ats.candidate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ats.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "xid",
                    ats.models.functions.TransactionIdField(
                        db_default=ats.models.functions.TransactionId(), editable=False
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("application.submitted", "A candidate applied."),
                            ("candidate.rectified", "A candidate's record was brought up to date."),
                            ("candidate.erased", "Personal data was taken out: do so too."),
                            ("consent.given", "A candidate agreed to a purpose."),
                            ("consent.withdrawn", "A candidate no longer agrees to a purpose."),
                            ("candidate.merged", "Two records were found to be of one person."),
                            ("candidate.unmerged", "That finding was taken back."),
                            ("candidate.distinguished", "Two records that look alike are of two people."),
                            ("candidate.distinction_removed", "That they are two people was taken back."),
                            ("application.moved", "An application went to another stage."),
                            ("application.rejected", "An application was turned down, in its stage."),
                            ("application.withdrawn", "An application was taken back."),
                            ("application.hired", "An application took a place of its posting."),
                            ("application.unrejected", "A rejection was taken back."),
                            ("move.undone", "An application went back to where it was before a move."),
                            ("offer.drafted", "An offer was written."),
                            ("offer.changed", "A draft of an offer was rewritten."),
                            ("offer.approved", "An offer may be extended."),
                            ("offer.extended", "An offer was made to the candidate, until a deadline."),
                            ("offer.accepted", "The candidate accepted."),
                            ("offer.declined", "The candidate declined."),
                            ("offer.expired", "The deadline of an offer passed without an answer."),
                            ("offer.withdrawn", "An offer was taken back."),
                            ("pipeline.created", "A pipeline was made."),
                            ("pipeline.updated", "A pipeline's stages or edges changed."),
                            ("pipeline.deleted", "A pipeline that nothing used was deleted."),
                            ("application.judged", "An application was judged again by the rules of now."),
                            ("application.tagged", "A tag was put on an application."),
                            ("application.untagged", "A tag was taken off an application."),
                            ("application.assigned", "An application was given to a recruiter."),
                            ("application.unassigned", "An application was taken from its recruiter."),
                            ("note.added", "A member wrote a note on an application."),
                            ("note.changed", "A note was rewritten by its author."),
                            ("note.removed", "A note was deleted."),
                            ("scorecard.filed", "An interviewer filed a scorecard."),
                            ("slot.opened", "Slots for interviews were opened."),
                            ("slot.removed", "A slot that nobody had was removed."),
                            ("interview.invited", "A candidate may choose a slot for an interview."),
                            ("interview.scheduled", "An interview has a slot."),
                            ("interview.confirmed", "The candidate will come to the interview."),
                            ("interview.rescheduled", "An interview has another slot."),
                            ("interview.cancelled", "An interview was called off."),
                            ("assessment.result_filed", "A written test's result came in, or was corrected."),
                            ("posting.created", "A posting was made or imported."),
                            ("posting.updated", "A posting's text or facts changed."),
                            ("questions.saved", "A posting's questions got a new version."),
                            ("preferences.ranked", "A candidate ranked the postings of a season anew."),
                            ("posting.state_changed", "A posting was opened, paused or closed."),
                            ("endpoint.created", "A webhook endpoint was added."),
                            ("endpoint.updated", "A webhook endpoint was changed or switched on or off."),
                            ("endpoint.rotated", "A webhook endpoint got a new signing secret."),
                            ("endpoint.disabled", "A webhook endpoint was switched off for its failures."),
                            ("endpoint.removed", "A webhook endpoint was removed."),
                            ("endpoint.tested", "Somebody asked for a test; only this endpoint hears of it."),
                            ("rules.saved", "Eligibility rules got a new version."),
                        ],
                        max_length=40,
                    ),
                ),
                ("data", models.JSONField(db_default=models.Value({}, models.JSONField()))),
                (
                    "number",
                    models.BigIntegerField(
                        editable=False, help_text="Its place in the change feed.", null=True
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="ats.application",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="ats.candidate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="FeedHorizon",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="ats.organisation",
                    ),
                ),
                ("number", models.BigIntegerField(help_text="Of the last event that was forgotten.")),
            ],
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, default="", max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("purpose", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="ats.candidate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
            ),
        ),
        migrations.CreateModel(
            name="AssessmentResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("external_id", models.CharField(max_length=200)),
                ("score", models.DecimalField(decimal_places=2, max_digits=7)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessment_results",
                        to="ats.application",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="ats.assessment",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
            ),
        ),
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("resource", models.CharField(help_text="As the permission table names it.", max_length=40)),
                (
                    "candidates",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="IdempotencyRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(db_default="")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, default="", max_length=200)),
                ("country", models.CharField(help_text="ISO 3166-1.", max_length=2)),
                (
                    "region",
                    models.CharField(
                        choices=[
                            ("mainland", "Mainland China"),
                            ("hmt", "Hong Kong, Macao, Taiwan"),
                            ("overseas", "Overseas"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "hosts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "indexes": [
                    models.Index(django.db.models.functions.text.Lower("name"), name="institution_name"),
                    models.Index(fields=["name_zh"], name="institution_name_zh"),
                    django.contrib.postgres.indexes.GinIndex(models.F("hosts"), name="institution_hosts"),
                    django.contrib.postgres.indexes.GinIndex(models.F("aliases"), name="institution_aliases"),
                    django.contrib.postgres.indexes.GinIndex(models.F("tiers"), name="institution_tiers"),
                ],
                "constraints": [models.UniqueConstraint(fields=("country", "name"), name="institution_once")],
            },
        ),
        migrations.CreateModel(
            name="Education",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("institution_name", models.CharField(blank=True, default="", max_length=200)),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Of an institution that is not listed.",
                        max_length=2,
                    ),
                ),
                (
                    "degree",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Secondary"),
                            (2, "Associate"),
                            (3, "Bachelor"),
                            (4, "Master"),
                            (5, "Doctor"),
                        ],
                        null=True,
                    ),
                ),
                ("major", models.CharField(blank=True, default="", max_length=200)),
                ("discipline", models.CharField(blank=True, db_default="", max_length=20)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("graduates_on", models.DateField(blank=True, null=True)),
                ("is_latest", models.BooleanField(default=False)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="educations",
                        to="ats.candidate",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ats.institution",
                    ),
                ),
            ],
            options={
                "ordering": ("-graduates_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="InterviewSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, default="", help_text="An address or a link.", max_length=500
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Shanghai", max_length=50, validators=[ats.models.campaign.validate_zone]
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("during", "id"),
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, default="", max_length=200)),
                ("country", models.CharField(blank=True, default="", help_text="ISO 3166-1.", max_length=2)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="AssignmentRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ats.location",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="LoginCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("language", models.CharField(default="en", max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["email", "-created_at"], name="login_code_latest")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(), editable=False
                    ),
                ),
                ("recipient", models.CharField(max_length=60)),
                (
                    "channel",
                    models.CharField(choices=[("email", "Email"), ("webhook", "Webhook")], max_length=10),
                ),
                (
                    "lane",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                channel="webhook",
                                then=django.db.models.functions.text.Concat(
                                    models.F("recipient"),
                                    models.Value("/"),
                                    django.db.models.functions.comparison.Cast(
                                        django.db.models.functions.comparison.Coalesce(
                                            models.F("application_id"), models.Value(0)
                                        ),
                                        models.CharField(),
                                    ),
                                ),
                            ),
                            default=models.F("recipient"),
                        ),
                        output_field=models.CharField(max_length=90),
                    ),
                ),
                ("topic", models.CharField(blank=True, db_default="", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "Due"),
                            ("sent", "Sent"),
                            ("dead", "Dead"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="due",
                        max_length=9,
                    ),
                ),
                ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("lease", models.UUIDField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(db_default=0)),
                ("last_error", models.CharField(blank=True, db_default="", max_length=500)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="ats.application",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="ats.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ats.organisation",
                    ),
                ),
                (
                    "login_code",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="ats.logincode",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("interviewer", "Interviewer"),
                            ("recruiter", "Recruiter"),
                            ("owner", "Owner"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AssignmentShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("dealt", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="ats.assignmentrule",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ats.membership"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("assigned_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignment",
                        to="ats.application",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ats.assignmentrule",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="ats.membership",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.candidate"
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.candidate"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stage", "Stage"),
                            ("reject", "Reject"),
                            ("withdraw", "Withdraw"),
                            ("hire", "Hire"),
                            ("unreject", "Unreject"),
                            ("undo", "Undo"),
                            ("remap", "Remap"),
                        ],
                        db_default="stage",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("asked", models.PositiveIntegerField()),
                ("moved", models.PositiveIntegerField(default=0)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="ats.move",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="move",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="ats.move",
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("text", models.TextField(max_length=10000)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="ats.application",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="NoticeTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("application.submitted", "A candidate applied."),
                            ("candidate.rectified", "A candidate's record was brought up to date."),
                            ("candidate.erased", "Personal data was taken out: do so too."),
                            ("consent.given", "A candidate agreed to a purpose."),
                            ("consent.withdrawn", "A candidate no longer agrees to a purpose."),
                            ("candidate.merged", "Two records were found to be of one person."),
                            ("candidate.unmerged", "That finding was taken back."),
                            ("candidate.distinguished", "Two records that look alike are of two people."),
                            ("candidate.distinction_removed", "That they are two people was taken back."),
                            ("application.moved", "An application went to another stage."),
                            ("application.rejected", "An application was turned down, in its stage."),
                            ("application.withdrawn", "An application was taken back."),
                            ("application.hired", "An application took a place of its posting."),
                            ("application.unrejected", "A rejection was taken back."),
                            ("move.undone", "An application went back to where it was before a move."),
                            ("offer.drafted", "An offer was written."),
                            ("offer.changed", "A draft of an offer was rewritten."),
                            ("offer.approved", "An offer may be extended."),
                            ("offer.extended", "An offer was made to the candidate, until a deadline."),
                            ("offer.accepted", "The candidate accepted."),
                            ("offer.declined", "The candidate declined."),
                            ("offer.expired", "The deadline of an offer passed without an answer."),
                            ("offer.withdrawn", "An offer was taken back."),
                            ("pipeline.created", "A pipeline was made."),
                            ("pipeline.updated", "A pipeline's stages or edges changed."),
                            ("pipeline.deleted", "A pipeline that nothing used was deleted."),
                            ("application.judged", "An application was judged again by the rules of now."),
                            ("application.tagged", "A tag was put on an application."),
                            ("application.untagged", "A tag was taken off an application."),
                            ("application.assigned", "An application was given to a recruiter."),
                            ("application.unassigned", "An application was taken from its recruiter."),
                            ("note.added", "A member wrote a note on an application."),
                            ("note.changed", "A note was rewritten by its author."),
                            ("note.removed", "A note was deleted."),
                            ("scorecard.filed", "An interviewer filed a scorecard."),
                            ("slot.opened", "Slots for interviews were opened."),
                            ("slot.removed", "A slot that nobody had was removed."),
                            ("interview.invited", "A candidate may choose a slot for an interview."),
                            ("interview.scheduled", "An interview has a slot."),
                            ("interview.confirmed", "The candidate will come to the interview."),
                            ("interview.rescheduled", "An interview has another slot."),
                            ("interview.cancelled", "An interview was called off."),
                            ("assessment.result_filed", "A written test's result came in, or was corrected."),
                            ("posting.created", "A posting was made or imported."),
                            ("posting.updated", "A posting's text or facts changed."),
                            ("questions.saved", "A posting's questions got a new version."),
                            ("preferences.ranked", "A candidate ranked the postings of a season anew."),
                            ("posting.state_changed", "A posting was opened, paused or closed."),
                            ("endpoint.created", "A webhook endpoint was added."),
                            ("endpoint.updated", "A webhook endpoint was changed or switched on or off."),
                            ("endpoint.rotated", "A webhook endpoint got a new signing secret."),
                            ("endpoint.disabled", "A webhook endpoint was switched off for its failures."),
                            ("endpoint.removed", "A webhook endpoint was removed."),
                            ("endpoint.tested", "Somebody asked for a test; only this endpoint hears of it."),
                            ("rules.saved", "Eligibility rules got a new version."),
                        ],
                        max_length=40,
                    ),
                ),
                ("channel", models.CharField(choices=[("email", "Email")], default="email", max_length=10)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("zh-hans", "Simplified Chinese")], max_length=10
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField(max_length=20000)),
                ("html", models.TextField(blank=True, default="", max_length=50000)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("extended", "Extended"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_default="draft",
                        max_length=9,
                    ),
                ),
                ("pay", models.CharField(blank=True, default="", max_length=300)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("terms", models.TextField(blank=True, default="", help_text="What the candidate reads.")),
                ("deadline", models.DateTimeField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="ats.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Panellist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ats.membership"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="panel",
                        to="ats.interviewslot",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="interviewslot",
            name="members",
            field=models.ManyToManyField(
                related_name="interview_slots", through="ats.Panellist", to="ats.membership"
            ),
        ),
        migrations.CreateModel(
            name="Pipeline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("name_zh", models.CharField(blank=True, default="", max_length=100)),
                ("is_default", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("title_zh", models.CharField(blank=True, default="", max_length=500)),
                ("employer", models.CharField(blank=True, default="", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("internship", "Internship"),
                            ("graduate", "Graduate place"),
                            ("", "Not stated"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("programme", models.CharField(blank=True, default="", max_length=300)),
                ("description", models.TextField(blank=True, default="")),
                ("requirements", models.TextField(blank=True, default="")),
                ("pay", models.CharField(blank=True, default="", max_length=300)),
                ("graduation", models.CharField(blank=True, default="", max_length=300)),
                ("url", models.URLField(blank=True, default="", max_length=2000)),
                ("is_ai", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "Open"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=6,
                    ),
                ),
                ("head_count", models.PositiveIntegerField(blank=True, null=True)),
                ("filled", models.PositiveIntegerField(default=0, editable=False)),
                ("feed", models.CharField(blank=True, default="", editable=False, max_length=40)),
                ("external_id", models.CharField(blank=True, default="", editable=False, max_length=2000)),
                ("digest", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="ats.campaign",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="ats.department",
                    ),
                ),
                ("locations", models.ManyToManyField(blank=True, related_name="postings", to="ats.location")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "pipeline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="ats.pipeline",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="posting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="ats.posting",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="posting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="ats.posting",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="posting",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="ats.posting",
            ),
        ),
        migrations.CreateModel(
            name="QuestionSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("questions", models.JSONField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="question_sets",
                        to="ats.posting",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="posting",
            name="question_set",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ats.questionset",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="question_set",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ats.questionset",
            ),
        ),
        migrations.CreateModel(
            name="ReferralCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("referrer", models.CharField(blank=True, default="", max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="ats.campaign"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="application",
            name="referral",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="ats.referralcode",
            ),
        ),
        migrations.CreateModel(
            name="RejectionReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("name_zh", models.CharField(blank=True, default="", max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
            },
        ),
        migrations.AddField(
            model_name="move",
            name="rejection_reason",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ats.rejectionreason",
            ),
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hold", to="ats.application"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Resume",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(editable=False, upload_to=ats.models.resume.stored_name)),
                ("name", models.CharField(help_text="The file's name as it was sent.", max_length=200)),
                ("kind", models.CharField(help_text="Told by the content.", max_length=10)),
                ("size", models.PositiveIntegerField(help_text="Bytes.")),
                ("sha256", models.BinaryField(max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waits to be read."),
                            ("read", "Was read; what it says is proposed."),
                            ("unreadable", "Is kept, but what it says cannot be told; `code` says why."),
                            ("refused", "Is not kept; `code` says why."),
                        ],
                        db_default="pending",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("proposed", models.JSONField(default=dict)),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("leased_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resumes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="application",
            name="resume",
            field=models.ForeignKey(
                blank=True,
                help_text="The file that the candidate sent along, for as long as they keep it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ats.resume",
            ),
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rooms",
                        to="ats.location",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="interviewslot",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slots",
                to="ats.room",
            ),
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("tree", models.JSONField()),
                (
                    "relaxable",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                (
                    "relaxes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_sets",
                        to="ats.campaign",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_sets",
                        to="ats.department",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_sets",
                        to="ats.posting",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("query", models.JSONField()),
                ("is_shared", models.BooleanField(default=False)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "recommendation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("strong_no", "Strong No"),
                            ("no", "No"),
                            ("yes", "Yes"),
                            ("strong_yes", "Strong Yes"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("comment", models.TextField(blank=True, default="", max_length=10000)),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scorecards",
                        to="ats.application",
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ScorecardCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=100)),
                ("name_zh", models.CharField(blank=True, default="", max_length=100)),
                ("scale", models.PositiveSmallIntegerField(default=5)),
                ("is_required", models.BooleanField(default=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "scorecard criteria",
                "ordering": ("stage", "position", "id"),
            },
        ),
        migrations.CreateModel(
            name="ScorecardScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ats.scorecardcriterion",
                    ),
                ),
                (
                    "scorecard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="ats.scorecard"
                    ),
                ),
            ],
            options={
                "ordering": ("criterion__position", "criterion_id"),
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("applied", "Applied"),
                            ("screening", "Screening"),
                            ("assessment", "Assessment"),
                            ("interview", "Interview"),
                            ("offer", "Offer"),
                            ("hired", "Hired"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("name_zh", models.CharField(blank=True, default="", max_length=100)),
                ("public_name", models.CharField(max_length=100)),
                ("public_name_zh", models.CharField(blank=True, default="", max_length=100)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "pipeline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="ats.pipeline"
                    ),
                ),
            ],
            options={
                "ordering": ("pipeline", "position"),
            },
        ),
        migrations.AddField(
            model_name="scorecardcriterion",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="ats.stage"
            ),
        ),
        migrations.AddField(
            model_name="scorecard",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.stage"
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="to_stage",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="ats.stage",
            ),
        ),
        migrations.AddField(
            model_name="interviewslot",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interview_slots", to="ats.stage"
            ),
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField(blank=True, null=True)),
                ("time_zone", models.CharField(blank=True, default="", max_length=50)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("scheduled", "Scheduled"),
                            ("confirmed", "Confirmed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="invited",
                        max_length=9,
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interviews",
                        to="ats.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interviews",
                        to="ats.interviewslot",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.stage"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="stage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="ats.stage"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="stage",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="ats.stage",
            ),
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="ats.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="ats.tag"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="tag",
            name="applications",
            field=models.ManyToManyField(related_name="tags", through="ats.Tagging", to="ats.application"),
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("name_zh", models.CharField(blank=True, default="", max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("position", "code"),
            },
        ),
        migrations.CreateModel(
            name="StageTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=9)),
                ("change", models.BigIntegerField()),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ats.campaign",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ats.organisation",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ats.stage",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ats.track",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="posting",
            name="track",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="ats.track"
            ),
        ),
        migrations.AddField(
            model_name="interviewslot",
            name="track",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ats.track",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="track",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="ats.track",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="track",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.track"
            ),
        ),
        migrations.CreateModel(
            name="TrackTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("term", models.CharField(max_length=100)),
                ("is_ai", models.BooleanField(default=False)),
                ("weight", models.SmallIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="ats.track"
                    ),
                ),
            ],
            options={
                "ordering": ("term",),
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "least_role",
                    models.CharField(
                        choices=[
                            ("viewer", "Viewer"),
                            ("interviewer", "Interviewer"),
                            ("recruiter", "Recruiter"),
                            ("owner", "Owner"),
                        ],
                        default="recruiter",
                        max_length=12,
                    ),
                ),
                (
                    "requires",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("reason", "Reason"),
                                ("scorecard", "Scorecard"),
                                ("assessment", "Assessment"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "from_stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leaving", to="ats.stage"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entering", to="ats.stage"
                    ),
                ),
            ],
            options={
                "ordering": ("from_stage", "to_stage"),
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("eligible", "Eligible"),
                            ("not_eligible", "Not Eligible"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "rule_sets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("document", models.JSONField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="ats.application",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="NotificationPreferences",
            fields=[
                (
                    "candidate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wish",
                        serialize=False,
                        to="ats.candidate",
                    ),
                ),
                (
                    "muted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("quiet_from", models.TimeField(blank=True, null=True)),
                ("quiet_until", models.TimeField(blank=True, null=True)),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=50)),
                ("digest", models.BooleanField(default=False)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "notice wishes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quiet_from__isnull", True), ("quiet_until__isnull", False), _connector="XOR"
                        ),
                        name="notice_wish_quiet_has_two_ends",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("url", models.CharField(max_length=2000)),
                ("description", models.CharField(blank=True, default="", max_length=200)),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("disabled_reason", models.CharField(blank=True, default="", editable=False, max_length=200)),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("previous_nonce", models.UUIDField(blank=True, editable=False, null=True)),
                ("previous_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("failures", models.PositiveIntegerField(default=0, editable=False)),
                ("failing_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("rests_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=["organisation", "-id"],
                        name="endpoint_newest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DismissedPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "newer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ats.candidate"
                    ),
                ),
                (
                    "older",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ats.candidate"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ats.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(fields=("newer", "older"), name="distinction_once"),
                    models.CheckConstraint(
                        condition=models.Q(("newer__gt", models.F("older"))), name="distinction_in_order"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="department_once"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("candidate", "purpose"),
                name="consent_stands_once",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["organisation", "email"], name="candidate_email"),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["organisation", "-id"], name="candidate_newest"),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(("phone_key", ""), _negated=True),
                fields=["organisation", "phone_key"],
                name="candidate_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["organisation", "name"], name="candidate_name"),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["organisation", "words"], name="candidate_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(fields=("organisation", "account"), name="candidate_once"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="candidate_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(fields=("organisation", "slug"), name="campaign_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="campaign_closes_after_it_opens",
                violation_error_message="The season closes before it opens.",
            ),
        ),
        migrations.AddIndex(
            model_name="assessmentresult",
            index=models.Index(fields=["organisation", "-id"], name="assessment_result_newest"),
        ),
        migrations.AddConstraint(
            model_name="assessmentresult",
            constraint=models.UniqueConstraint(
                fields=("assessment", "external_id"), name="assessment_result_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 0)), name="assessment_result_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="accessrecord",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("candidates"), name="access_of_candidate"
            ),
        ),
        migrations.AddConstraint(
            model_name="idempotencyrecord",
            constraint=models.UniqueConstraint(fields=("account", "key"), name="idempotency_key_once"),
        ),
        migrations.AddConstraint(
            model_name="education",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_latest", True)), fields=("candidate",), name="education_one_latest"
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="location_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("channel"),
                django.db.models.lookups.IsNull(models.F("login_code"), True),
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(("state", "due")),
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("channel", "webhook"), ("state", "due")),
                fields=["recipient", "due_at", "id"],
                name="delivery_due_to",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "due")), fields=["lane", "id"], name="delivery_lane"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("organisation__isnull", False)),
                fields=["organisation", "-id"],
                name="delivery_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("event", "recipient", "channel"), name="delivery_of_event_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("login_code__isnull", False)),
                fields=("login_code", "channel"),
                name="delivery_of_login_code_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__isnull", True), ("login_code__isnull", True), _connector="XOR"),
                name="delivery_tells_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("organisation", "account"), name="membership_once"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["viewer", "interviewer", "recruiter", "owner"])),
                name="membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentshare",
            constraint=models.UniqueConstraint(fields=("rule", "member"), name="assignment_share_once"),
        ),
        migrations.AddConstraint(
            model_name="assignmentshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__range", (1, 100))), name="assignment_share_weight_sensible"
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["organisation", "-id"], name="assignment_newest"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["member", "-id"], name="assignment_of_member"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["application", "-id"], name="note_of_application"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["organisation", "-id"], name="note_newest"),
        ),
        migrations.AddConstraint(
            model_name="noticetemplate",
            constraint=models.UniqueConstraint(
                fields=("organisation", "type", "channel", "language"), name="notice_template_once"
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["organisation", "-id"], name="offer_newest"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("state", "extended")), fields=["deadline"], name="offer_deadline"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "approved", "extended"))),
                fields=("application",),
                name="offer_one_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["draft", "approved", "extended", "accepted", "declined", "expired", "withdrawn"],
                    )
                ),
                name="offer_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "extended"), _negated=True),
                    ("deadline__isnull", False),
                    _connector="OR",
                ),
                name="offer_extended_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="panellist",
            constraint=models.UniqueConstraint(fields=("slot", "member"), name="panellist_once"),
        ),
        migrations.AddConstraint(
            model_name="panellist",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("member", "="), ("during", "&&")], name="panellist_not_double_booked"
            ),
        ),
        migrations.AddConstraint(
            model_name="pipeline",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="pipeline_once"),
        ),
        migrations.AddConstraint(
            model_name="pipeline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("organisation",),
                name="pipeline_one_default",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["xid"], name="event_of_transaction"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["organisation", "number"],
                name="event_feed",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("number__isnull", True)), fields=["id"], name="event_without_number"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["application", "id"], name="event_of_application"),
        ),
        migrations.AddConstraint(
            model_name="questionset",
            constraint=models.UniqueConstraint(
                fields=("posting", "version"), name="question_set_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="referralcode",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="referral_code_once"),
        ),
        migrations.AddConstraint(
            model_name="rejectionreason",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="rejection_reason_once"),
        ),
        migrations.AddIndex(
            model_name="resume",
            index=models.Index(
                condition=models.Q(("state", "pending")), fields=["id"], name="resume_pending"
            ),
        ),
        migrations.AddConstraint(
            model_name="resume",
            constraint=models.UniqueConstraint(fields=("account", "sha256"), name="resume_once"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="room_once"),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.UniqueConstraint(
                fields=("campaign", "department", "posting", "version"),
                name="rule_set_version_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("campaign__isnull", False), ("department__isnull", True), ("posting__isnull", True)
                    ),
                    models.Q(
                        ("campaign__isnull", True), ("department__isnull", False), ("posting__isnull", True)
                    ),
                    models.Q(
                        ("campaign__isnull", True), ("department__isnull", True), ("posting__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="rule_set_has_one_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("organisation", "owner", "name"), name="saved_view_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecardscore",
            constraint=models.UniqueConstraint(
                fields=("scorecard", "criterion"), name="scorecard_score_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecardscore",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 1)), name="scorecard_score_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("pipeline", "position"),
                name="stage_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("pipeline", "name"),
                name="stage_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["applied", "screening", "assessment", "interview", "offer", "hired"])
                ),
                name="stage_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecardcriterion",
            constraint=models.UniqueConstraint(fields=("stage", "name"), name="scorecard_criterion_once"),
        ),
        migrations.AddConstraint(
            model_name="scorecardcriterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("scale__range", (2, 100))), name="scorecard_criterion_scale_sensible"
            ),
        ),
        migrations.AddIndex(
            model_name="scorecard",
            index=models.Index(fields=["organisation", "-id"], name="scorecard_newest"),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.UniqueConstraint(
                fields=("application", "stage", "interviewer"), name="scorecard_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recommendation", ""),
                    ("recommendation__in", ["strong_no", "no", "yes", "strong_yes"]),
                    _connector="OR",
                ),
                name="scorecard_recommendation_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted_at__isnull", True),
                    models.Q(("recommendation", ""), _negated=True),
                    _connector="OR",
                ),
                name="scorecard_filed_recommends",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["stage", "reject", "withdraw", "hire", "unreject", "undo", "remap"])
                ),
                name="move_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "undo"), ("undoes__isnull", True), _connector="XOR"),
                name="move_undoes_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "reject"), ("rejection_reason__isnull", True), _connector="XOR"),
                name="move_rejects_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="interview",
            index=models.Index(fields=["organisation", "-id"], name="interview_newest"),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("application", "stage"),
                name="interview_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("scheduled", "confirmed"))),
                fields=("slot",),
                name="interview_slot_taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["invited", "scheduled", "confirmed", "cancelled"])),
                name="interview_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("scheduled", "confirmed")), _negated=True),
                    models.Q(("during__isnull", False), ("slot__isnull", False)),
                    _connector="OR",
                ),
                name="interview_booked_has_a_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("stage", "name"), name="assessment_once"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum__gt", 0)), name="assessment_maximum_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("threshold__isnull", True),
                    models.Q(("threshold__gte", 0), ("threshold__lte", models.F("maximum"))),
                    _connector="OR",
                ),
                name="assessment_threshold_within_reach",
            ),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["organisation", "-id"], name="tagging_newest"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("application", "tag"), name="tagging_once"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                models.F("organisation"), django.db.models.functions.text.Lower("name"), name="tag_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(fields=("organisation", "code"), name="track_code_once"),
        ),
        migrations.AddIndex(
            model_name="stagetally",
            index=models.Index(
                fields=["organisation", "campaign", "track", "stage", "state"],
                include=("change",),
                name="stage_tally",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["organisation", "-id"], name="posting_newest"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["campaign", "-id"], name="posting_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("feed", ""), _negated=True),
                fields=("organisation", "feed", "external_id"),
                name="posting_of_feed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "paused", "closed"])),
                name="posting_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("head_count__isnull", True), ("head_count__gte", 1), _connector="OR"),
                name="posting_head_count_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("head_count__isnull", True), ("filled__lte", models.F("head_count")), _connector="OR"
                ),
                name="posting_never_oversold",
            ),
        ),
        migrations.AddIndex(
            model_name="interviewslot",
            index=models.Index(fields=["stage", "during"], name="interview_slot_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="interviewslot",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("room", "="), ("during", "&&")], name="interview_slot_room_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("during__isempty", False), ("during__lower_inf", False), ("during__upper_inf", False)
                ),
                name="interview_slot_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentrule",
            constraint=models.UniqueConstraint(
                fields=("organisation", "position"), name="assignment_rule_position_once"
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organisation", "-created_at", "-id"],
                include=("stage", "track", "state", "campaign", "graduates_on"),
                name="application_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organisation", "track", "-created_at", "-id"],
                include=("stage", "state", "campaign", "graduates_on"),
                name="application_by_track",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organisation", "stage", "-created_at", "-id"],
                include=("track", "state", "campaign", "graduates_on"),
                name="application_by_stage",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["posting", "-created_at", "-id"],
                include=("stage", "state"),
                name="application_by_posting",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organisation", "stage_entered_at", "id"],
                include=("stage", "track", "state", "campaign"),
                name="application_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organisation", "stage", "stage_entered_at", "id"],
                include=("track", "state", "campaign"),
                name="application_waiting_there",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["organisation", "graduates_by", "id"],
                include=("stage", "track", "state", "campaign"),
                name="application_graduation",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(fields=("candidate", "posting"), name="application_once"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "rejected", "withdrawn", "hired"])),
                name="application_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackterm",
            constraint=models.UniqueConstraint(fields=("organisation", "term"), name="track_term_once"),
        ),
        migrations.AddConstraint(
            model_name="trackterm",
            constraint=models.CheckConstraint(
                condition=models.Q(("track__isnull", False), ("is_ai", True), _connector="OR"),
                name="track_term_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.UniqueConstraint(fields=("from_stage", "to_stage"), name="transition_once"),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_stage", models.F("to_stage")), _negated=True),
                name="transition_goes_on",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["application", "-id"], name="verdict_of_application"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("outcome", "eligible"), _negated=True),
                fields=["organisation", "outcome", "application"],
                name="verdict_exceptional",
            ),
        ),
    ]
