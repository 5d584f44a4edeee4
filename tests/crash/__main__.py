"""`python -m tests.crash 200`: kill parts of a site that is being used, then count what was lost."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
from pathlib import Path

from tests.crash.site import Site


def main(kills: int, seed: int, *, with_rabbitmq: bool) -> int:
    """The exit code: 1 when anything was lost."""
    with tempfile.TemporaryDirectory(prefix="intake-crash-") as name:
        Path(name).chmod(0o711)
        site = Site(Path(name), random.Random(seed), with_rabbitmq)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and tidies up
        os.environ.update(site.env)
        import django

        django.setup()
        from tests.crash.storm import Storm

        try:
            report = Storm(site).rage(kills)
        finally:
            site.stop()
    print(f"seed {seed}:", report)
    return 1 if report.lost or report.wrong else 0


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("kills", type=int, nargs="?", default=200)
    words.add_argument("--seed", type=int, default=random.randrange(10**6))
    words.add_argument("--rabbitmq", action="store_true", help="instead of Valkey")
    asked = words.parse_args()
    sys.exit(main(asked.kills, asked.seed, with_rabbitmq=asked.rabbitmq))
