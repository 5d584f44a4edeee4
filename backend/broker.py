"""How Celery is set up for each kind of broker, so that nothing is lost or stranded."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from kombu import Queue

SOFT_TIME_LIMIT = 240  # seconds: the task may still tidy up
TIME_LIMIT = 300  # seconds: its process is killed
# A request that wakes a worker must not wait for a dead broker: 0.1 s + 0.3 s, then it goes on.
PUBLISH_RETRIES = {"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2}

REDIS_SCHEMES = {"redis", "rediss", "redis+socket"}

# Valkey gives an unacknowledged task to another worker only after the visibility timeout, which
# must therefore be longer than the longest task; it looks every interval x throttle seconds.
REDIS_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 2 * TIME_LIMIT,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 2,
}
# RabbitMQ drops what it has not confirmed when it dies.
AMQP_OPTIONS: dict[str, Any] = {"confirm_publish": True}

# The net under the wake-ups. A sweep that nobody took in time is dropped: the next one is due.
SWEEPS: dict[str, dict[str, Any]] = {
    "sweep": {"task": "ats.tasks.sweep", "schedule": 1.0, "options": {"expires": 5}},
    "free-waiting": {"task": "ats.tasks.free_waiting", "schedule": 60.0, "options": {"expires": 60}},
    # Applications whose process died before it gave them to a recruiter.
    "distribute-pending": {"task": "ats.tasks.distribute_pending", "schedule": 10.0},
}

# A message that kills its worker again and again is dropped: the row that did it is set aside by itself.
QUORUM = {"x-queue-type": "quorum", "x-delivery-limit": 5}


def is_redis(url: str) -> bool:
    return urlsplit(url).scheme in REDIS_SCHEMES


def transport_options(url: str) -> dict[str, Any]:
    return REDIS_OPTIONS if is_redis(url) else AMQP_OPTIONS


def queues(url: str, name: str) -> list[Queue] | None:
    """The queues to declare; None where the broker needs no word about them."""
    if is_redis(url):
        return None
    return [Queue(name, queue_arguments=QUORUM)]


def cache_beside(url: str) -> str:
    """The cache's URL on the broker's server: the next database number, "" for RabbitMQ."""
    if not is_redis(url):
        return ""
    parts = urlsplit(url)
    if parts.scheme == "redis+socket":
        number = int(parse_qs(parts.query).get("virtual_host", ["0"])[0])
        return f"unix://{parts.path}?db={number + 1}"
    return parts._replace(path=f"/{int(parts.path.strip('/') or 0) + 1}").geturl()
