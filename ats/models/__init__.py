"""The tables, one file per aggregate."""

from ats.models.access import AccessRecord
from ats.models.account import Account
from ats.models.application import Application, ApplicationState
from ats.models.application_version import ApplicationVersion
from ats.models.assessment import Assessment, AssessmentResult
from ats.models.assignment import Assignment, AssignmentRule, AssignmentShare, PendingAssignment
from ats.models.campaign import Campaign
from ats.models.candidate import Candidate, Degree, Education
from ats.models.consent import Consent
from ats.models.credential import AccessToken, GuessBudget, LoginCode
from ats.models.delivery import UNSETTLED, Channel, Delivery, DeliveryState
from ats.models.department import Department
from ats.models.eligibility import Outcome, RuleSet, Verdict
from ats.models.endpoint import Endpoint
from ats.models.event import Event, EventType, FeedHorizon
from ats.models.idempotency import IdempotencyRecord
from ats.models.import_job import ImportJob, ImportKind, ImportState
from ats.models.institution import Institution, Region
from ats.models.interview import (
    BOOKED,
    CalendarFeed,
    Interview,
    InterviewSlot,
    InterviewState,
    Panellist,
    Room,
)
from ats.models.invitation import Invitation, InvitationState
from ats.models.location import Location
from ats.models.merge import DismissedPair, Merge
from ats.models.move import Move, MoveKind
from ats.models.note import Note
from ats.models.notice import NoticeTemplate, NotificationPreferences
from ats.models.offer import Offer, OfferState
from ats.models.organisation import Membership, Organisation, Role, SecondAcceptance
from ats.models.pipeline import Pipeline, Requirement, Stage, StageKind, Transition
from ats.models.posting import Posting, PostingKind, PostingState
from ats.models.question import QuestionKind, QuestionSet
from ats.models.referral import ReferralCode
from ats.models.rejection_reason import RejectionReason
from ats.models.resume import Resume, ResumeState
from ats.models.scorecard import Recommendation, Scorecard, ScorecardCriterion, ScorecardScore
from ats.models.tag import Tag, Tagging
from ats.models.track import UNCLASSIFIED, Track, TrackTerm
from ats.models.triage import Reservation, SavedView, StageTally

__all__ = [
    "BOOKED",
    "UNCLASSIFIED",
    "UNSETTLED",
    "AccessRecord",
    "AccessToken",
    "Account",
    "Application",
    "ApplicationState",
    "ApplicationVersion",
    "Assessment",
    "AssessmentResult",
    "Assignment",
    "AssignmentRule",
    "AssignmentShare",
    "CalendarFeed",
    "Campaign",
    "Candidate",
    "Channel",
    "Consent",
    "Degree",
    "Delivery",
    "DeliveryState",
    "Department",
    "DismissedPair",
    "Education",
    "Endpoint",
    "Event",
    "EventType",
    "FeedHorizon",
    "GuessBudget",
    "IdempotencyRecord",
    "ImportJob",
    "ImportKind",
    "ImportState",
    "Institution",
    "Interview",
    "InterviewSlot",
    "InterviewState",
    "Invitation",
    "InvitationState",
    "Location",
    "LoginCode",
    "Membership",
    "Merge",
    "Move",
    "MoveKind",
    "Note",
    "NoticeTemplate",
    "NotificationPreferences",
    "Offer",
    "OfferState",
    "Organisation",
    "Outcome",
    "Panellist",
    "PendingAssignment",
    "Pipeline",
    "Posting",
    "PostingKind",
    "PostingState",
    "QuestionKind",
    "QuestionSet",
    "Recommendation",
    "ReferralCode",
    "Region",
    "RejectionReason",
    "Requirement",
    "Reservation",
    "Resume",
    "ResumeState",
    "Role",
    "Room",
    "RuleSet",
    "SavedView",
    "Scorecard",
    "ScorecardCriterion",
    "ScorecardScore",
    "SecondAcceptance",
    "Stage",
    "StageKind",
    "StageTally",
    "Tag",
    "Tagging",
    "Track",
    "TrackTerm",
    "Transition",
    "Verdict",
]
