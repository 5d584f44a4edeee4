"""What was promised, against what is there, once a storm is over."""

from __future__ import annotations

import mailbox
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from ats.models import Application, Delivery, Event

TOLD = ("application.submitted", "application.withdrawn")
HEARERS = 3  # the candidate by mail, and two endpoints


@dataclass
class Report:
    """What became of a storm. `lost` counts what was promised and is not there."""

    kills: Counter[str]
    applied: int
    deliveries: Counter[str]
    lost: int
    repeated: int
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills.total()} kills {dict(self.kills)}; {self.applied} applications, "
            f"deliveries {dict(self.deliveries)}; lost {self.lost}, repeated {self.repeated}"
            + "".join(f"\n  wrong: {line}" for line in self.wrong)
        )


@dataclass
class Promised:
    """The ids of applications that were answered with success."""

    submitted: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)


@dataclass
class Arrived:
    """Delivery ids in the order in which they arrived, by where; and events, as the feed told them."""

    steady: list[str]
    moody: list[str]
    mailed: list[str]
    followed: list[int]

    @property
    def places(self) -> list[list[str]]:
        return [self.steady, self.moody, self.mailed]

    @property
    def repeated(self) -> int:
        """How often something was sent again that had been taken."""
        return sum(count - 1 for ids in (self.steady, self.mailed) for count in Counter(ids).values())


def mailed(folder: Path) -> list[str]:
    """The ids of the mails in a Maildir, the oldest first."""
    box = mailbox.Maildir(folder, create=False)
    letters = sorted(box.keys(), key=lambda key: (folder / "new" / key).stat().st_mtime_ns)
    return [str(box[key]["Message-ID"]).strip("<>").removesuffix("@intake") for key in letters]


def compare(kills: Counter[str], promised: Promised, arrived: Arrived) -> Report:
    deliveries = Delivery.objects.filter(event__type__in=TOLD)
    sent = {str(uid) for uid in deliveries.filter(state="sent").values_list("uid", flat=True)}
    there = set(Application.objects.values_list("id", flat=True))
    gone = set(Application.objects.filter(state="withdrawn").values_list("id", flat=True))
    return Report(
        kills,
        len(promised.submitted),
        Counter(deliveries.values_list("state", flat=True)),
        lost=len(sent.difference(*arrived.places))
        + len(set(promised.submitted) - there)
        + len(set(promised.withdrawn) - gone),
        repeated=arrived.repeated,
        wrong=contradictions(promised, arrived),
    )


def contradictions(promised: Promised, arrived: Arrived) -> list[str]:
    """Everything that must never be, and is."""
    applied = list(Application.objects.values_list("id", flat=True))
    withdrawn = list(Application.objects.filter(state="withdrawn").values_list("id", flat=True))
    uids = {str(uid) for uid in Delivery.objects.values_list("uid", flat=True)}
    checks = {
        "answered twice for one": len(promised.submitted) != len(set(promised.submitted)),
        "an application without its one event": events(TOLD[0]) != Counter(applied),
        "a withdrawal without its one event": events(TOLD[1]) != Counter(withdrawn),
        "an event without its deliveries": recipient_params() != dict.fromkeys(recipient_params(), HEARERS)
        or len(recipient_params()) != len(applied) + len(withdrawn),
        "a delivery neither sent nor dead": Delivery.objects.exclude(state__in=["sent", "dead"]).exists(),
        "a dead letter without a reason": Delivery.objects.filter(state="dead", last_error="").exists(),
        "something told under an id that nobody gave": not uids.issuperset(chain(*arrived.places)),
        "a feed that skips, repeats or is out of order": arrived.followed
        != list(Event.objects.order_by("number").values_list("id", flat=True)),
        "told out of order": any(out_of_order(ids) for ids in arrived.places),
    }
    return [sentence for sentence, is_so in checks.items() if is_so]


def events(type: str) -> Counter[int | None]:
    return Counter(Event.objects.filter(type=type).values_list("application", flat=True))


def recipient_params() -> dict[int | None, int]:
    """How many deliveries each event has."""
    return Counter(Delivery.objects.filter(event__type__in=TOLD).values_list("event", flat=True))


def out_of_order(ids: Iterable[str]) -> list[int]:
    """The applications of which a later event arrived before an earlier one."""
    rows = Delivery.objects.filter(event__type__in=TOLD).values_list("uid", "application", "event")
    known = {str(uid): (application, event) for uid, application, event in rows}
    first: defaultdict[int, list[int]] = defaultdict(list)
    for uid in dict.fromkeys(ids):
        if uid in known:
            application, event = known[uid]
            first[application or 0].append(event or 0)
    return [application for application, events in first.items() if events != sorted(events)]
