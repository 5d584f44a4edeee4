"""The addresses of the HTTP API, by who asks: anybody, a candidate, an organisation's people."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from api.document import document
from api.me.account import Me
from api.me.applications import MyApplications
from api.me.calendars import Calendar, Calendars
from api.me.codes import Codes
from api.me.consents import Consents
from api.me.interviews import MyInterviews
from api.me.memberships import MyInvitations, MyMemberships
from api.me.notices import Notices
from api.me.offers import MyOffers
from api.me.postings import MyPostings
from api.me.preferences import Preferences
from api.me.profile import Profile
from api.me.resumes import MyResumes
from api.me.rights import AccessLog, Erasure, Export, ExportArchive, Rectification
from api.me.tokens import Tokens
from api.public.consent_texts import ConsentTexts
from api.public.eligibility import EligibilityCheck
from api.public.event_types import EventTypes
from api.public.institutions import Institutions
from api.public.postings import PublicPostings
from api.public.rule_kinds import RuleKinds
from api.staff.applications import Applications
from api.staff.assessments import AssessmentResults, Assessments
from api.staff.assignments import AssignmentRules, Assignments
from api.staff.campaigns import Campaigns
from api.staff.candidates import Candidates
from api.staff.deliveries import Deliveries
from api.staff.duplicates import Distinctions, Duplicates, Merges
from api.staff.endpoints import Endpoints
from api.staff.events import Events
from api.staff.imports import Imports
from api.staff.interview_slots import InterviewSlots, Rooms
from api.staff.interviews import Interviews
from api.staff.invitations import Invitations
from api.staff.locations import Departments, Locations
from api.staff.memberships import Memberships
from api.staff.moves import Moves
from api.staff.notes import Notes
from api.staff.notice_templates import NoticeTemplates
from api.staff.offers import Offers
from api.staff.organisation import CurrentOrganisation
from api.staff.pipelines import Pipelines, PipelineTemplates
from api.staff.postings import Postings
from api.staff.question_sets import QuestionSets
from api.staff.queue import Queue
from api.staff.referral_codes import ReferralCodes
from api.staff.rejection_reasons import RejectionReasons
from api.staff.rules import Rules
from api.staff.saved_views import SavedViews
from api.staff.scorecards import ScorecardCriteria, Scorecards
from api.staff.tags import Taggings, Tags
from api.staff.tracks import Tracks, TrackTerms
from api.staff.verdicts import Verdicts

PUBLIC: dict[str, type[ViewSetMixin]] = {
    "public/postings": PublicPostings,
    "event-types": EventTypes,
    "institutions": Institutions,
    "rule-kinds": RuleKinds,
}
CANDIDATE: dict[str, type[ViewSetMixin]] = {
    "tokens": Tokens,
    "me/applications": MyApplications,
    "me/consents": Consents,
    "me/access-log": AccessLog,
    "me/resumes": MyResumes,
    "me/notices": Notices,
    "me/offers": MyOffers,
    "me/interviews": MyInterviews,
    "me/calendars": Calendars,
    "me/memberships": MyMemberships,
    "me/invitations": MyInvitations,
}
STAFF: dict[str, type[ViewSetMixin]] = {
    "memberships": Memberships,
    "invitations": Invitations,
    "campaigns": Campaigns,
    "tracks": Tracks,
    "track-terms": TrackTerms,
    "locations": Locations,
    "departments": Departments,
    "pipelines": Pipelines,
    "pipeline-templates": PipelineTemplates,
    "postings": Postings,
    "question-sets": QuestionSets,
    "candidates": Candidates,
    "applications": Applications,
    "saved-views": SavedViews,
    "queue": Queue,
    "duplicates": Duplicates,
    "merges": Merges,
    "distinctions": Distinctions,
    "moves": Moves,
    "offers": Offers,
    "rejection-reasons": RejectionReasons,
    "rules": Rules,
    "verdicts": Verdicts,
    "referral-codes": ReferralCodes,
    "events": Events,
    "notes": Notes,
    "tags": Tags,
    "taggings": Taggings,
    "assignment-rules": AssignmentRules,
    "assignments": Assignments,
    "scorecard-criteria": ScorecardCriteria,
    "scorecards": Scorecards,
    "assessments": Assessments,
    "assessment-results": AssessmentResults,
    "rooms": Rooms,
    "imports": Imports,
    "interview-slots": InterviewSlots,
    "interviews": Interviews,
    "endpoints": Endpoints,
    "deliveries": Deliveries,
    "notice-templates": NoticeTemplates,
}

router = SimpleRouter()
for prefix, viewset in (PUBLIC | CANDIDATE | STAFF).items():
    router.register(prefix, viewset, basename=prefix.replace("/", "-"))

v1: list[URLPattern | URLResolver] = [
    path("codes/", Codes.as_view(), name="codes"),
    path("eligibility/check", EligibilityCheck.as_view(), name="eligibility-check"),
    path("eligibility/check/", EligibilityCheck.as_view(schema=None)),
    path("me/", Me.as_view(), name="me"),
    path("me/postings/", MyPostings.as_view(), name="me-postings"),
    path("me/profile/", Profile.as_view(), name="me-profile"),
    path("me/preferences/", Preferences.as_view(), name="me-preferences"),
    path("me/export/", Export.as_view(), name="me-export"),
    path("me/export/archive/", ExportArchive.as_view(), name="me-export-archive"),
    path("me/rectification/", Rectification.as_view(), name="me-rectification"),
    path("me/erasure/", Erasure.as_view(), name="me-erasure"),
    path("public/consent-texts/", ConsentTexts.as_view(), name="public-consent-texts"),
    path("calendar/<str:token>.ics", Calendar.as_view(), name="calendar"),
    path("organisation/", CurrentOrganisation.as_view(), name="organisation"),
    *router.urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include(v1)),
    path("schema/", document, name="schema"),
]
