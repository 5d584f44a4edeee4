from __future__ import annotations

from django.db import models
from django.db.models import Q, Value

from ats.models.functions import TransactionId, TransactionIdField
from ats.models.tenancy import TenantModel, TenantQuerySet


class EventType(models.TextChoices):
    """The catalogue: every change that can be heard of, as `subject.what_happened`."""

    APPLICATION_SUBMITTED = "application.submitted", "A candidate applied."
    CANDIDATE_RECTIFIED = "candidate.rectified", "A candidate's record was brought up to date."
    CANDIDATE_ERASED = "candidate.erased", "Personal data was taken out: do so too."
    CONSENT_GIVEN = "consent.given", "A candidate agreed to a purpose."
    CONSENT_WITHDRAWN = "consent.withdrawn", "A candidate no longer agrees to a purpose."
    CANDIDATES_MERGED = "candidate.merged", "Two records were found to be of one person."
    CANDIDATES_UNMERGED = "candidate.unmerged", "That finding was taken back."
    CANDIDATES_DISTINGUISHED = "candidate.distinguished", "Two records that look alike are of two people."
    DISTINCTION_REMOVED = "candidate.distinction_removed", "That they are two people was taken back."
    APPLICATION_MOVED = "application.moved", "An application went to another stage."
    APPLICATION_REJECTED = "application.rejected", "An application was turned down, in its stage."
    APPLICATION_WITHDRAWN = "application.withdrawn", "An application was taken back."
    APPLICATION_HIRED = "application.hired", "An application filled a seat of its posting."
    APPLICATION_UNREJECTED = "application.unrejected", "A rejection was taken back."
    MOVE_UNDONE = "move.undone", "An application went back to where it was before a move."
    OFFER_DRAFTED = "offer.drafted", "An offer was written."
    OFFER_CHANGED = "offer.changed", "A draft of an offer was rewritten."
    OFFER_APPROVED = "offer.approved", "An offer may be extended."
    OFFER_EXTENDED = "offer.extended", "An offer was made to the candidate, until a deadline."
    OFFER_ACCEPTED = "offer.accepted", "The candidate accepted."
    OFFER_DECLINED = "offer.declined", "The candidate declined."
    OFFER_REMINDED = "offer.reminded", "A reminder of an offer that ends within a day was due."
    OFFER_EXPIRED = "offer.expired", "The deadline of an offer passed without an answer."
    OFFER_WITHDRAWN = "offer.withdrawn", "An offer was taken back."
    PIPELINE_CREATED = "pipeline.created", "A pipeline was made."
    PIPELINE_UPDATED = "pipeline.updated", "A pipeline's stages or edges changed."
    PIPELINE_DELETED = "pipeline.deleted", "A pipeline that nothing used was deleted."
    APPLICATION_JUDGED = "application.judged", "An application was judged again by the rules of now."
    APPLICATION_TAGGED = "application.tagged", "A tag was put on an application."
    APPLICATION_UNTAGGED = "application.untagged", "A tag was taken off an application."
    APPLICATION_ASSIGNED = "application.assigned", "An application was given to a recruiter."
    APPLICATION_UNASSIGNED = "application.unassigned", "An application was taken from its recruiter."
    APPLICATION_REAPPLIED = "application.reapplied", "A candidate applied again after withdrawing."
    APPLICATION_CORRECTED = "application.corrected", "A candidate corrected an application."
    NOTE_ADDED = "note.added", "A member wrote a note on an application."
    NOTE_CHANGED = "note.changed", "A note was rewritten by its author."
    NOTE_REMOVED = "note.removed", "A note was deleted."
    SCORECARD_FILED = "scorecard.filed", "An interviewer filed a scorecard."
    SLOTS_OPENED = "slot.opened", "Slots for interviews were opened."
    SLOT_PANEL_CHANGED = "slot.panel_changed", "Other interviewers sit in a slot."
    SLOT_REMOVED = "slot.removed", "A slot that nobody had was removed."
    INTERVIEW_INVITED = "interview.invited", "A candidate may choose a slot for an interview."
    INTERVIEW_SCHEDULED = "interview.scheduled", "An interview has a slot."
    INTERVIEW_CONFIRMED = "interview.confirmed", "The candidate will come to the interview."
    INTERVIEW_RESCHEDULED = "interview.rescheduled", "An interview has another slot."
    INTERVIEW_PANEL_CHANGED = "interview.panel_changed", "Other interviewers will conduct an interview."
    INTERVIEW_DECLINED = "interview.declined", "The candidate will not come to the interview."
    ANOTHER_TIME_ASKED = "interview.another_time_asked", "The candidate asks for another time."
    INTERVIEW_ENDED = "interview.ended", "Whether the candidate came to the interview was put down."
    INTERVIEW_REMINDED = "interview.reminded", "A reminder of an interview within a day was due."
    INTERVIEW_CHOICE_REMINDED = "interview.choice_reminded", "A reminder to choose a slot was due."
    INTERVIEW_CANCELLED = "interview.cancelled", "An interview was called off."
    ASSESSMENT_RESULT_FILED = "assessment.result_filed", "A written test's result came in, or was corrected."
    POSTING_CREATED = "posting.created", "A posting was made or imported."
    POSTING_UPDATED = "posting.updated", "A posting's text or facts changed."
    QUESTIONS_SAVED = "questions.saved", "A posting's questions got a new version."
    PREFERENCES_RANKED = "preferences.ranked", "A candidate ranked the postings of a season anew."
    POSTING_STATE_CHANGED = "posting.state_changed", "A posting was opened, paused or closed."
    ENDPOINT_CREATED = "endpoint.created", "A webhook endpoint was added."
    ENDPOINT_UPDATED = "endpoint.updated", "A webhook endpoint was changed or switched on or off."
    ENDPOINT_ROTATED = "endpoint.rotated", "A webhook endpoint got a new signing secret."
    ENDPOINT_DISABLED = "endpoint.disabled", "A webhook endpoint was switched off for its failures."
    ENDPOINT_REMOVED = "endpoint.removed", "A webhook endpoint was removed."
    ENDPOINT_TESTED = "endpoint.tested", "Somebody asked for a test; only this endpoint hears of it."
    MEMBER_INVITED = "member.invited", "An address was asked to join the organisation."
    INVITATION_REVOKED = "member.invitation_revoked", "An invitation to join was taken back."
    INVITATION_DECLINED = "member.invitation_declined", "Who was invited will not join."
    MEMBER_JOINED = "member.joined", "Somebody accepted an invitation and is a member."
    MEMBER_ROLE_CHANGED = "member.role_changed", "A member has another role."
    MEMBER_REMOVED = "member.removed", "An owner ended a membership."
    MEMBER_LEFT = "member.left", "A member left the organisation."
    SETTING_CREATED = "setting.created", "Something that the organisation sets up was added."
    SETTING_CHANGED = "setting.changed", "Something that the organisation has set up was changed."
    SETTING_REMOVED = "setting.removed", "Something that the organisation had set up was removed."
    NOTIFICATIONS_CHANGED = "candidate.notifications_changed", "A candidate chose which mails to get."
    RULES_SAVED = "rules.saved", "Eligibility rules got a new version."


class Event(TenantModel):
    """One change, written in the transaction that made it: audit trail, change feed and outbox in one.

    `xid` is the writing transaction. Ids are handed out before commit, so rows appear out of id order:
    readers follow `number`, which a row gets when it can be seen (see `ats.events.feed`).
    `data` contains what changed, ids and codes only: no personal data.
    """

    xid = TransactionIdField(db_default=TransactionId(), editable=False)
    type = models.CharField(max_length=40, help_text="A row of the catalogue.")
    actor = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    move = models.ForeignKey(
        "ats.Move", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    posting = models.ForeignKey(
        "ats.Posting", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    candidate = models.ForeignKey(
        "ats.Candidate", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    application = models.ForeignKey(
        "ats.Application",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,  # it has one with the id behind it
    )
    data = models.JSONField(db_default=Value({}, models.JSONField()))
    number = models.BigIntegerField(null=True, editable=False, help_text="Its position in the change feed.")

    objects = TenantQuerySet["Event"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["xid"], name="event_of_transaction"),
            models.Index(
                fields=["organisation", "number"], condition=Q(number__isnull=False), name="event_feed"
            ),
            models.Index(
                fields=["number", "id"], condition=Q(number__isnull=True), name="event_without_number"
            ),
            models.Index(fields=["application", "id"], name="event_of_application"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class FeedHorizon(models.Model):
    """Up to where an organisation's events were forgotten: a reader behind it gets an error."""

    organisation = models.OneToOneField("ats.Organisation", primary_key=True, on_delete=models.CASCADE)
    number = models.BigIntegerField(help_text="Of the last event that was forgotten.")

    def __str__(self) -> str:
        return f"after {self.number}"
