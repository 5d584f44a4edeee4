"""The permission table: what a member's role must be at least, per resource and action."""

from __future__ import annotations

from ats.models import Role

READ = ("list", "retrieve")
WRITE = ("create", "update", "partial_update", "destroy")


def _row(resource: str, **least: Role) -> dict[tuple[str, str], Role]:
    """`read` and `write` stand for their groups of actions; any other name is an action."""
    groups = {"read": READ, "write": WRITE}
    return {(resource, action): role for name, role in least.items() for action in groups.get(name, (name,))}


LEAST_ROLE: dict[tuple[str, str], Role] = {
    **_row("organisation", read=Role.VIEWER, write=Role.OWNER),
    **_row("memberships", read=Role.VIEWER, write=Role.OWNER),
    **_row("invitations", read=Role.OWNER, write=Role.OWNER),
    **_row("campaigns", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("tracks", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("track-terms", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("locations", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("departments", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("pipelines", read=Role.VIEWER, write=Role.OWNER),
    **_row("pipeline-templates", list=Role.VIEWER),
    **_row("postings", read=Role.VIEWER, write=Role.RECRUITER, state=Role.RECRUITER),
    **_row("question-sets", read=Role.VIEWER, create=Role.RECRUITER),
    **_row("candidates", read=Role.INTERVIEWER),
    **_row("applications", read=Role.INTERVIEWER, counts=Role.INTERVIEWER, count=Role.INTERVIEWER),
    **_row("imports", read=Role.RECRUITER, create=Role.RECRUITER, mapping=Role.RECRUITER),
    **_row("imports", run=Role.RECRUITER, cancel=Role.RECRUITER),
    **_row("applications", import_people=Role.RECRUITER),
    **_row("applications", resume=Role.INTERVIEWER, export=Role.RECRUITER),
    **_row("saved-views", read=Role.INTERVIEWER, write=Role.INTERVIEWER),
    **_row("queue", list=Role.RECRUITER, next=Role.RECRUITER, destroy=Role.RECRUITER),
    **_row("duplicates", list=Role.RECRUITER),
    **_row("merges", read=Role.RECRUITER, create=Role.RECRUITER, undo=Role.RECRUITER),
    **_row("distinctions", read=Role.RECRUITER, create=Role.RECRUITER, destroy=Role.RECRUITER),
    **_row("moves", read=Role.INTERVIEWER, create=Role.INTERVIEWER, undo=Role.RECRUITER),
    **_row("offers", read=Role.RECRUITER, write=Role.RECRUITER, approve=Role.OWNER),
    **_row("offers", extend=Role.RECRUITER, withdraw=Role.RECRUITER),
    **_row("rejection-reasons", read=Role.INTERVIEWER, write=Role.RECRUITER),
    **_row(
        "rules",
        read=Role.VIEWER,
        proposals=Role.VIEWER,
        accept=Role.RECRUITER,
        counts=Role.VIEWER,
        preview=Role.RECRUITER,
        create=Role.RECRUITER,
        rejudge=Role.RECRUITER,
    ),
    **_row("verdicts", read=Role.INTERVIEWER),
    **_row("referral-codes", read=Role.RECRUITER, write=Role.RECRUITER),
    **_row("events", read=Role.RECRUITER),
    **_row("notes", read=Role.INTERVIEWER, write=Role.INTERVIEWER),
    **_row("tags", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("taggings", read=Role.INTERVIEWER, create=Role.RECRUITER),
    **_row("assignment-rules", read=Role.RECRUITER, write=Role.RECRUITER),
    **_row("assignments", read=Role.INTERVIEWER, create=Role.RECRUITER),
    **_row("scorecard-criteria", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("scorecards", read=Role.INTERVIEWER, write=Role.INTERVIEWER),
    **_row("rooms", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("interview-slots", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("interviews", read=Role.INTERVIEWER, slots=Role.RECRUITER),
    **_row(
        "interviews", create=Role.RECRUITER, slot=Role.RECRUITER, cancel=Role.RECRUITER, end=Role.INTERVIEWER
    ),
    **_row("assessments", read=Role.VIEWER, write=Role.RECRUITER),
    **_row("assessment-results", read=Role.INTERVIEWER, create=Role.RECRUITER),
    **_row("scorecards", submit=Role.INTERVIEWER, summary=Role.INTERVIEWER),
    **_row(
        "endpoints",
        read=Role.RECRUITER,
        write=Role.OWNER,
        secret=Role.OWNER,
        rotate=Role.OWNER,
        test=Role.RECRUITER,
    ),
    **_row("deliveries", read=Role.RECRUITER, redeliver=Role.RECRUITER),
    **_row("notice-templates", read=Role.VIEWER, write=Role.RECRUITER, preview=Role.RECRUITER),
}
