"""How drf-spectacular makes the OpenAPI document: constants, the same in every installation."""

from __future__ import annotations

from typing import Any

DOCUMENT: dict[str, Any] = {
    "TITLE": "Intake",
    "DESCRIPTION": "Postings, applications and pipelines of internship seasons.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.core.webhook_docs.add_webhooks",
        "api.core.rule_docs.add_rule_trees",
    ],
    "ENUM_NAME_OVERRIDES": {
        "RuleOutcomeEnum": "api.core.verdicts.RULE_OUTCOMES",
        "RoleEnum": "ats.models.Role",
        "ImportKindEnum": "ats.models.ImportKind",
        "ImportStateEnum": "ats.models.ImportState",
        "PostingStateEnum": "ats.models.PostingState",
        "PostingKindEnum": "ats.models.PostingKind",
        "ApplicationStateEnum": "ats.models.ApplicationState",
        "ResumeStateEnum": "ats.models.ResumeState",
        "StageKindEnum": "ats.models.StageKind",
        "DeliveryStateEnum": "ats.models.DeliveryState",
        "EventTypeEnum": "ats.models.EventType",
        "NoticeTypeEnum": "ats.models.event_catalogue.NOTICE_TYPES",
        "MutableTypeEnum": "ats.models.event_catalogue.MUTABLE_TYPES",
        "InterviewStateEnum": "ats.models.InterviewState",
        "OfferStateEnum": "ats.models.OfferState",
        "InvitationStateEnum": "ats.models.InvitationState",
        "MoveKindEnum": "ats.models.MoveKind",
        "MoveDecisionEnum": "api.staff.moves.DECISIONS_OF_MEMBERS",
        "RequirementEnum": "ats.models.Requirement",
        "DegreeEnum": "ats.models.Degree",
        "LanguageEnum": "backend.settings.LANGUAGES",
        "RuleKindEnum": "api.core.verdicts.KINDS",
        "OutcomeEnum": "ats.models.Outcome",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Closed at first: a browser takes half a minute to lay out every operation and every schema at once.
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": True,
        "persistAuthorization": True,
        "docExpansion": "none",
        "defaultModelsExpandDepth": 0,
        "filter": True,
    },
}
