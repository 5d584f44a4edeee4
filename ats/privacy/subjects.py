from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from ats.models import Account, Candidate


@dataclass(frozen=True, slots=True)
class Subjects:
    """The people that a request is about: ids of accounts and candidates, and e-mail addresses."""

    accounts: Collection[int] = ()
    candidates: Collection[int] = ()
    addresses: Collection[str] = ()

    @classmethod
    def of_account(cls, account: Account) -> Self:
        """A person with all the records that organisations hold, also those made without the account."""
        unlinked = Q(account=None, email=account.email)
        records = Candidate.objects.filter(Q(account=account) | unlinked)
        return cls([account.pk], list(records.values_list("pk", flat=True)), [account.email])

    @property
    def recipients(self) -> list[str]:
        """The names under which deliveries go to them."""
        return [f"candidate:{pk}" for pk in self.candidates]
