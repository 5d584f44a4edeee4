"""`manage.py demo`: the main job once, against the running site, with every request and answer."""

from __future__ import annotations

import os
import re
import uuid
from typing import Any
from urllib.error import HTTPError, URLError

from django.core.management import BaseCommand, CommandError

from ats.models import Role
from backend.conversation import Conversation
from fixtures.demo.loading import Login, logins

SEASON, WRONG_SEASON = "class-of-2026", "class-of-2027"  # for who graduates in June 2026
PROFILE = {
    "basics": {"name": "王小雨", "phone": "+86 138 0000 0000"},
    "education": [
        {
            "institution": "浙江大学",
            "area": "计算机科学与技术",
            "studyType": "硕士",
            "startDate": "2023-09",
            "endDate": "2026-06",
        }
    ],
}


class Command(BaseCommand):
    help = "Plays a candidate and a recruiter against the site that `make run` has started."

    def handle(self, *args: Any, **options: Any) -> None:
        address = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
        talk = Conversation(address, self.stdout.write)
        try:
            play(talk)
        except HTTPError as error:
            raise CommandError(f"The site refused a request: {error}.") from error
        except (URLError, TimeoutError) as error:
            raise CommandError(f"{address} does not answer ({error}): start it with `make run`.") from error


def play(talk: Conversation) -> None:
    recruiter = next(login for login in logins() if login.role == Role.RECRUITER)
    candidate = f"wang.xiaoyu.{uuid.uuid4().hex[:6]}@candidates.example"

    chapter(talk, "A candidate registers with an e-mailed code")
    candidates_token = talk.token = sign_in(talk, candidate, "zh-hans")
    talk.ask("PUT", "/api/v1/me/profile/", PROFILE)

    chapter(
        talk,
        "The candidate applies where the window of graduation is another one, and is refused",
    )
    apply(talk, open_postings(talk, recruiter, WRONG_SEASON), refused=409)

    chapter(talk, "The candidate reads the open postings of the right season and applies")
    application = apply(talk, open_postings(talk, recruiter, SEASON))
    talk.mail_to(candidate)

    chapter(talk, "A recruiter sees the application and moves it on")
    talk.token = ""
    talk.token = sign_in(talk, recruiter.email, recruiter.language)
    move_on(talk, application)

    chapter(talk, "The candidate gets a mail, in Chinese, and sees it too")
    talk.mail_to(candidate)
    talk.token = candidates_token
    talk.ask("GET", f"/api/v1/me/applications/{application['id']}/")


def chapter(talk: Conversation, title: str) -> None:
    talk.say(f"\n\n# {title}")


def sign_in(talk: Conversation, email: str, language: str) -> str:
    talk.ask("POST", "/api/v1/codes/", {"email": email, "language": language})
    found = re.search(r"\d{6}", talk.mail_to(email)["subject"])
    assert found, "a code mail carries its code in the subject"
    answer = talk.ask("POST", "/api/v1/tokens/", {"email": email, "code": found[0], "name": "demo"})
    return str(answer["token"])


def open_postings(talk: Conversation, recruiter: Login, campaign: str) -> list[dict[str, Any]]:
    query = f"organisation={recruiter.organisation}&campaign={campaign}&page_size=3"
    postings: list[dict[str, Any]] = talk.ask("GET", f"/api/v1/public/postings/?{query}")["results"]
    return postings


def apply(
    talk: Conversation, postings: list[dict[str, Any]], *, refused: int | None = None
) -> dict[str, Any]:
    wanted = {"posting": postings[0]["id"], "preference": 1, "source": "demo"}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    application: dict[str, Any] = talk.ask("POST", "/api/v1/me/applications/", wanted, key, refused=refused)
    return application


def move_on(talk: Conversation, application: dict[str, Any]) -> None:
    seen = talk.ask("GET", f"/api/v1/applications/?posting={application['posting']}&page_size=1")["results"][
        0
    ]
    stages = talk.ask("GET", "/api/v1/pipelines/")["results"][0]["stages"]
    ids = {stage["name"]: stage["id"] for stage in stages}
    target = next(ids[stage["leaving"][0]["to"]] for stage in stages if stage["id"] == seen["stage"])
    moved = {"applications": [seen["id"]], "to_stage": target, "expected_stage": seen["stage"]}
    talk.ask("POST", "/api/v1/moves/", moved)
