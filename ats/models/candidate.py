from __future__ import annotations

import re
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from ats.common.months import Span
from ats.models.account import normal_email
from ats.models.search_terms import PhoneKeyField, SearchTermsField
from ats.models.tenancy import TenantModel, TenantQuerySet

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class CandidateQuerySet(TenantQuerySet["Candidate"]):
    def matching(self, text: str) -> Self:
        """Those whom `text` describes. Words match by their beginnings, a whole e-mail address exactly."""
        words = text.split()
        emails = [word for word in words if EMAIL.fullmatch(word)]
        rows = self.filter(*(models.Q(email=normal_email(email)) for email in emails))
        rest = " ".join(word for word in words if word not in emails)
        return rows.filter(words__matches=rest) if rest or not emails else rows

    def same_person(self, candidate: Candidate) -> Self:
        """Every record of the person that `candidate` is a record of: what limits count by."""
        person = candidate.merged_into_id or candidate.pk
        return self.filter(models.Q(pk=person) | models.Q(merged_into=person))


class Candidate(TenantModel):
    """One organisation's record of a person; `account` is the person's login, when there is one.

    Records that turned out to be of one person keep all that is theirs and point to the one that
    stands for the person: `merged_into`, which never points on. `schools` repeats the names of the
    educations, in every spelling that is known, for the search.
    """

    account = models.ForeignKey(
        "ats.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="candidates"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    schools = models.TextField(blank=True, default="", db_default="", editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    phone_key = PhoneKeyField(max_length=40, db_default="")
    words = SearchTermsField(sources=("name", "email", "schools"), phone="phone")
    facts = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="By the names of `ats.models.facts`; what the person has not stated is absent.",
    )
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    profile_digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Of the profile it was copied from.",
    )
    erased_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When all personal data was taken out."
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "email"], name="candidate_email"),
            models.Index(fields=["organisation", "-id"], name="candidate_newest"),
            models.Index(
                fields=["organisation", "phone_key"],
                name="candidate_phone",
                condition=~models.Q(phone_key=""),
            ),
            models.Index(fields=["organisation", "name"], name="candidate_name"),
            GinIndex(fields=["organisation", "words"], name="candidate_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="candidate_once"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="candidate_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class Degree(models.IntegerChoices):
    """Levels in their order, so that "at least a bachelor" is a comparison."""

    SECONDARY = 1
    ASSOCIATE = 2
    BACHELOR = 3
    MASTER = 4
    DOCTOR = 5


class Education(models.Model):
    """A course of study.

    The graduation is on a day from `graduates_from` to `graduates_until`: a whole month, or the one day
    where that is known. `is_latest` marks the one that eligibility is judged by: at most one of a candidate.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="educations")
    institution = models.ForeignKey(
        "ats.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    institution_name = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(
        max_length=2, blank=True, db_default="", help_text="Of an institution that is not listed."
    )
    degree = models.PositiveSmallIntegerField(choices=Degree.choices, null=True, blank=True)
    major = models.CharField(max_length=200, blank=True, default="")
    discipline = models.CharField(max_length=20, blank=True, db_default="")
    starts_on = models.DateField(null=True, blank=True)
    graduates_from = models.DateField(null=True, blank=True)
    graduates_until = models.DateField(null=True, blank=True)
    is_latest = models.BooleanField(default=False)

    class Meta:
        ordering = ("-graduates_until", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=models.Q(is_latest=True),
                name="education_one_latest",
            ),
            models.CheckConstraint(
                condition=models.Q(graduates_from__isnull=True, graduates_until__isnull=True)
                | models.Q(graduates_from__lte=models.F("graduates_until")),
                name="education_graduation_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"education {self.pk}"

    @property
    def graduation(self) -> Span | None:
        if self.graduates_from is None or self.graduates_until is None:
            return None
        return Span(self.graduates_from, self.graduates_until)
