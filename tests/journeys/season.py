"""A season's cast, each at the API with a token of their own, and what they say to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.core import mail
from django.db.models.functions import Now
from rest_framework.test import APIClient

from ats.applications.moves.closing import close_announced
from ats.applications.pending_assignments import distribute_all_pending
from ats.delivery.sending import drain
from ats.models import Account, Delivery
from tests.factories import a_client, an_organisation

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()
DAYS: dict[str, Any] = {
    "opens_on": str(TOMORROW - timedelta(days=30)),
    "closes_on": str(TOMORROW + timedelta(days=30)),
}
FAMILIES, GIVEN = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋"


class Caller:
    """A visitor of the API who is refused nothing unawares."""

    def __init__(self, client: APIClient) -> None:
        self._client = client

    def get(self, path: str, **query: Any) -> Any:
        """The document, or the rows of all pages."""
        answer = self._answer("get", path, query)
        if "results" not in answer or "next" not in answer:
            return answer
        rows = answer["results"]
        while answer["next"]:
            answer = self._client.get(answer["next"]).json()
            rows += answer["results"]
        return rows

    def post(self, path: str, status: int = 0, **body: Any) -> Any:
        return self._answer("post", path, body, status)

    def put(self, path: str, status: int = 0, **body: Any) -> Any:
        return self._answer("put", path, body, status)

    def patch(self, path: str, **body: Any) -> Any:
        return self._answer("patch", path, body)

    def delete(self, path: str) -> None:
        self._answer("delete", path, {}, status=204)

    def _answer(self, method: str, path: str, sent: dict[str, Any], status: int = 0) -> Any:
        answer = getattr(self._client, method)(f"/api/v1/{path}", sent)
        expected = {status} if status else {200, 201}
        assert answer.status_code in expected, (method, path, answer.status_code, answer.content[:500])
        return answer.json() if answer.content else None


def an_employer() -> Caller:
    """The owner of a new organisation."""
    organisation = an_organisation(name="Aurora", name_zh="曙光")
    return Caller(a_client(Account.objects.get(memberships__organisation=organisation)))


def a_colleague(owner: Caller, email: str, role: str) -> tuple[Caller, int]:
    """Somebody who accepts the owner's invitation, and the membership."""
    invitation = owner.post("invitations/", email=email, role=role)
    colleague = Caller(a_client(Account.objects.for_email(email)[0]))
    member = colleague.post(f"me/invitations/{invitation['id']}/accept/", status=200)
    return colleague, member["id"]


def signed_in(email: str) -> Caller:
    """Somebody who proves an address by the code that is mailed to it."""
    nobody = Caller(a_client())
    nobody.post("codes/", status=202, email=email, language="zh-hans")
    all_is_sent()
    subjects = [str(letter.subject) for letter in mail.outbox if letter.to == [email]]
    *_earlier, code = re.findall(r"\d{6}", " ".join(subjects))
    client = a_client()
    token = nobody.post("tokens/", email=email, code=code)["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return Caller(client)


def people(count: int, first: int = 0) -> list[dict[str, Any]]:
    """Students, each with an address of their own."""
    return [
        {
            "name": FAMILIES[n % 10] + GIVEN[n // 10 % 10] + GIVEN[n // 100],
            "email": f"student{n}@example.com",
            "phone": f"138{n:08}",
            "institution": "清华大学" if n % 2 else "浙江大学",
            "degree": 3 + n % 2,
            "major": "Computing",
            "graduation": "2027-06" if n % 5 else "2028-06",
        }
        for n in range(first, first + count)
    ]


def at(hour: int) -> str:
    """An hour of tomorrow."""
    return datetime.combine(TOMORROW, time(hour), UTC).isoformat()


def a_day_passes() -> None:
    """All that waits is due, and sent."""
    Delivery.objects.filter(state="due").update(due_at=Now())
    all_is_sent()
    workers_catch_up()


def all_is_sent() -> None:
    """A drain ends with its turn, whether or not all is done."""
    while drain():
        pass


def workers_catch_up() -> None:
    """What a worker does after a commit and by the clock."""
    distribute_all_pending()
    close_announced()


@dataclass
class Season:
    """Who works in it, and the ids of what they made."""

    owner: Caller = field(default_factory=an_employer)
    ids: dict[str, Any] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    postings: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.anna, self.ids["anna"] = a_colleague(self.owner, "anna@aurora.example", "recruiter")
        self.ben, self.ids["ben"] = a_colleague(self.owner, "ben@aurora.example", "recruiter")
        self.ivy, self.ids["ivy"] = a_colleague(self.owner, "ivy@aurora.example", "interviewer")

    def moved(self, to: str, by: Caller | None = None, **chosen: Any) -> Counter[str]:
        """How many went to a stage, and how many were refused for what."""
        return results((by or self.anna).post("moves/", to_stage=self.stages[to], **chosen))

    def rejected(self, **chosen: Any) -> Counter[str]:
        return results(self.anna.post("moves/", kind="reject", rejection_reason=self.ids["reason"], **chosen))

    def at(self, stage: str, **more: Any) -> dict[str, Any]:
        """The filter for those who are still there."""
        return {"stage": self.stages[stage], "state": "active", **more}


def results(report: dict[str, Any]) -> Counter[str]:
    return Counter(item["result"] for item in report["items"])
