"""A storm: people apply while parts of the site are killed. Then what was promised is compared."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
from django.core.management import call_command
from django.db import Error, connection
from django.db.models.functions import Now

from ats.models import Account, Delivery, Endpoint, Membership, Role
from ats.organisations.endpoints import create_endpoint
from ats.people.access_tokens import issue_token
from tests.crash.comparing import TOLD, Arrived, Promised, Report, compare, mailed
from tests.crash.site import Site
from tests.factories import a_member, a_posting, an_account, an_organisation
from tests.receivers import Receiver, after, answer, lie, receiving, reset

APPLICANTS = 4
PATIENCE = 180  # seconds of the calm after the storm in which nothing more is settled
AT_WORK = 20  # seconds for the site to be at work again after a kill
MOODS = [answer(204)] * 6 + [answer(500), answer(429, Retry_After="1"), after(0.5), after(6), reset, lie]


def moody(request: BaseHTTPRequestHandler) -> None:
    random.choice(MOODS)(request)


class Storm:
    """People who apply over HTTP, two receivers (one of them moody), and a site that is being killed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.calm = threading.Event()
        self.promised = Promised()
        self.over = threading.Event()
        self.followed: list[int] = []  # ids of events, as the feed gave them
        call_command("migrate", verbosity=0)
        self.owner = a_member(an_organisation(), Role.OWNER)

    def rage(self, kills: int) -> Report:
        self.site.keep_running()
        with ExitStack() as stack:
            self.steady = stack.enter_context(receiving(answer(204)))
            self.moody = stack.enter_context(receiving(moody))
            for receiver in (self.steady, self.moody):
                self.listen(self.owner, receiver)
            _token, secret = issue_token(account=self.owner.account)
            reader = threading.Thread(target=self.keep_following, args=[secret], daemon=True)
            reader.start()
            people = [
                threading.Thread(target=self.keep_applying, args=[n], daemon=True) for n in range(APPLICANTS)
            ]
            for person in people:
                person.start()
            done = Counter(self.kill_in_use(number) for number in range(kills))
            self.calm.set()
            self.moody.behave = answer(204)  # the storm is over for receivers too
            for person in people:
                person.join()
            self.wait_until_settled()
            self.over.set()
            reader.join()
            folder = Path(self.site.env["MAILBOX_DIR"])
            arrived = Arrived(self.steady.ids, self.moody.ids, mailed(folder), self.followed)
            return compare(done, self.promised, arrived)

    def kill_in_use(self, number: int) -> str:
        """Kill something once a few more have applied, so that each kill meets a site at work."""
        enough = len(self.promised.submitted) + self.site.random.randrange(1, 8)
        give_up = time.monotonic() + AT_WORK
        while len(self.promised.submitted) < enough and time.monotonic() < give_up:
            time.sleep(0.01)
        return self.site.kill_something(number)

    def listen(self, owner: Membership, receiver: Receiver) -> None:
        create_endpoint(by=owner, url=receiver.url, types=list(TOLD))

    def keep_applying(self, number: int) -> None:
        """Apply and withdraw again, over and over, each request repeated with its key until answered."""
        count = 0
        while not self.calm.is_set():
            count += 1
            try:
                posting = a_posting(self.owner.organisation)
                account = an_account(
                    email=f"p{number}-{count}@example.com", profile={"basics": {"name": "P"}}
                )
                self.apply(account, posting.pk)
            except Error:
                connection.close()
        connection.close()

    def apply(self, account: Account, posting: int) -> None:
        _token, secret = issue_token(account=account)
        mine = "/api/v1/me/applications/"
        pk = self.insist(mine, {"posting": posting}, secret, key=f"apply-{account.pk}")
        self.promised.submitted.append(pk)
        self.insist(f"{mine}{pk}/withdraw/", {}, secret, key=f"withdraw-{account.pk}")
        self.promised.withdrawn.append(pk)

    def insist(self, path: str, body: dict[str, int], secret: str, *, key: str) -> int:
        """Ask until it is done; the id in the answer, 0 where an earlier answer was lost."""
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        while True:
            with suppress(httpx.TransportError):
                got = httpx.post(f"{self.site.address}{path}", json=body, headers=headers, timeout=10)
                if got.is_success or got.status_code == httpx.codes.CONFLICT:
                    return int(got.json().get("id", 0))
            time.sleep(0.1)

    def keep_following(self, secret: str) -> None:
        """Read the feed from its beginning, over every restart, until it ends after the storm."""
        url = f"{self.site.address}/api/v1/events/"
        headers = {"Authorization": f"Bearer {secret}"}
        while True:
            is_last = self.over.is_set()
            with suppress(httpx.TransportError):
                got = httpx.get(url, headers=headers, timeout=10)
                if got.is_success:
                    page = got.json()
                    self.followed += [row["id"] for row in page["results"]]
                    url = page["next"]
                    if is_last and not page["results"]:
                        return
            time.sleep(0.1)

    def wait_until_settled(self) -> None:
        """Lets the hours pass that retries and leases take, until nothing is due."""
        connection.close()  # it may have gone with the database
        give_up = time.monotonic() + PATIENCE
        left = Delivery.objects.filter(state="due")
        before = left.count()
        while (now := left.count()) and time.monotonic() < give_up:
            give_up = time.monotonic() + PATIENCE if now < before else give_up
            before = now
            time.sleep(8)  # longer than the slowest receiver, so that nothing under way is taken away
            Delivery.objects.filter(state="due", leased_until__isnull=False).update(leased_until=Now())
            Delivery.objects.filter(state="due").update(due_at=Now())
            Endpoint.objects.update(rests_until=None)
