"""Searching people by text, by one of two plans.

A rare text is looked up: its people come from the index, and their applications from theirs. A
common one is met soon by reading the applications in the list's own order. PostgreSQL would choose
by its statistics, which know how often a term occurs and not which occur together: it reads on and on
for a common name at a common school.
"""

from __future__ import annotations

from ats.models import Application, Candidate
from ats.models.tenancy import TenantQuerySet

RARE = 1000  # people: looking up the applications of more takes as long as meeting 51 of them

Applications = TenantQuerySet[Application]


def searched(rows: Applications, text: str) -> Applications:
    """The applications among `rows`, which are one organisation's, of the people that `text` finds."""
    people = Candidate.objects.filter(organisation=rows.organisation, words__matches=text)
    found = list(people.values_list("pk", flat=True)[: RARE + 1])
    if len(found) > RARE:
        return rows.filter(candidate__words__matches=text)
    return rows.filter(candidate__in=found)
