"""Speed of understanding: start-up, memory, teasers and articles a second on one core, matching by lexicon size.

Run by `make bench-understand`. Texts: the labelled development set beside the repository where it is there,
else the golden set. Prints a table; nothing is asserted, machines differ.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import random
import re
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def texts() -> list[dict[str, object]]:
    shared = ROOT.parent / "shared" / "eval" / "dev.jsonl"
    source = shared if shared.is_file() else ROOT / "tests" / "golden" / "labelled.jsonl"
    return [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]


def cut(document: object, size: int) -> object:
    from worker.domain.model import Document

    text = document.text  # type: ignore[attr-defined]
    while len(text) < size:
        text += "\n" + document.text[document.title_end + 1 :] + " "  # type: ignore[attr-defined]
        if document.title_end + 1 >= len(document.text):  # type: ignore[attr-defined]
            text += document.text  # type: ignore[attr-defined]
    text = text[:size]
    d = document
    return Document(text, min(d.title_end, size), d.language, d.published, d.source, d.url)  # type: ignore[attr-defined]


def rate(analyser: object, documents: list[object], seconds: float = 4.0) -> float:
    begin, count = time.process_time(), 0
    while time.process_time() - begin < seconds:
        for document in documents:
            analyser.analyse(document)  # type: ignore[attr-defined]
        count += len(documents)
    return count / (time.process_time() - begin)


def stream(limit: int) -> list[dict[str, object]]:
    import gzip

    path = ROOT.parent / "shared" / "corpora" / "stream_2026.jsonl.gz"
    if not path.is_file():
        return []
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            rows.append(json.loads(line))
            if len(rows) >= limit:
                break
    return rows


def start() -> tuple[object, object, float]:
    begin = time.process_time()
    from config.boilerplate import load_boilerplate
    from config.catalogue import load_lexicon
    from worker.domain.text.boilerplate import Boilerplate
    from worker.domain.understanding.analyser import Analyser
    from worker.domain.understanding.lexicon import build_lexicon

    data = load_lexicon()
    lexicon = build_lexicon(
        concepts=data.concepts,
        languages=data.languages,
        actors=data.actors,
        places=data.places,
        version=data.version,
    )
    analyser = Analyser(lexicon, data.model)
    took = time.process_time() - begin
    return analyser, Boilerplate(**load_boilerplate()), took


def matching() -> None:
    """Matching time against 10 to 100,000 phrases: the automaton, regex alternation, flashtext if installed."""
    from ahocorasick_rs import AhoCorasick

    rng = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(rng.choices(letters, k=rng.randint(5, 11))) for _ in range(120_000)]
    text = " ".join(rng.choices(words[:2000], k=520))[:4000]
    print("\nphrases    automaton texts/s    regex texts/s    flashtext texts/s   (4,000 characters)")
    for size in (10, 1_000, 100_000):
        automaton = AhoCorasick([f" {w}" for w in words[:size]])
        row = [_times(lambda a=automaton: a.find_matches_as_indexes(text, overlapping=True))]
        pattern = re.compile(r"\b(?:" + "|".join(words[:size]) + r")\b")
        row.append(_times(lambda p=pattern: p.findall(text)))
        try:
            from flashtext import KeywordProcessor

            keys = KeywordProcessor()
            keys.add_keywords_from_list(words[:size])
            row.append(_times(lambda k=keys: k.extract_keywords(text)))
        except ImportError:
            row.append(float("nan"))
        print(f"{size:7,d}" + "".join(f"{r:20,.1f}" for r in row))


def _times(call: object) -> float:
    begin, count = time.process_time(), 0
    while time.process_time() - begin < 1.0:
        call()  # type: ignore[operator]
        count += 1
    return count / (time.process_time() - begin)


def spacy_rate(documents: list[object]) -> str:
    """A blank English spaCy pipeline with a ruler of our English phrases, if spaCy is installed."""
    try:
        import spacy
    except ImportError:
        return "spaCy is not installed"
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    begin = time.process_time()
    for document in documents:
        pipeline(document.text)  # type: ignore[attr-defined]
    return f"{len(documents) / (time.process_time() - begin):,.0f} texts/s (blank pipeline: tokens and sentences only)"


def main() -> None:
    analyser, boilerplate, took = start()
    from worker.services.analyse import document_of

    documents = [document_of(row, boilerplate)[0] for row in texts()]  # type: ignore[arg-type]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"start-up with all languages {took:.2f} s; {analyser.lexicon.phrases:,} phrases; {memory:.0f} MB")  # type: ignore[attr-defined]
    teasers = [cut(d, 600) for d in documents]
    articles = [cut(d, 5000) for d in documents]
    print(f"teasers of 600 characters, all about Iraq or like it: {rate(analyser, teasers):8,.0f} /s")
    print(f"articles of 5,000 characters, the same:               {rate(analyser, articles):8,.0f} /s")
    world = [document_of(row, boilerplate)[0] for row in stream(2000)]
    if world:
        size = sum(len(d.text) for d in world) / len(world)
        print(
            f"world news as feeds deliver it ({size:.0f} characters):        {rate(analyser, world):8,.0f} /s"
        )
    print(f"spaCy on the same teasers: {spacy_rate(teasers)}")
    matching()
    if "--profile" in sys.argv:
        profile = cProfile.Profile()
        profile.enable()
        for document in teasers:
            analyser.analyse(document)  # type: ignore[attr-defined]
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(28)


if __name__ == "__main__":
    main()
