"""What tests of interviews stand on: a panel with slots tomorrow, and people at the stage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.types.range import TimestamptzRange

from ats.models import (
    Account,
    Application,
    InterviewSlot,
    Membership,
    Organisation,
    Role,
    Stage,
    Track,
)
from ats.selection.interviews.slots import open_slots
from tests.factories import (
    a_candidate,
    a_member,
    a_posting,
    an_account,
    an_application,
    an_organisation,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY: date = (datetime.now(SHANGHAI) + timedelta(days=1)).date()


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of tomorrow in Shanghai."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=SHANGHAI)


class Scene:
    """An organisation with a recruiter, an interviewer, and its interview stage."""

    def __init__(self) -> None:
        self.organisation: Organisation = an_organisation(name="Aurora", name_zh="曙光")
        self.recruiter: Membership = a_member(self.organisation)
        self.interviewer: Membership = a_member(self.organisation, Role.INTERVIEWER)
        self.stage: Stage = Stage.objects.for_org(self.organisation).get(kind="interview")
        self.algorithms, self.security, *_ = Track.objects.for_org(self.organisation)

    def slots(self, count: int = 1, *, hour: int = 9, **facts: Any) -> list[InterviewSlot]:
        """Of half an hour each, from nine o'clock."""
        defaults = {"members": [self.interviewer], "time_zone": "Asia/Shanghai"}
        first = TimestamptzRange(at(hour), at(hour, 30))
        return open_slots(
            by=self.recruiter, stage=self.stage, first=first, count=count, **{**defaults, **facts}
        )

    def applicant(self, account: Account | None = None, **facts: Any) -> Application:
        """Somebody with an account, at the stage."""
        posting = a_posting(self.organisation, track=facts.pop("track", self.algorithms))
        candidate = facts.pop("candidate", None) or a_candidate(
            self.organisation, account=account or an_account()
        )
        return an_application(posting, candidate, **{"stage": self.stage, **facts})


def local(instant: datetime) -> str:
    """As the API writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
