"""From a person's own profile, a JSON Resume document, to an organisation's record of them."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.countries import is_country
from ats.common.database_errors import is_violation
from ats.common.degrees import degree_named
from ats.common.disciplines import discipline_of
from ats.common.errors import Conflict
from ats.common.months import last_day_of_month, span_named
from ats.models import Account, Candidate, Education, Institution, Organisation
from ats.models.facts import stored_facts
from ats.people.institutions import Mention, recognise

# The account first, which erasure waits for, and only while it is not erased. Then the records, those
# that stand for a person before the others, as merging locks them.
LOCK_PERSON = """
WITH login AS MATERIALIZED (SELECT id FROM ats_account WHERE id = %(account)s AND is_active FOR SHARE)
SELECT * FROM ats_candidate WHERE id IN (
    SELECT unnest(ARRAY[c.id, merged_into_id]) FROM login JOIN ats_candidate c ON c.account_id = login.id
    WHERE organisation_id = %(organisation)s
) ORDER BY merged_into_id IS NOT NULL, id FOR NO KEY UPDATE
"""
# For somebody who has no record there: the account, and the oldest record that has its address.
CLAIM_ONE = """
WITH login AS MATERIALIZED (SELECT id, email FROM ats_account WHERE id = %(account)s AND is_active FOR SHARE),
claimed AS (
    UPDATE ats_candidate SET account_id = login.id, updated_at = now() FROM login
    WHERE ats_candidate.id = (
        SELECT c.id FROM ats_candidate c WHERE c.organisation_id = %(organisation)s
            AND c.email = login.email AND c.account_id IS NULL AND c.erased_at IS NULL ORDER BY c.id LIMIT 1
    ) AND account_id IS NULL AND erased_at IS NULL
    RETURNING 1
)
SELECT EXISTS (SELECT FROM login), EXISTS (SELECT FROM claimed)
"""


def set_profile(*, by: Account, document: dict[str, Any]) -> None:
    """Replace one's own profile. Applications made before keep what they were made with."""
    by.profile = document
    by.save(update_fields=["profile"])


def candidate_of(account: Account, organisation: Organisation) -> Candidate:
    """The organisation's record of `account`, brought up to date with the person's profile.

    It is locked, and with it the one that stands for the person: of two applications at once, through
    whichever accounts, the second sees the first. So is the account: nobody is erased meanwhile. A record
    that the organisation made under the account's address, before there was an account, is taken over.

    Raises Conflict("profile_incomplete") when the profile has no name yet, Conflict("account_erased").
    """
    basics = account.profile.get("basics", {})
    if not basics.get("name"):
        sentence = _("Fill in your profile first: your name is missing.")
        raise Conflict("profile_incomplete", sentence, field="basics.name")
    digest = _digest(account)
    current = _lock_person(account, organisation)
    if current and current.profile_digest == digest:
        return current
    studies = account.profile.get("education", [])
    schools = recognise([_mention(entry) for entry in studies])
    candidate, _created = Candidate.objects.update_or_create(
        organisation=organisation,
        account=account,
        defaults={
            "name": basics["name"],
            "email": account.email,
            "phone": basics.get("phone", ""),
            "language": account.language,
            "profile_digest": digest,
            "erased_at": None,
            "schools": _names(studies, schools),
            "facts": stored_facts(account.profile),
            "updated_at": Now(),
        },
    )
    _replace_educations(candidate, studies, schools)
    return candidate


def _lock_person(account: Account, organisation: Organisation) -> Candidate | None:
    """The account's record, locked with the one that stands for the person; None when there is none.

    1. Lock both. While the lock was awaited, the record may have been merged into another: then again.
    2. Without a record, take over the one that has the account's address, if there is one: then again.
    """
    params = {"account": account.pk, "organisation": organisation.pk}
    while True:
        locked = {row.pk: row for row in Candidate.objects.raw(LOCK_PERSON, params)}
        current = next((row for row in locked.values() if row.account_id == account.pk), None)
        if current and (current.merged_into_id or current.pk) in locked:
            return current
        if current is None and not _claim_record(params):
            return None


def _claim_record(params: dict[str, Any]) -> bool:
    """Whether the organisation had a record of the account's address, which is the account's now."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM_ONE, params)
        is_active, is_claimed = cursor.fetchone() or (False, False)
    if not is_active:
        raise Conflict("account_erased", _("This account was erased."))
    return bool(is_claimed)


# One record in each organisation that has none of the account yet: the oldest.
CLAIM = """
UPDATE ats_candidate SET account_id = %(account)s, updated_at = now() WHERE id IN (
    SELECT known.id FROM ats_organisation o CROSS JOIN LATERAL (
        SELECT id FROM ats_candidate
        WHERE organisation_id = o.id AND email = %(email)s AND account_id IS NULL AND erased_at IS NULL
        ORDER BY id LIMIT 1
    ) known
    WHERE NOT EXISTS (SELECT FROM ats_candidate
        WHERE organisation_id = o.id AND account_id = %(account)s)
)
"""


def claim_records(account: Account) -> None:
    """Give the account what organisations put down under its address before: the address is proven."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CLAIM, {"account": account.pk, "email": account.email})
    except IntegrityError as error:
        if not is_violation(error, "candidate_once"):
            raise
        return  # the person is just applying there; of one person's records a merge makes one


def _digest(account: Account) -> str:
    """Of all that a record is copied from, so that an unchanged person costs one statement."""
    source = json.dumps([account.profile, account.email, account.language], sort_keys=True)
    return hashlib.sha256(source.encode()).hexdigest()


def _mention(entry: dict[str, Any]) -> Mention:
    return Mention(entry.get("institution", ""), entry.get("url", ""), country=entry.get("countryCode", ""))


def _names(entries: list[dict[str, Any]], schools: list[Institution | None]) -> str:
    """By which a person is found: the schools as written, and whatever else the known ones are called."""
    known = [name for school in schools if school for name in school.names()]
    return " ".join(dict.fromkeys([*(entry.get("institution", "") for entry in entries), *known]))


def _replace_educations(
    candidate: Candidate, entries: list[dict[str, Any]], schools: list[Institution | None]
) -> None:
    rows = [
        Education(candidate=candidate, **education_fields(entry, school))
        for entry, school in zip(entries, schools, strict=True)
    ]
    if latest := _latest(rows):
        latest.is_latest = True
    candidate.educations.all().delete()
    Education.objects.bulk_create(rows)


def _latest(rows: list[Education]) -> Education | None:
    """The one that eligibility is judged by."""
    return max(rows, key=lambda row: (row.graduates_until or date.min, row.degree or 0), default=None)


def latest_education(profile: dict[str, Any]) -> Education | None:
    """The unsaved course of study, of nobody yet, that a profile would be judged by."""
    studies = profile.get("education", [])
    schools = recognise([_mention(entry) for entry in studies])
    return _latest([Education(**education_fields(*each)) for each in zip(studies, schools, strict=True)])


def education_fields(entry: dict[str, Any], school: Institution | None) -> dict[str, Any]:
    """The columns of an education that an entry of a profile says, with the school that it names."""
    graduation = span_named(entry.get("endDate", ""))
    country = entry.get("countryCode", "")
    return {
        "institution": school,
        "institution_name": entry.get("institution", ""),
        "country": country if is_country(country) else "",
        "degree": degree_named(entry.get("studyType", "")),
        "major": entry.get("area", ""),
        "discipline": discipline_of(entry.get("area", "")),
        "starts_on": last_day_of_month(entry.get("startDate", "")),
        "graduates_from": graduation and graduation.first,
        "graduates_until": graduation and graduation.last,
    }
