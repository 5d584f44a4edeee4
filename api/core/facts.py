"""What a person says of themselves, as far as eligibility asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.core.serializers import StrictSerializer
from api.core.spellings import MONTH
from ats.common.countries import is_country
from ats.common.languages import LANGUAGES, LEVELS
from ats.common.months import last_day_of_month
from ats.eligibility.kinds.degree import LEVELS as DEGREES
from ats.models import ApplicationState


class CountryField(serializers.RegexField):
    """An ISO 3166-1 code of two letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Z]{2}$", **kwargs)

    def to_internal_value(self, data: Any) -> str:
        code: str = super().to_internal_value(data)
        if not is_country(code):
            raise serializers.ValidationError(_("There is no country with this code."), "unknown_country")
        return code


class MonthField(serializers.CharField):
    """A month such as 2027-06; its last day is what counts."""

    default_error_messages = {"invalid": "Give a month such as 2026-06."}

    def to_internal_value(self, data: Any) -> date:  # type: ignore[override]
        text = super().to_internal_value(data)
        day = last_day_of_month(text) if MONTH.fullmatch(text) else None
        if day is None:
            self.fail("invalid")
        return day


class SpokenLanguage(StrictSerializer):
    language = serializers.ChoiceField(choices=list(LANGUAGES), help_text="ISO 639-1.")
    level = serializers.ChoiceField(choices=LEVELS, help_text="Common European Framework, or native.")


class PastApplication(StrictSerializer):
    posting = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    applied_on = serializers.DateField()
    state = serializers.ChoiceField(choices=ApplicationState.choices)
    ended_on = serializers.DateField(required=False, help_text="When it was rejected, or ended otherwise.")


class GivenFacts(StrictSerializer):
    """All may be left out; what a rule asks for and is not here gives the outcome `unknown`."""

    graduation = MonthField(source="graduates_on", required=False)
    degree = serializers.ChoiceField(choices=DEGREES, required=False)
    study_year = serializers.IntegerField(min_value=1, max_value=20, required=False)
    institution = serializers.CharField(
        max_length=200, required=False, help_text="Its name, an alias, or its web address."
    )
    country = CountryField(required=False, help_text="Of the institution, if it is not a listed one.")
    major = serializers.CharField(max_length=200, required=False)
    languages = SpokenLanguage(many=True, required=False, max_length=20)  # type: ignore[call-arg]
    weeks = serializers.IntegerField(min_value=0, max_value=520, required=False)
    days_per_week = serializers.IntegerField(min_value=0, max_value=7, required=False)
    starts_from = serializers.DateField(required=False, help_text="The first day you could begin on.")
    starts_until = serializers.DateField(required=False, help_text="The last day you could begin on.")
    work_countries = serializers.ListField(
        child=CountryField(), required=False, max_length=250, help_text="Where you may work."
    )
    applications = PastApplication(
        many=True, required=False, max_length=200, help_text="Yours to this employer; [] says none."
    )  # type: ignore[call-arg]
    referral = serializers.BooleanField(required=False, help_text="Whether you have a referral code.")

    def validate_degree(self, value: str) -> int:
        return DEGREES.index(value) + 1

    def validate_languages(self, value: list[dict[str, str]]) -> dict[str, int]:
        return {row["language"]: LEVELS.index(row["level"]) + 1 for row in value}
