from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from ats.models import Account, Candidate

SHORTEST_WORD = 2  # a name of one letter is in every text


@dataclass(frozen=True, slots=True)
class Subjects:
    """The people that a request is about: ids of accounts and candidates, and e-mail addresses.

    `words` are what texts name them by: names, addresses and phone numbers, each once.
    """

    accounts: Collection[int] = ()
    candidates: Collection[int] = ()
    addresses: Collection[str] = ()
    words: Collection[str] = ()

    @classmethod
    def of_account(cls, account: Account) -> Self:
        """A person with every record that organisations have of them.

        Records without an account belong to the person when they have their address, or when they are
        merged with a record of theirs. A record of another account never does: that login decides.
        """
        unlinked = Q(account=None, email=account.email)
        records = Candidate.objects.filter(Q(account=account) | unlinked)
        persons = records.values(person=Coalesce("merged_into", "pk"))
        merged = Q(account=None) & (Q(pk__in=persons) | Q(merged_into__in=persons))
        rows = list(Candidate.objects.filter(Q(account=account) | unlinked | merged))
        return cls([account.pk], [row.pk for row in rows], [account.email], _words(rows, account.name))

    @classmethod
    def of_candidates(cls, rows: Collection[Candidate]) -> Self:
        """What organisations have of people, without the accounts that they may have."""
        return cls(candidates=[row.pk for row in rows], words=_words(rows))

    @property
    def recipients(self) -> list[str]:
        """The names under which deliveries go to them."""
        return [f"candidate:{pk}" for pk in self.candidates]

    def named_in(self, rows: QuerySet[Any], *columns: str) -> QuerySet[Any]:
        """Those of the rows in whose texts one of the people is named; case does not matter.

        A name of letters is looked for as whole words: "Li Na" is not in "Li Nan".
        """
        if not self.words:
            return rows.none()
        pattern = "|".join(_pattern(word) for word in self.words)
        texts = {f"{column}_text": Cast(column, TextField()) for column in columns}
        named = reduce(or_, (Q(**{f"{text}__iregex": pattern}) for text in texts))
        found: QuerySet[Any] = rows.alias(**texts).filter(named)
        return found


def _words(rows: Collection[Candidate], *more: str) -> list[str]:
    found = {word for row in rows for word in (row.name, row.email, row.phone)} | set(more)
    return sorted(word for word in found if len(word) >= SHORTEST_WORD)


def _pattern(word: str) -> str:
    """A word as a regular expression of PostgreSQL: of letters with its limits, which Chinese has not."""
    escaped = re.sub(r"([\\.^$*+?()\[\]{}|])", r"\\\1", word)
    begin = r"\m" if re.match(r"[a-z0-9]", word, re.IGNORECASE) else ""
    end = r"\M" if re.search(r"[a-z0-9]$", word, re.IGNORECASE) else ""
    return f"{begin}{escaped}{end}"
