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
from collections.abc import Sequence
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


def mix(world: list[object], analyser: object) -> None:
    """The realistic mix: items of the world stream, as they come and padded or cut to two lengths."""
    if not world:
        return
    named = sum(not analyser.analyse(d).reasons[0].startswith("nothing in it names") for d in world)  # type: ignore[attr-defined]
    size = sum(len(d.text) for d in world) / len(world)  # type: ignore[attr-defined]
    print(f"realistic mix, {len(world):,} items of the world stream, {named} of which name Iraq or a party:")
    print(f"  as feeds deliver them ({size:.0f} characters) {rate(analyser, world):8,.0f} /s")
    for name, length in (("teasers of 600", 600), ("articles of 5,000", 5000)):
        print(
            f"  padded or cut to {name} characters {rate(analyser, [cut(d, length) for d in world]):8,.0f} /s"
        )
    fresh, _, _ = start()
    begin = time.process_time()
    for document in world:
        fresh.analyse(document)  # type: ignore[attr-defined]
    print(f"  the first time, no word met before: {len(world) / (time.process_time() - begin):8,.0f} /s")


def start(languages: Sequence[str] = ()) -> tuple[object, object, float]:
    """The analyser, the boilerplate and the seconds; all languages made, or these."""
    begin = time.process_time()
    from config.boilerplate import load_boilerplate
    from config.catalogue import load_lexicon
    from worker.domain.text.boilerplate import Boilerplate
    from worker.domain.understanding.analyser import Analyser
    from worker.domain.understanding.words.lexicon import lexicon_of

    data = load_lexicon()
    lexicon = lexicon_of(data)
    analyser = Analyser(lexicon, data.model)
    for code in languages or lexicon.tongues:
        _ = lexicon.tongues[code]
    took = time.process_time() - begin
    return analyser, Boilerplate(**load_boilerplate()), took


def kept() -> None:
    """Start-up from the compiled lexicon that `marsad up` keeps, in a process of its own."""
    import subprocess
    import tempfile

    from config.catalogue import load_lexicon
    from worker.domain.understanding.words.lexicon import lexicon_of
    from worker.storage import compiled

    with tempfile.TemporaryDirectory() as folder:
        size = compiled.save(Path(folder), lexicon_of(load_lexicon())).stat().st_size / 2**20
        done = subprocess.run(
            [sys.executable, "-c", _KEPT, folder], cwd=ROOT, capture_output=True, text=True, check=True
        )
    took, memory = map(float, done.stdout.split())
    print(
        f"start-up from the compiled lexicon ({size:.1f} MB) {took:.2f} s, everything imported; {memory:.0f} MB"
    )


_KEPT = """
import resource, sys, time
from pathlib import Path
begin = time.process_time()
from config.catalogue import lexicon_version, load_model
from worker.domain.understanding.analyser import Analyser
from worker.storage import compiled
Analyser(compiled.load(Path(sys.argv[1]), lexicon_version()), load_model())
print(time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


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


def yardstick() -> float:
    """Seconds of a loop of a million dictionary writes: tells machines and busy hours apart."""
    begin = time.process_time()
    table: dict[int, int] = {}
    for number in range(1_000_000):
        table[number & 1023] = number
    return time.process_time() - begin


def beside_spacy(analyser: object, documents: list[object]) -> None:
    """The whole analysis, its matching alone, and spaCy with our English phrases, on the same English texts."""
    from worker.domain.understanding.words.matcher import read

    english = [d for d in documents if d.language == "en"]  # type: ignore[attr-defined]
    tongue = analyser.lexicon.tongues["en"]  # type: ignore[attr-defined]
    print(
        f"\n{len(english)} English teasers, texts/s: the whole analysis {rate(analyser, english, 2.0):,.0f}",
        end="",
    )
    print(f", its matching alone {_texts(lambda d: read(d.text, tongue), english):,.0f}")  # type: ignore[attr-defined]
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        print("spaCy is not installed")
        return
    says = sorted(
        {
            sense.phrase.say
            for layer in tongue.layers
            for row in layer.anchors
            for anchor in row
            for sense in (
                *anchor.single,
                *(s for g in (anchor.longer.second if anchor.longer else {}).values() for s in g),
            )
            if not set("=^*|#.") & set(sense.phrase.say)
        }
    )
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("all", list(pipeline.tokenizer.pipe(says)))
    speed = _texts(lambda d: matcher(pipeline(d.text)), english)  # type: ignore[attr-defined]
    print(
        f"spaCy {spacy.__version__}, blank English pipeline, sentencizer, PhraseMatcher (LOWER) with {len(says):,} of our"
        f" phrases in plain words: {speed:,.0f} (tokens, sentences and matches; no endings, conditions, events)"
    )


def _texts(call: object, documents: list[object]) -> float:
    begin, count = time.process_time(), 0
    while time.process_time() - begin < 2.0:
        for document in documents:
            call(document)  # type: ignore[operator]
        count += len(documents)
    return count / (time.process_time() - begin)


def main() -> None:
    print(f"yardstick, a million dictionary writes: {yardstick():.3f} s")
    analyser, boilerplate, took = start()
    from worker.services.analyse import document_of

    documents = [document_of(row, boilerplate)[0] for row in texts()]  # type: ignore[arg-type]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"start-up from the words of all languages {took:.2f} s; {analyser.lexicon.phrases:,} phrases; {memory:.0f} MB"
    )  # type: ignore[attr-defined]
    kept()
    teasers = [cut(d, 600) for d in documents]
    articles = [cut(d, 5000) for d in documents]
    print("worst case, every text is about Iraq or like it:")
    print(f"  teasers of 600 characters    {rate(analyser, teasers):8,.0f} /s")
    print(f"  articles of 5,000 characters {rate(analyser, articles):8,.0f} /s")
    mix([document_of(row, boilerplate)[0] for row in stream(2000)], analyser)
    beside_spacy(analyser, teasers)
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
