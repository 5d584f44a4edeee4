from __future__ import annotations

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from ats.models.account import Account
from ats.models.campaign import validate_zone
from ats.models.organisation import Membership, Role
from ats.models.tenancy import TenantModel, TenantQuerySet

# From this role on one sees every interview, below it those that one takes part in.
SEES_ALL_INTERVIEWS = Role.RECRUITER


class Room(TenantModel):
    """Where interviews happen; one at a time."""

    name = models.CharField(max_length=200)
    location = models.ForeignKey(
        "ats.Location", null=True, blank=True, on_delete=models.PROTECT, related_name="rooms"
    )

    objects = TenantQuerySet["Room"].as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class InterviewSlot(TenantModel):
    """A time at which a panel can interview somebody who is at `stage`, on `track` if one is named.

    It never changes: another time is another slot. `time_zone` is the one it is spoken of in.
    """

    stage = models.ForeignKey("ats.Stage", on_delete=models.PROTECT, related_name="interview_slots")
    track = models.ForeignKey("ats.Track", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    place = models.CharField(max_length=500, blank=True, default="", help_text="An address or a link.")
    during = DateTimeRangeField()
    time_zone = models.CharField(max_length=50, default="Asia/Shanghai", validators=[validate_zone])
    members = models.ManyToManyField(Membership, through="ats.Panellist", related_name="interview_slots")

    objects = TenantQuerySet["InterviewSlot"].as_manager()

    class Meta:
        ordering = ("during", "id")
        indexes = [models.Index(fields=["stage", "during"], name="interview_slot_by_stage")]
        constraints = [
            ExclusionConstraint(
                name="interview_slot_room_once",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False) & Q(during__lower_inf=False, during__upper_inf=False),
                name="interview_slot_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"interview slot {self.pk}"


class Panellist(models.Model):
    """An interviewer in a slot. `during` is the slot's: the database keeps both equal."""

    slot = models.ForeignKey(InterviewSlot, on_delete=models.CASCADE, related_name="panel")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    during = DateTimeRangeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["slot", "member"], name="panellist_once"),
            ExclusionConstraint(
                name="panellist_not_double_booked",
                expressions=[("member", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.member_id} in slot {self.slot_id}"


class InterviewState(models.TextChoices):
    INVITED = "invited"
    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    ATTENDED = "attended"
    LATE = "late"
    MISSED = "missed"


BOOKED = (InterviewState.SCHEDULED, InterviewState.CONFIRMED)
COMING = (InterviewState.INVITED, *BOOKED)
OFF = (InterviewState.CANCELLED, InterviewState.DECLINED)  # it does not take place
ENDED = (InterviewState.ATTENDED, InterviewState.LATE, InterviewState.MISSED)


class InterviewQuerySet(TenantQuerySet["Interview"]):
    def booked(self) -> Self:
        """Those that are to come."""
        return self.filter(state__in=BOOKED)

    def live(self) -> Self:
        """Those that were not called off."""
        return self.exclude(state__in=OFF)

    def standing(self) -> Self:
        """Without the invitations whose application has gone to another stage."""
        return self.exclude(~Q(stage=F("application__stage")), state=InterviewState.INVITED)

    def visible_to(self, member: Membership) -> Self:
        rows = self.for_org(member.organisation)
        if Role(member.role).includes(SEES_ALL_INTERVIEWS):
            return rows
        return rows.filter(Exists(Panellist.objects.filter(slot=OuterRef("slot"), member=member)))

    def of_account(self, account: Account) -> Self:
        """Those that a person takes part in, as an interviewer or as a candidate."""
        roles = [role.value for role in Role if role.includes(Role.INTERVIEWER)]
        panel = Panellist.objects.filter(
            slot=OuterRef("slot"), member__account=account, member__ended_at=None, member__role__in=roles
        )
        return self.filter(Exists(panel) | Q(application__candidate__account=account))


class Interview(TenantModel):
    """A talk with an applicant at a stage. Who is invited has no slot yet and may choose one.

    `during` and `time_zone` are the slot's, kept when the slot is gone. `uid` names the entry in
    people's calendars for good; `sequence` rises with each change that they must follow.
    """

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="interviews")
    stage = models.ForeignKey("ats.Stage", on_delete=models.PROTECT, related_name="+")
    slot = models.ForeignKey(
        InterviewSlot, null=True, blank=True, on_delete=models.SET_NULL, related_name="interviews"
    )
    during = DateTimeRangeField(null=True, blank=True)
    time_zone = models.CharField(max_length=50, blank=True, default="")
    state = models.CharField(max_length=9, choices=InterviewState.choices, default=InterviewState.INVITED)
    wish = models.CharField(
        max_length=500, blank=True, default="", help_text="Which other time the candidate asked for."
    )
    uid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["organisation", "-id"], name="interview_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage"],
                condition=~Q(state__in=OFF),
                name="interview_once",
            ),
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state__in=BOOKED), name="interview_slot_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=InterviewState.values), name="interview_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BOOKED) | Q(slot__isnull=False, during__isnull=False),
                name="interview_booked_has_a_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"interview {self.pk}"


class CalendarFeed(models.Model):
    """A private address under which a calendar program finds one's interviews.

    Its token is kept as SHA-256 alone.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="calendar_feeds")
    name = models.CharField(max_length=100, blank=True, default="")
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
