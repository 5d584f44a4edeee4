"""Pipelines as documents, over HTTP: what may be written, and what becomes of the people in them."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.models import Application, Delivery, Event, Membership, Move, Pipeline, Role, Stage, Transition
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db
Document = dict[str, Any]


@pytest.fixture
def owner() -> Membership:
    return a_member(an_organisation(), Role.OWNER)


@pytest.fixture
def client(owner: Membership) -> APIClient:
    return a_client(owner.account)


@pytest.fixture
def path(owner: Membership) -> str:
    return f"/api/v1/pipelines/{Pipeline.objects.for_org(owner.organisation).get().pk}/"


def stage(kind: str, name: str, *to: str) -> Document:
    return {"kind": kind, "name": name, "public_name": name, "leaving": [{"to": other} for other in to]}


def short(*stages: Document) -> Document:
    return {"name": "Short", "stages": list(stages)}


def without(document: Document, name: str) -> Document:
    """The document with a stage taken out, and the edges to it."""
    stages = [
        one | {"leaving": [edge for edge in one["leaving"] if edge["to"] != name]}
        for one in document["stages"]
        if one["name"] != name
    ]
    return document | {"stages": stages}


def test_what_is_read_can_be_written_back_and_changes_nothing(client: APIClient, path: str) -> None:
    document = client.get(path).json()
    rows = list(Stage.objects.order_by("id").values())

    answer = client.put(path, document)

    assert answer.json() == {"pipeline": document, "stranded": []}
    assert list(Stage.objects.order_by("id").values()) == rows
    assert not Event.objects.exists()


def test_every_pipeline_of_the_library_can_be_made(client: APIClient) -> None:
    library = client.get("/api/v1/pipeline-templates/").json()

    for document in library:
        code = document.pop("code")
        answer = client.post("/api/v1/pipelines/", document | {"name": f"Our {code}", "is_default": False})
        assert answer.status_code == 201
        assert stages(answer.json()) == stages(document)


def stages(document: Document) -> list[Document]:
    """Without ids; the edges of a stage have no order."""
    return [
        {name: value for name, value in one.items() if name != "id"}
        | {"leaving": sorted(one["leaving"], key=lambda edge: str(edge["to"]))}
        for one in document["stages"]
    ]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (short(stage("applied", "A", "H"), stage("offer", "A"), stage("hired", "H")), "stage_name_twice"),
        (short(stage("screening", "S", "H"), stage("hired", "H")), "applied_first"),
        (short(stage("applied", "A", "B"), stage("applied", "B", "H"), stage("hired", "H")), "applied_first"),
        (short(stage("applied", "A", "O"), stage("offer", "O")), "hired_last"),
        (short(stage("applied", "A", "H", "I"), stage("hired", "H"), stage("interview", "I")), "hired_last"),
        (short(stage("applied", "A", "X"), stage("hired", "H")), "edge_to_nowhere"),
        (short(stage("applied", "A", "A", "H"), stage("hired", "H")), "edge_to_nowhere"),
        (short(stage("applied", "A", "H", "H"), stage("hired", "H")), "edge_twice"),
        (short(stage("applied", "A", "H"), stage("hired", "H", "A")), "hired_is_final"),
        (short(stage("applied", "A", "H"), stage("offer", "O"), stage("hired", "H")), "stage_unreachable"),
    ],
)  # fmt: skip
def test_a_pipeline_in_which_somebody_could_get_nowhere(
    client: APIClient, path: str, document: Document, code: str
) -> None:
    answers = [
        client.post("/api/v1/pipelines/", document),
        client.put(path, document | {"is_default": True}),
    ]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(400, code)] * 2


def test_an_empty_stage_goes_and_its_name_stays_in_the_log(client: APIClient, path: str) -> None:
    document = client.get(path).json()
    gone = next(one for one in document["stages"] if one["name"] == "Written test")

    answer = client.put(path, without(document, "Written test"))

    assert [one["name"] for one in answer.json()["pipeline"]["stages"]] == [
        "Applied", "Screening", "Interview", "Offer", "Hired",
    ]  # fmt: skip
    event = Event.objects.get()
    assert event.type == "pipeline.updated"
    assert event.data["removed"] == [{"id": gone["id"], "name": "Written test"}]


def test_a_stage_with_people_in_it_can_not_vanish(client: APIClient, path: str, owner: Membership) -> None:
    screening = Stage.objects.for_org(owner.organisation).get(name="Screening")
    posting = a_posting(owner.organisation)
    _active, rejected = (an_application(posting, stage=screening) for _ in range(2))
    Application.objects.filter(pk=rejected.pk).update(state="rejected")
    smaller = without(client.get(path).json(), "Screening")
    homeless = [{"stage": screening.pk, "name": "Screening", "people": 2, "why": "vanishes"}]

    preview = client.put(path, smaller | {"dry_run": True})
    refused = client.put(path, smaller)
    kept = Stage.objects.filter(pk=screening.pk).exists()
    moved = client.put(path, smaller | {"move_to": {str(screening.pk): "Interview"}})

    assert preview.json()["stranded"] == homeless
    assert (refused.status_code, refused.json()["code"]) == (409, "stage_in_use")
    assert (refused.json()["stranded"], kept) == (homeless, True)
    assert (moved.status_code, moved.json()["stranded"]) == (200, [])
    assert list(Application.objects.order_by("id").values_list("stage__name", "state")) == [
        ("Interview", "active"),
        ("Interview", "rejected"),
    ]
    assert (Move.objects.get().kind, Move.objects.get().moved) == ("remap", 2)
    assert not Delivery.objects.exists()


def test_people_in_a_dead_end_are_shown(client: APIClient, path: str, owner: Membership) -> None:
    interview = Stage.objects.for_org(owner.organisation).get(name="Interview")
    an_application(a_posting(owner.organisation), stage=interview)
    document = client.get(path).json()
    for one in document["stages"]:
        if one["name"] == "Interview":
            one["leaving"] = []
        if one["name"] == "Screening":
            one["leaving"].append({"to": "Offer"})

    answer = client.put(path, document | {"dry_run": True})

    assert answer.json()["stranded"] == [
        {"stage": interview.pk, "name": "Interview", "people": 1, "why": "dead_end"}
    ]
    assert Transition.objects.filter(from_stage=interview).exists()


def test_the_first_and_the_hired_stage_stay_under_any_name(
    client: APIClient, path: str, owner: Membership
) -> None:
    application = an_application(a_posting(owner.organisation))
    document = short(stage("applied", "网申", "已签约"), stage("hired", "已签约")) | {"is_default": True}

    client.put(path, document)

    assert Application.objects.get().stage_id == application.stage_id
    assert Stage.objects.get(pk=application.stage_id).name == "网申"


def test_stages_may_swap_their_names(client: APIClient, path: str) -> None:
    document = client.get(path).json()
    swap = {"Screening": "Interview", "Interview": "Screening"}
    for one in document["stages"]:
        one["name"] = swap.get(one["name"], one["name"])
        for edge in one["leaving"]:
            edge["to"] = swap.get(edge["to"], edge["to"])

    answer = client.put(path, document)

    assert answer.json()["pipeline"] == document


def test_another_pipelines_stage_can_not_be_taken(client: APIClient, path: str) -> None:
    foreign = Stage.objects.for_org(an_organisation()).get(name="Screening")
    document = client.get(path).json()
    document["stages"][1]["id"] = foreign.pk

    answer = client.put(path, document)

    assert (answer.status_code, answer.json()["code"]) == (400, "stage_not_found")


def test_there_is_always_a_default_pipeline(client: APIClient, path: str) -> None:
    document = client.get(path).json()
    refused = [client.put(path, document | {"is_default": False}), client.delete(path)]

    other = short(stage("applied", "A", "H"), stage("hired", "H")) | {"is_default": True}
    client.post("/api/v1/pipelines/", other)

    assert [answer.json()["code"] for answer in refused] == ["default_needed", "in_use"]
    assert client.get(path).json()["is_default"] is False
    assert client.delete(path).status_code == 204


def test_only_an_owner_writes(path: str, owner: Membership) -> None:
    recruiter = a_client(a_member(owner.organisation).account)

    assert recruiter.get(path).status_code == 200
    assert recruiter.put(path, recruiter.get(path).json()).status_code == 403


def test_a_stage_of_interviews_begins_with_a_scorecard(client: APIClient, path: str) -> None:
    stages = client.get(path).json()["stages"]
    interview = next(stage["id"] for stage in stages if stage["kind"] == "interview")

    lines = client.get("/api/v1/scorecard-criteria/", {"stage": interview}).json()["results"]

    assert [(row["name"], row["name_zh"], row["scale"], row["is_required"]) for row in reversed(lines)] == [
        ("Problem solving", "解决问题的能力", 5, False),
        ("Professional knowledge", "专业知识", 5, False),
        ("Communication", "沟通表达", 5, False),
        ("Motivation", "求职动机", 5, False),
    ]
