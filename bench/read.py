"""Measures the reading room: articles, languages, the stream, folding, hostile markup.

    python -m bench.read [--shared ../shared] [articles] [languages] [stream] [fold] [hostile]

prints the tables of docs/reading.md. Times are of the process, so that a busy machine blurs them less.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from bench.bench_read_metric import load_pages, score
from config.boilerplate import load_boilerplate, load_walls
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.document import clean_item
from worker.domain.text.fold import fold
from worker.domain.text.html import to_text
from worker.domain.text.language import LANGUAGES, OTHER, _guess, detect
from worker.domain.text.walls import Walls
from worker.feeds.article import Words, decode_page, extract

STREAM_ITEMS = 20_000


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def articles(shared: Path) -> None:
    """F1 over the corpus and pages a second, ours beside trafilatura's own and BeautifulSoup's."""
    from bs4 import BeautifulSoup
    from trafilatura import bare_extraction

    words = Words(Boilerplate(**load_boilerplate()), Walls(**load_walls()))
    pages = load_pages(shared / "corpora" / "articles")

    def by_trafilatura(metadata: bool, **how: bool) -> Callable[[bytes, str], str]:
        def read(page: bytes, url: str) -> str:
            found = bare_extraction(page, url=url, include_comments=False, with_metadata=metadata, **how)
            return (found.text or "") if found else ""

        return read

    readers: dict[str, Callable[[bytes, str], str]] = {
        "Marsad, with metadata and language": lambda page, url: extract(decode_page(page), url, words).text,
        "trafilatura, with metadata": by_trafilatura(True),
        "trafilatura, text alone": by_trafilatura(False),
        "trafilatura, favor_precision": by_trafilatura(False, favor_precision=True),
        "trafilatura, fast": by_trafilatura(False, fast=True),
        "BeautifulSoup get_text": lambda page, _: BeautifulSoup(page, "lxml").get_text(" "),
    }
    found: dict[str, dict[str, str]] = {name: {} for name in readers}
    spent = dict.fromkeys(readers, 0.0)
    warm = next(iter(pages.values())).html
    for read in readers.values():
        read(warm, "https://warm.example/")
    for key, page in pages.items():  # readers take turns, so that a busy moment hits all of them
        for name, read in readers.items():
            started = time.process_time()
            found[name][key] = read(page.html, page.url)
            spent[name] += time.process_time() - started
    rows = []
    for name, texts in found.items():
        result = score(pages, texts)
        cells = (f"{value:.4f}" for value in (result.f1, result.precision, result.recall))
        rows.append((name, *cells, f"{len(pages) / spent[name]:.0f}"))
    print(f"### Articles ({len(pages)} pages)\n")
    table(("reader", "F1", "precision", "recall", "pages/s"), rows)


def languages(shared: Path) -> None:
    """Share told right by language, for sentences, their beginnings and headlines; texts a second."""
    rows = [
        line.split("\t") for line in (shared / "corpora" / "langid_dev.tsv").read_text("utf-8").splitlines()
    ]
    sentences = [(OTHER if code == "kmr" else code, text) for code, text in rows]
    sets = {
        "sentences": sentences,
        "first 40 characters": [(code, text[:40]) for code, text in sentences],
        "first 25 characters": [(code, text[:25]) for code, text in sentences],
    }
    for name in ("dev", "real_dev"):
        items = map(json.loads, (shared / "eval" / f"{name}.jsonl").open(encoding="utf-8"))
        sets[f"headlines of {name}"] = [(item["lang"], html.unescape(item["title"])) for item in items]
    detect("warm up")
    result = []
    for name, texts in sets.items():
        found: list[str] = []
        spent = timed(lambda texts=texts, found=found: found.extend(detect(text).code for _, text in texts))
        model = timed(lambda texts=texts: [_guess(text.lower()) for _, text in texts])
        right = Counter(code for (code, _), got in zip(texts, found, strict=True) if code == got)
        asked = Counter(code for code, _ in texts)
        cells = [f"{right[code]}/{asked[code]}" if asked[code] else "" for code in (*LANGUAGES, OTHER)]
        result.append(
            (
                name,
                *cells,
                f"{sum(right.values()) / len(texts):.3f}",
                f"{len(texts) / spent:,.0f}",
                f"{len(texts) / model:,.0f}",
            )
        )
    print("### Languages (right / asked; other is Kurmanji)\n")
    table(("texts", *LANGUAGES, OTHER, "all", "texts/s", "the model alone"), result)


def stream(shared: Path) -> None:
    """Read 20,000 items of the stream as the read room does, up to the analysis."""
    phrases = Boilerplate(**load_boilerplate())
    with gzip.open(shared / "corpora" / "stream_2026.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in islice(lines, STREAM_ITEMS)]
    faults: list[str] = []
    teasers = characters = 0

    def read() -> None:
        nonlocal teasers, characters
        for item in items:
            try:
                clean = clean_item(
                    item["title"] or "",
                    item["body_html"] or "",
                    phrases,
                    source=item["source"],
                    url=item["url"],
                )
            except Exception as fault:  # noqa: BLE001 - counting them is the point
                faults.append(f"{item['id']}: {fault!r}")
                continue
            teasers += clean.teaser
            characters += len(clean.text)

    spent = timed(read)
    print("### The stream\n")
    table(
        ("items", "exceptions", "items/s", "characters", "teasers"),
        [(len(items), len(faults), f"{len(items) / spent:,.0f}", f"{characters:,}", teasers)],
    )
    print(*faults[:10], sep="\n")


def folding(shared: Path) -> None:
    """Megabytes of UTF-8 folded a second, with and without offsets."""
    texts: dict[str, list[str]] = {}
    for line in (shared / "corpora" / "langid_dev.tsv").read_text("utf-8").splitlines():
        code, text = line.split("\t")
        texts.setdefault(code, []).append(text)
    rows = []
    for code in ("en", "fr", "ar", "ckb", "fa", "tr"):
        many = texts[code] * 40
        size = sum(len(text.encode()) for text in many) / 1e6
        plain = timed(lambda many=many: [fold(text) for text in many])
        offsets = timed(lambda many=many: [fold(text).starts for text in many])
        rows.append((code, f"{size / plain:.0f}", f"{size / offsets:.0f}"))
    print("### Folding (MB/s)\n")
    table(("language", "text", "text and offsets"), rows)


def hostile(_: Path) -> None:
    """Seconds for markup made to be slow."""
    phrases = Boilerplate(**load_boilerplate())
    words = Words(phrases, Walls(**load_walls()))
    cases = {
        "100,000 nested `<div>`": "<div>" * 100_000 + "kept",
        "9,000 nested `<b>` (through the tree)": "<b>" * 9_000 + "kept",
        "400 KB of `<!--`": "<!--" * 100_000 + "kept",
        "1 MB of `&`": "&" * 999_995 + " kept",
        "300 KB of `<a `": "<a " * 100_000 + "kept",
        "100,000 `<p>`": "<p>word" * 100_000,
        "1 MB of combining marks": "a" + "\u0316\u0300" * 499_999,
        "50,000 attributes": "<a " + " ".join(f"x{i}=1" for i in range(50_000)) + ">kept</a>",
        "1 MB of half-escaped tags": "&lt;p " * 166_000,
    }
    rows = []
    for name, markup in cases.items():
        entry: list[str] = []
        first = timed(lambda markup=markup, entry=entry: entry.append(to_text(markup, phrases)))
        second = timed(lambda markup=markup: extract(markup, "https://a.example/", words))
        kept = "kept" in entry[0] if "kept" in markup else ""
        rows.append(
            (
                name,
                f"{first:.2f}",
                f"{second:.2f}",
                "yes" if kept else "past the limit" if kept is False else "",
            )
        )
    print("### Hostile markup (seconds)\n")
    table(("markup", "as an entry", "as a page", "text at its end kept"), rows)


PARTS = {"articles": articles, "languages": languages, "stream": stream, "fold": folding, "hostile": hostile}


def main() -> None:
    """Run the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all when left out")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    chosen = parser.parse_args()
    for name in chosen.parts or PARTS:
        PARTS[name](chosen.shared)


if __name__ == "__main__":
    main()
