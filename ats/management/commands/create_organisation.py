"""`manage.py create_organisation SLUG --owner EMAIL`: a new employer and its first owner."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.db import IntegrityError

from ats.common.database_errors import is_duplicate
from ats.models import Account
from ats.models.account import normal_email
from ats.organisations.setup import create_organisation


class Command(BaseCommand):
    help = "Makes an organisation with the shipped tracks, reasons and pipeline, and its first owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="The name in addresses and in the header Intake-Organisation.")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="Who invites the others.")
        parser.add_argument("--name", help="As candidates read it; the slug unless given.")
        parser.add_argument("--name-zh", default="", help="The same in Chinese.")

    def handle(
        self, *args: Any, slug: str, owner: str, name: str | None, name_zh: str, **options: Any
    ) -> None:
        try:
            validate_slug(slug)
            validate_email(normal_email(owner))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        account, _created = Account.objects.for_email(owner)
        try:
            create_organisation(by=account, slug=slug, name=name or slug, name_zh=name_zh)
        except IntegrityError as error:
            if not is_duplicate(error):
                raise
            raise CommandError(f"There is an organisation {slug} already.") from None
        self.stdout.write(f"{slug}: {account.email} owns it; sign in with an e-mailed code.")
