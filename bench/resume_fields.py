"""How well résumés are read: precision and recall of each field, over real files and over the corpus.

`python -m bench.resume_fields`. The real files lie in `../shared/data/resumes` and may be absent.
"""

from __future__ import annotations

from collections.abc import Iterable

from ats.people.resumes.scoring import Stated, score, score_lines
from tests.people.resumes.corpus.documents import documents
from tests.people.resumes.real import FOLDER, STATED
from tests.people.resumes.unconfined import read

Source = tuple[str, bytes, Stated]


def main() -> None:
    real = [
        (name, (FOLDER / name).read_bytes(), stated) for name, stated in STATED.items() if FOLDER.is_dir()
    ]
    report("real files", real)
    report("documents of the corpus", list(documents()))


def report(title: str, sources: Iterable[Source]) -> None:
    pairs = [(stated, read(name, content)) for name, content, stated in sources]
    print(f"{len(pairs)} {title}", *score_lines(score(pairs)), sep="\n")


if __name__ == "__main__":
    main()
