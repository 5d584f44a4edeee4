from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class SecondAcceptance(models.TextChoices):
    """A person who has accepted an offer accepts another of the same employer for overlapping days."""

    REFUSE = "refuse", "The second is refused."
    END_FIRST = "end_first", "The first place is given back."


class Organisation(models.Model):
    """An employer: the tenant. Whatever it owns is invisible to every other."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True, default="")
    reply_to = models.EmailField(blank=True, default="", help_text="Where answers to its mails go.")
    is_demo = models.BooleanField(default=False)
    interviewers_see_all = models.BooleanField(
        default=False,
        help_text="Interviewers see every application, not only those they interview, score or look after.",
    )
    second_acceptance = models.CharField(
        max_length=9,
        choices=SecondAcceptance.choices,
        default=SecondAcceptance.REFUSE,
        help_text="What becomes of a second offer for overlapping days that one person accepts.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; the ranks are ordered, a higher one may all that a lower one may."""

    VIEWER = "viewer"
    INTERVIEWER = "interviewer"
    RECRUITER = "recruiter"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def includes(self, least: Role) -> bool:
        return self.rank >= least.rank


class MembershipQuerySet(TenantQuerySet["Membership"]):
    def current(self) -> Self:
        """Those of people who have not left."""
        return self.filter(ended_at=None)


class Membership(TenantModel):
    """A person's role in an organisation.

    A membership ends, and its row stays: what the member did keeps its author. Whoever comes back has
    the same membership again.
    """

    account = models.ForeignKey("ats.Account", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} as {self.role}"
