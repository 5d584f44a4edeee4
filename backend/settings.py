"""Every setting, read from the environment (or `.env`) and secure unless set otherwise.

`.env.example` lists the variables. Importing this module starts nothing.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from backend import broker, openapi

ROOT = Path(__file__).resolve().parent.parent

django_stubs_ext.monkeypatch()  # so that Field[int, int] and its like exist at run time

env = environ.Env()
env.read_env(ROOT / ".env")


def required(name: str, purpose: str) -> str:
    """The variable's value; ImproperlyConfigured with one sentence when it is unset or empty."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set: {purpose}. See .env.example.")


# The site

SECRET_KEY = required("SECRET_KEY", "give at least 50 random characters and keep them private")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
APPEND_SLASH = False
AUTH_USER_MODEL = "ats.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backend",
    "ats",
    "api",
    "web",
]
MIDDLEWARE = [
    "backend.requests.RequestLog",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "api.core.caching.NoStoreByDefault",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "backend.page_rate.PageRate",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

# Security: PLAIN_HTTP is for a site on one's own machine, without TLS

PLAIN_HTTP = env.bool("PLAIN_HTTP", default=False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^backlogz$"]  # probes come over plain HTTP, from inside
if env.bool("TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# PostgreSQL and the cache

BROKER_URL = required("CELERY_BROKER_URL", "give redis://... (Valkey, Redis) or amqp://...")
CACHE_URL = env.str("CACHE_URL", default="") or broker.cache_beside(BROKER_URL)
if not CACHE_URL:
    raise ImproperlyConfigured("CACHE_URL is not set: RabbitMQ is no cache, so give redis://...")


def postgres(url: str) -> dict[str, Any]:
    """Django's settings for a `postgresql://` URL; `?host=` may name a folder with a socket."""
    database: dict[str, Any] = env.db_url_config(url)
    options = database.setdefault("OPTIONS", {})
    database["HOST"] = options.pop("host", database["HOST"])
    return database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # one for each thread


DATABASES = {"default": postgres(required("DATABASE_URL", "give postgresql://user:password@host/database"))}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "intake",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},  # seconds
    }
}

# Celery: the broker is a doorbell and the table is the truth, so any message may be lost

CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "intake"
CELERY_TASK_QUEUES = broker.queues(BROKER_URL, CELERY_TASK_DEFAULT_QUEUE)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = broker.SOFT_TIME_LIMIT
CELERY_TASK_TIME_LIMIT = broker.TIME_LIMIT
CELERY_TASK_PUBLISH_RETRY_POLICY = broker.PUBLISH_RETRIES
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "backend.schedule:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    **broker.SWEEPS,
    "number-events": {"task": "ats.tasks.number_events", "schedule": 5.0},
    "read-resumes": {"task": "ats.tasks.read_resumes", "schedule": 10.0},  # seconds
    "close-announced": {"task": "ats.tasks.close_announced", "schedule": 20.0},
    "remind": {"task": "ats.tasks.remind", "schedule": 300.0},
    "run-imports": {"task": "ats.tasks.run_imports", "schedule": 10.0},
    "expire-offers": {"task": "ats.tasks.expire_offers", "schedule": 60.0},
    "apply-retention": {"task": "ats.tasks.apply_retention", "schedule": crontab(hour=3, minute=30)},
    "forget-events": {"task": "ats.tasks.forget_events", "schedule": crontab(hour=4, minute=0)},
    "fold-counts": {"task": "ats.tasks.fold_counts", "schedule": 60.0},
}

# Mail

MAILBOX_DIR = env.str("MAILBOX_DIR", default="")  # a Maildir, shown at /mailbox/: never in public
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="Intake <intake@localhost>")
ANYMAIL = env.json("ANYMAIL", default={})  # what the backend of a mail service asks for
if env.str("EMAIL_BACKEND", default=""):
    EMAIL_BACKEND = env.str("EMAIL_BACKEND")
elif env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
elif MAILBOX_DIR:
    EMAIL_BACKEND = "backend.mailbox.MaildirBackend"
EMAIL_TIMEOUT = 10  # seconds
NOTICE_CHANNELS = env.list("NOTICE_CHANNELS", default=["email"])  # by which people are notified of events
# Where candidates see an application, such as https://jobs.example.com/me/{application}: for a button.
CANDIDATE_URL = env.str("CANDIDATE_URL", default="")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")  # for links in mails

# Webhooks

WEBHOOK_KEY = env.str("WEBHOOK_KEY", default="") or SECRET_KEY
WEBHOOK_TO_LOOPBACK = env.bool("WEBHOOK_TO_LOOPBACK", default=False)  # for tests and demos only

# Files that people send: in a folder of ours, or in a bucket (S3 and its like)

MEDIA_ROOT = Path(env.str("DATA_DIR", default="") or ROOT / ".data") / "files"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def bucket(name: str) -> dict[str, Any]:
    """A private bucket; boto3 finds the credentials as it always does (AWS_ACCESS_KEY_ID, ...)."""
    options = {
        "bucket_name": name,
        "endpoint_url": env.str("S3_ENDPOINT", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        "default_acl": None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


S3_BUCKET = env.str("S3_BUCKET", default="")
STORAGES = {
    "default": bucket(S3_BUCKET) if S3_BUCKET else FOLDER,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Languages, time, static files

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [path for path in (ROOT / "locale", ROOT / "backend" / "locale") if path.is_dir()]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from their packages: nothing to collect

# The API

RATES = {"public": "600/min", "codes": "30/min", "uploads": "60/hour"}
SPECTACULAR_SETTINGS = openapi.DOCUMENT
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.core.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.core.parsing.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["api.core.filtering.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.core.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "api.core.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_THROTTLE_RATES": {k: env.str(f"RATE_{k.upper()}", default=rate) for k, rate in RATES.items()},
    "EXCEPTION_HANDLER": "api.core.problems.handle",
    "NUM_PROXIES": env.int("NUM_PROXIES", default=0),
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# Moving people: how long a move can be undone, how long rejections wait before they are sent

UNDO_WINDOW = timedelta(minutes=env.int("UNDO_WINDOW_MINUTES", default=15))
REJECTIONS_WAIT = timedelta(minutes=env.int("REJECTIONS_WAIT_MINUTES", default=24 * 60))

# Logs: JSON lines on stderr

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "backend.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},  # of what is refused, `backend.requests` says more
    },
}
