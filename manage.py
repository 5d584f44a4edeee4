#!/usr/bin/env python
"""Runs every command of the project; starts the private servers first if none are given."""

import os
import signal
import sys

from backend import local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):  # leave properly, so that the servers stop
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        local.provide()
    except local.Unavailable as reason:
        sys.exit(f"intake: {reason}")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
