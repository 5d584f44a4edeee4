"""An employer's campus workbook: a programme kind (性质) for each job, seldom an employer or an address.

One job stands under several programme kinds, in a row for each.
"""

from __future__ import annotations

from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.adapters.generic import read_by_headers

ADAPTER = Adapter(
    feed="campus-workbook",
    label="campus workbook with 岗位名称, 岗位类别, 性质 (.xlsx)",
    columns=frozenset({"岗位名称", "岗位类别", "性质", "任职要求", "工作职责"}),
    read=read_by_headers,
    maps_headers=True,
)
