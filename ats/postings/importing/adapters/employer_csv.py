"""An employer's list of its jobs, CSV: seldom an employer, an id, a date or an address in it.

Who may apply stands in the prose of 任职要求 only.
"""

from __future__ import annotations

from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.adapters.generic import read_by_headers

ADAPTER = Adapter(
    feed="employer-csv",
    label="employer's list with 职位名称, 工作地点, 职位描述 (CSV)",
    columns=frozenset({"职位名称", "工作地点", "职位描述", "任职要求"}),
    read=read_by_headers,
    maps_headers=True,
)
