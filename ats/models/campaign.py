from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ats.common.time_zones import is_zone
from ats.models.functions import LocalMidnight
from ats.models.tenancy import TenantModel, TenantQuerySet


def validate_zone(value: str) -> None:
    if not is_zone(value):
        raise ValidationError(_("Not a time zone: use a name such as Asia/Shanghai."))


# Beyond them an instant does not fit into a calendar of four digits.
WITHIN_CENTURIES = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))]


class Campaign(TenantModel):
    """A season. It is open from the start of `opens_on` to the last instant of `closes_on`, local days.

    The two instants are computed by the database from the dates and the zone, and cannot differ.
    """

    slug = models.SlugField()
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True, default="")
    time_zone = models.CharField(max_length=50, default="Asia/Shanghai", validators=[validate_zone])
    opens_on = models.DateField(validators=WITHIN_CENTURIES)
    closes_on = models.DateField(validators=WITHIN_CENTURIES)
    opens_at = models.GeneratedField(
        expression=LocalMidnight("time_zone", "opens_on", days=0),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    closes_at = models.GeneratedField(
        expression=LocalMidnight("time_zone", "closes_on", days=1),
        output_field=models.DateTimeField(),
        db_persist=True,
        help_text="The first instant after the last open one.",
    )

    allows_reapplying = models.BooleanField(
        default=False, db_default=False, help_text="Whether one may apply again after withdrawing."
    )

    objects = TenantQuerySet["Campaign"].as_manager()

    class Meta:
        ordering = ("-opens_on", "slug")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="campaign_slug_once"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="campaign_closes_after_it_opens",
                violation_error_message=_("The season closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug
