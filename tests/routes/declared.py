"""Every route and what it answers to whom. A new route is a new row in the file of its face."""

from tests.routes import (
    me,
    public,
    site,
    staff,
    staff_delivery,
    staff_interviews,
    staff_rules,
    staff_team,
    staff_triage,
)

STAFF = (staff, staff_triage, staff_team, staff_rules, staff_interviews, staff_delivery)
ROUTES = tuple(route for file in (site, public, me, *STAFF) for route in file.ROUTES)
