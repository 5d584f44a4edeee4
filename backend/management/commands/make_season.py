"""`manage.py make_season`: a generated season of any size, for trying and measuring."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from ats.common.errors import Refused
from fixtures.generator.season import Plan, check, logins_of, make_season, plan_season
from fixtures.progress import bar


class Command(BaseCommand):
    help = (
        "Generates a season and says who may sign in to look at it. "
        "The same numbers and the same seed give the same season."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--postings", type=int, default=3_000)
        parser.add_argument("--applications", type=int, default=100_000)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--candidates", type=int, help="by default 2 for 5 applications")
        parser.add_argument(
            "--organisation",
            type=slug,
            metavar="SLUG",
            help="a demo, whose members then see it, or a new one; by default season-SEED",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be made")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        names = ("postings", "applications", "seed", "candidates", "organisation")
        try:
            plan = plan_season(**{name: options[name] for name in names})
            if dry_run:
                check(plan)
            else:
                make_season(plan, progress=bar)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(sentence(plan, "Would make" if dry_run else "Made"))
        for email, role in [] if dry_run else logins_of(plan.organisation):
            self.stdout.write(f"  {role}: {email}")


def slug(text: str) -> str:
    try:
        validate_slug(text)
    except ValidationError as error:
        raise ArgumentTypeError(error.messages[0]) from error
    return text


def sentence(plan: Plan, verb: str) -> str:
    return (
        f"{verb} {plan.campaign} of {plan.organisation}: {plan.postings:,} postings,"
        f" {plan.candidates:,} candidates, {plan.applications:,} applications."
    )
