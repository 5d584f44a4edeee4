"""Which applications a member sees. An interviewer sees those that they take part in.

The organisation may say otherwise: see `Organisation.interviewers_see_all`.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.models.application import Application
from ats.models.assignment import Assignment
from ats.models.candidate import Candidate
from ats.models.interview import Interview, Panellist
from ats.models.note import Note
from ats.models.organisation import Membership, Role
from ats.models.scorecard import Scorecard, blind_for

SEES_ALL = Role.RECRUITER  # from this role on
Rows = TypeVar("Rows", bound=QuerySet[Any])


def sees_all(member: Membership) -> bool:
    return Role(member.role).includes(SEES_ALL) or member.organisation.interviewers_see_all


def visible_rows(rows: Rows, member: Membership) -> Rows:
    """Of a tenant's rows those that a member sees: what is about an application of theirs."""
    if sees_all(member):
        return rows
    if rows.model is Application:
        return rows.filter(_takes_part(member, "pk"))
    if rows.model is Candidate:
        theirs = Application.objects.filter(_takes_part(member, "pk"), candidate=OuterRef("pk"))
        return rows.filter(Exists(theirs))
    if any(column.name == "application" for column in rows.model._meta.fields):
        return rows.filter(_takes_part(member, "application"))
    return rows


def visible_notes(rows: QuerySet[Note], member: Membership) -> QuerySet[Note]:
    """The member's notes; and others', unless the member has yet to file a scorecard on the application.

    An opinion that was read before is an opinion that was borrowed.
    """
    return visible_rows(rows, member).filter(Q(author=member) | ~blind_for(member, OuterRef("application")))


def _takes_part(member: Membership, application: str) -> Q:
    """On the panel of an interview, as the author of a scorecard, or as the one who looks after it."""
    of_row = {"application": OuterRef(application)}
    seats = Panellist.objects.filter(slot__interviews=OuterRef("pk"), member=member)
    interviews = Interview.objects.live().filter(Exists(seats), **of_row)
    cards = Scorecard.objects.filter(interviewer=member, **of_row)
    return (
        Q(Exists(interviews))
        | Q(Exists(cards))
        | Q(Exists(Assignment.objects.filter(member=member, **of_row)))
    )
