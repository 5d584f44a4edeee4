"""What staff may do about deliveries: have one sent again."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.models import Channel, Delivery, DeliveryState, Membership
from ats.outbox.wakeup import wake_worker


@transaction.atomic
def redeliver(*, by: Membership, delivery: Delivery) -> Delivery:
    """Make a settled delivery due again, with all its tries, under the same id.

    Raises Conflict("delivery_due") for one that is on its way already.
    """
    settled = Delivery.objects.for_org(by.organisation).exclude(state=DeliveryState.DUE)
    afresh = {"state": DeliveryState.DUE, "attempts": 0, "due_at": Now(), "settled_at": None}
    if not settled.filter(pk=delivery.pk).update(**afresh):
        raise Conflict("delivery_due", _("This delivery is on its way already."))
    wake_worker(Channel(delivery.channel))
    delivery.refresh_from_db()
    return delivery
