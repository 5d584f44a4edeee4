"""What a member has to do for an organisation, and what becomes of it when they may not do it any more."""

from __future__ import annotations

from ats.applications.assignments import LEAST_ROLE, assign_applications
from ats.applications.batches import MOST_AT_ONCE
from ats.models import Assignment, AssignmentShare, Membership, Reservation, Role
from ats.selection.interviews.panels import leave_panels
from ats.selection.interviews.slots import INTERVIEWS


def end_duties(*, by: Membership, member: Membership) -> None:
    """Take away whatever the member's role, or their leaving, does not allow any more.

    1. Without a recruiter's role: their applications are nobody's again, the rules pass over them, and
       what the queue had reserved for them is free.
    2. Without an interviewer's role: they are on no panel of an interview that is yet to come.
    """
    if not _may(member, LEAST_ROLE):
        assigned = list(Assignment.objects.filter(member=member).values_list("application", flat=True))
        for start in range(0, len(assigned), MOST_AT_ONCE):
            batch = assigned[start : start + MOST_AT_ONCE]
            assign_applications(by=by, applications=batch, to=None)
        AssignmentShare.objects.filter(member=member).delete()
        Reservation.objects.for_org(member.organisation).filter(account=member.account_id).delete()
    if not _may(member, INTERVIEWS):
        leave_panels(by=by, member=member)


def _may(member: Membership, least: Role) -> bool:
    return member.ended_at is None and Role(member.role).includes(least)
