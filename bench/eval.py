"""Scores the understanding on every labelled file of a folder.

Run by `make eval`. Without a folder it takes the project's own sets: `labelled` and `lookalikes` hold what the
tests ask, `written` what the rules were worked on, and `unseen` what they were not. In another folder the
starred column is the sixth that development does not look at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "golden"
sys.path.insert(0, str(ROOT))

from worker.bootstrap import house  # noqa: E402
from worker.domain.stories.book import LinkSettings, StoryBook  # noqa: E402
from worker.domain.text.boilerplate import Boilerplate  # noqa: E402
from worker.services.analyse import AnalyseService  # noqa: E402
from worker.services.evaluate import Table, evaluate  # noqa: E402


def held_out(identity: str) -> bool:
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 6 == 3


def column(table: Table, name: str) -> str:
    if name == "story:b3":
        return f"{table.stories.f1:9.3f}" if table.stories else "        -"
    if name in ("language", "evidence"):
        return f"{getattr(table, name):9.3f}"
    return f"{table.scores[name].f1:9.3f}" if name in table.scores else "        -"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, default=OWN)
    chosen = parser.parse_args()
    from config.boilerplate import load_boilerplate
    from config.common_words import load_common_words

    boilerplate = Boilerplate(**load_boilerplate())
    tables: list[tuple[str, Table]] = []
    for path in sorted(chosen.dir.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        rows = [row for row in rows if "kind" in row and "events" in row]
        if not rows:
            continue
        book = StoryBook(LinkSettings(common_words=load_common_words()))
        service = AnalyseService(house().analyser, boilerplate, book)
        found = {a["id"]: a for a in service.run((f"{path.name}:{i}", row) for i, row in enumerate(rows, 1))}
        for star in (False, True) if chosen.dir != OWN else (False,):
            part = {row["id"]: row for row in rows if chosen.dir == OWN or held_out(row["id"]) == star}
            if part:
                tables.append((path.stem[:8] + "*" * star, evaluate(part, found)))
    if not tables:
        sys.exit(f"no labelled *.jsonl in {chosen.dir}")
    names = [*tables[0][1].scores, "language", "evidence", "story:b3"]
    print(f"{'F1':22}" + "".join(f"{name:>9}" for name, _ in tables))
    for name in names:
        print(f"{name:22}" + "".join(column(table, name) for _, table in tables))


if __name__ == "__main__":
    main()
