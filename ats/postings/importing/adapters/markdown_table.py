"""Job tables of a Markdown file, HTML in their cells, with a Salary column or without.

An age such as "8d" or "2mo" is counted back from the day the file is read.
"""

from __future__ import annotations

from functools import partial

from ats.postings.importing.adapters import generic
from ats.postings.importing.adapters.adapter import Adapter

MAPPING = {
    "title": "Position",
    "employer": "Company",
    "locations": "Location",
    "url": "Posting",
    "pay": "Salary",
    "published_at": "Age",
}

ADAPTER = Adapter(
    feed="markdown-table",
    label="table with Company, Position, Location, Posting, Age (Markdown)",
    columns=frozenset(MAPPING.values()) - {"Salary"},
    read=partial(generic.read, mapping=MAPPING),
)
