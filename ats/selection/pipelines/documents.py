"""A pipeline as one document: what is sent, what is stored, what the library contains.

Stages come in order; edges name the stage they lead to, whose name is unique in the pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from ats.common.reference import reference
from ats.models import Role


@dataclass(frozen=True, slots=True)
class Edge:
    to: str
    least_role: str = Role.RECRUITER.value
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage as it shall be; `id` is that of the stage it was until now, None for a new one."""

    kind: str
    name: str
    public_name: str
    name_zh: str = ""
    public_name_zh: str = ""
    id: int | None = None
    leaving: tuple[Edge, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """The columns of its row, by name."""
        names = ("kind", "name", "name_zh", "public_name", "public_name_zh")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Plan:
    """A pipeline as it shall be. `move_to` names, by the id of a removed stage, where its applications go."""

    name: str
    stages: tuple[StagePlan, ...]
    name_zh: str = ""
    is_default: bool = False
    move_to: dict[int, str] = field(default_factory=dict)

    def reachable_from(self, start: str) -> set[str]:
        """The names of the stages that edges lead to from `start`, itself included."""
        edges = {stage.name: [edge.to for edge in stage.leaving] for stage in self.stages}
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                ahead += edges.get(name, [])
        return seen


def plan_of(document: dict[str, Any]) -> Plan:
    """The plan that a document of the API or of the library describes; any further keys are left."""
    return Plan(
        name=document["name"],
        name_zh=document.get("name_zh", ""),
        is_default=document.get("is_default", False),
        stages=tuple(map(_stage, document["stages"])),
        move_to={int(pk): name for pk, name in document.get("move_to", {}).items()},
    )


def _stage(document: dict[str, Any]) -> StagePlan:
    fields = {name: value for name, value in document.items() if name != "leaving"}
    return StagePlan(**fields, leaving=tuple(_edges(document.get("leaving", []))))


def _edges(documents: Iterable[dict[str, Any]]) -> Iterable[Edge]:
    return (Edge(**edge | {"requires": tuple(edge.get("requires", ()))}) for edge in documents)


def library() -> list[dict[str, Any]]:
    """The documents of the pipelines that ship with the product; each has a `code` besides."""
    return [
        document | {"stages": [stage | {"leaving": _whole_edges(stage)} for stage in document["stages"]]}
        for document in reference("pipelines")["pipeline"]
    ]


def criteria(kind: str) -> list[dict[str, str]]:
    """The names of the lines that the scorecard of a new stage begins with, in their order."""
    rows = reference("pipelines")["criterion"]
    return [{"name": row["name"], "name_zh": row["name_zh"]} for row in rows if row["kind"] == kind]


def _whole_edges(stage: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**asdict(edge), "requires": list(edge.requires)} for edge in _edges(stage.get("leaving", []))]
