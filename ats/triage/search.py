"""Filtering applications by a text that describes the person, by one of two plans.

A rare text is looked up: its people come from the index, and their applications from theirs. A common
text is found soon by reading the applications in the order of the list. PostgreSQL would choose by its
statistics, which know how often a term occurs but not which terms occur together: for a common name at a
common school it would read nearly everything.
"""

from __future__ import annotations

from ats.models import Application, Candidate
from ats.models.tenancy import TenantQuerySet

RARE = 1000  # people: looking up the applications of more takes as long as meeting 51 of them

Applications = TenantQuerySet[Application]


def filter_by_text(rows: Applications, text: str) -> Applications:
    """The applications among `rows`, which are one organisation's, of the people that `text` finds."""
    people = Candidate.objects.filter(organisation=rows.organisation).matching(text)
    found = list(people.values_list("pk", flat=True)[: RARE + 1])
    if len(found) > RARE:  # no whole e-mail: so many do not share one
        return rows.filter(candidate__words__matches=text)
    return rows.filter(candidate__in=found)
