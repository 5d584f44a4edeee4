"""`make bench`: every benchmark in turn, each in a process of its own, with its usual size."""

from __future__ import annotations

import subprocess
import sys

TOPICS = ("eligibility", "apply", "delivery", "moves", "triage", "resumes", "resume_fields", "imports")


def main() -> None:
    failed = [topic for topic in TOPICS if subprocess.call([sys.executable, "-m", f"bench.{topic}"])]
    if failed:
        sys.exit(f"These did not come to an end: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
