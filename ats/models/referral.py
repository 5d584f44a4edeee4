from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class ReferralCode(TenantModel):
    """A code that an employee hands on; good for one campaign, or for all when none is named."""

    code = models.SlugField(max_length=40)
    campaign = models.ForeignKey("ats.Campaign", null=True, blank=True, on_delete=models.CASCADE)
    referrer = models.CharField(max_length=200, blank=True, default="")
    is_active = models.BooleanField(default=True)

    objects = TenantQuerySet["ReferralCode"].as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="referral_code_once"),
        ]

    def __str__(self) -> str:
        return self.code
