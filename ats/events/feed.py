"""Following the event log without missing a row, however late its transaction commits.

Ids, of rows and of transactions alike, are handed out long before commit, so events appear in neither
order. An event gets its number when it can be seen, and one process at a time gives numbers, in the
order of ids. So whoever sees a number sees every lower one; and of two changes of one thing, the second
of which waited for the first, the first has the lower number.
"""

from __future__ import annotations

import re

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from ats.common.errors import Gone, Invalid
from ats.common.pinned_plans import lock_and_pin
from ats.models import Event, Organisation
from ats.models.tenancy import TenantQuerySet

WRITTEN = re.compile("[0-9]{1,18}", re.ASCII)
START = 0  # before the first event
BATCH = 5000
NUMBERING = 0x0D11_7E3  # the advisory lock of whoever gives numbers

IS_ANY_NEW = "SELECT EXISTS (SELECT FROM ats_event WHERE number IS NULL)"
# A statement of its own after the lock: its snapshot sees what the last process has numbered. The order
# names the number, which is null, as only the index of the unnumbered has it.
NUMBER = """
WITH seen AS MATERIALIZED (
    SELECT id, nextval('ats_event_number') AS number
    FROM (SELECT id FROM ats_event WHERE number IS NULL ORDER BY number, id LIMIT %s) new
)
UPDATE ats_event e SET number = ((SELECT jsonb_object_agg(id, number) FROM seen) ->> e.id::text)::bigint
WHERE e.id = ANY(ARRAY(SELECT id FROM seen))
"""


class CursorExpired(Gone):
    """The cursor lies before what is kept: whoever stood there has missed something."""


def read_cursor(text: str) -> int:
    """The number that a cursor stands for. Raises ValueError for any other text."""
    if not WRITTEN.fullmatch(text):
        raise ValueError("not a cursor of the feed")
    return int(text)


def follow(organisation: Organisation, *, after: int = START) -> TenantQuerySet[Event]:
    """The organisation's events behind a cursor, in the order of the feed.

    Nothing can appear among them any more, so whoever goes on from the last one has missed nothing.
    New events are in it after `number_events`. Raises CursorExpired("cursor_expired"), and
    Invalid("cursor_ahead") for a cursor that the organisation's feed has not reached.
    """
    if after != START:
        _require_within(organisation, after)
    return Event.objects.for_org(organisation).filter(number__gt=after).order_by("number")


def newest_number(organisation: Organisation) -> int:
    """The end of the organisation's feed as it is now."""
    numbered = Event.objects.for_org(organisation).filter(number__isnull=False)
    return numbered.order_by("-number").values_list("number", flat=True).first() or START


def number_events() -> int:
    """Give numbers to the events that can be seen and have none, BATCH at most; to how many.

    Costs one look at an index where there are none.
    """
    with connection.cursor() as cursor:
        cursor.execute(IS_ANY_NEW)
        if cursor.fetchone() == (False,):
            return 0
        with transaction.atomic():
            lock_and_pin(cursor, NUMBERING)
            cursor.execute(NUMBER, [BATCH])
            return int(cursor.rowcount)


def number_all_events() -> None:
    while number_events() == BATCH:
        pass


def _require_within(organisation: Organisation, after: int) -> None:
    """A cursor of this feed is neither before what is kept nor behind the end."""
    newest = Event.objects.filter(organisation=OuterRef("pk"), number__isnull=False).order_by("-number")
    rows = Organisation.objects.filter(pk=organisation.pk)
    horizon, end = rows.values_list("feedhorizon__number", Subquery(newest.values("number")[:1])).get()
    if horizon is not None and after < horizon:
        sentence = _("Events behind this cursor were deleted: start without one.")
        raise CursorExpired("cursor_expired", sentence, field="after")
    if after > max(end or START, horizon or START):
        sentence = _("The feed has not reached this cursor. After a restore of the site, start without one.")
        raise Invalid("cursor_ahead", sentence, field="after")
