from __future__ import annotations

from typing import Any

from django.db.models.functions import Now

from ats.delivery.mails.links import unsubscribe_link
from ats.models import Delivery, DeliveryState, EventType, NoticeTemplate
from ats.organisations.endpoints import create_endpoint, send_test
from tests.routes.rows.scene import Scene


def add(scene: Scene) -> dict[str, Any]:
    owner = scene.member("owner")
    endpoint = create_endpoint(by=owner, url="https://hr.example.com/hook", types=[EventType.MOVE_UNDONE])
    test = send_test(by=owner, endpoint=endpoint)
    _settle_everything()
    template = NoticeTemplate.objects.create(
        organisation=scene.organisation,
        type=EventType.APPLICATION_SUBMITTED,
        language="en",
        subject="Welcome",
        text="Welcome.",
    )
    return {
        "endpoints": endpoint.pk,
        "deliveries": test.pk,
        "notice-templates": template.pk,
        "unsubscribe": _token(scene),
    }


def _settle_everything() -> None:
    """A site whose deliveries wait for long says at /backlogz that it is unwell."""
    Delivery.objects.update(state=DeliveryState.SENT, settled_at=Now())


def _token(scene: Scene) -> str:
    return (
        unsubscribe_link(scene.candidate.pk, EventType.APPLICATION_SUBMITTED).rstrip("/").rpartition("/")[2]
    )
