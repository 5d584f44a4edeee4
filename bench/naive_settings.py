"""The site's settings with the naive page in place of the API."""

from backend.settings import *  # noqa: F403

ROOT_URLCONF = "bench.naive"
