"""Is the process alive, and can it serve? Asked by `make run`, load balancers and orchestrators."""

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from ats.delivery.backlog import backlog
from backend.celery import app

BROKER_TIMEOUT = 2  # seconds
LATE = 60  # seconds: by then every sweep should have taken it


@require_safe
def livez(_: HttpRequest) -> JsonResponse:
    """200 whenever this process answers at all."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(_: HttpRequest) -> JsonResponse:
    """200 when every check passes, else 503; the body names each: `{"database": "ok", ...}`."""
    report = {name: outcome(check) for name, check in CHECKS.items()}
    return JsonResponse(report, status=200 if set(report.values()) == {"ok"} else 503)


@require_safe
def backlogz(_: HttpRequest) -> JsonResponse:
    """The backlog by channel; 503 when something has been due for too long."""
    waiting = backlog()
    is_late = any(counts["oldest_due_seconds"] > LATE for counts in waiting.values())
    return JsonResponse(waiting, status=503 if is_late else 200)


def outcome(check: Callable[[], str]) -> str:
    """What the check says, or that it failed: never why, as anybody may ask."""
    try:
        return check()
    except Exception:  # noqa: BLE001 - whatever is wrong with the part, it is not ready
        return "unreachable"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} to apply" if plan else "ok"


def broker() -> str:
    with app.connection_for_write(connect_timeout=BROKER_TIMEOUT) as link:
        link.ensure_connection(max_retries=1, timeout=BROKER_TIMEOUT)
    return "ok"


CHECKS = {"database": database, "migrations": migrations, "broker": broker}
