"""What staff may do about deliveries: have one sent again."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.models import UNSETTLED, Delivery, DeliveryState, Membership
from ats.outbox.wakeup import wake_worker


@transaction.atomic
def redeliver(*, by: Membership, delivery: Delivery) -> Delivery:
    """Make a sent or dead delivery due again, with all its attempts, under the same id.

    Raises Conflict("delivery_due") for one that is on its way already, Conflict("delivery_cancelled") for one
    that was not wanted or is not true any more, as after an undo.
    """
    row = Delivery.objects.for_org(by.organisation).select_for_update().get(pk=delivery.pk)
    if row.state in UNSETTLED:
        raise Conflict("delivery_due", _("This delivery is on its way already."))
    if row.state == DeliveryState.CANCELLED:
        raise Conflict(
            "delivery_cancelled", _("This delivery was cancelled: what it says is not true any more.")
        )
    afresh = {"state": DeliveryState.DUE, "attempts": 0, "due_at": Now(), "settled_at": None, "content": None}
    Delivery.objects.filter(pk=row.pk).update(**afresh)
    wake_worker(row.channel)
    delivery.refresh_from_db()
    return delivery
