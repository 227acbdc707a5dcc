"""The compiled lexicon in a file: as good as one made from the words, and refused where it is not whole or not ours."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from config.catalogue import lexicon_version, load_lexicon, load_model
from tests.support.lexicon import shipped_lexicon
from tests.support.paths import ROOT
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.words.lexicon import Lexicon, build_lexicon, lexicon_of
from worker.services.analyse import AnalyseService
from worker.storage import compiled


@pytest.fixture
def small() -> Lexicon:
    """A lexicon of one language, one concept and one place."""
    return build_lexicon(
        concepts={"bomb": {"id": "bomb", "says": "a bomb", "group": "weapon"}},
        languages={"en": {"code": "en", "script": "latin", "concepts": {"bomb": [{"say": "bomb|device"}]}}},
        actors={},
        places={"taji": {"id": "taji", "name": "Taji", "type": "town", "governorate": "Baghdad"}},
        version="abc",
    )


def kept_under(folder: Path) -> list[Path]:
    return sorted(folder.glob("lexicon-*.bin"))


def test_analyses_are_the_same_as_with_a_lexicon_made_from_the_words(tmp_path):
    compiled.save(tmp_path, shipped_lexicon())
    read = compiled.load(tmp_path, shipped_lexicon().version)
    fresh = lexicon_of(load_lexicon())
    rows = (ROOT / "tests" / "golden" / "labelled.jsonl").read_text(encoding="utf-8").splitlines()[::3]
    told = [
        [AnalyseService(Analyser(words, load_model()), Boilerplate()).one(json.loads(row)) for row in rows]
        for words in (read, fresh)
    ]
    assert told[0] == told[1]
    assert read.phrases == fresh.phrases
    assert any(analysis["events"] for analysis in told[0])


def test_what_texts_taught_a_language_is_not_kept(tmp_path, small):
    small.tongues["en"].openings(["bomb", "devices", "quiet"])
    compiled.save(tmp_path, small)
    read = compiled.load(tmp_path, "abc").tongues["en"]
    assert (read.known, read.cache, read.tests.known) == ({}, {}, {})
    assert [bool(o.anchors) for o in read.openings(["bomb", "quiet"])] == [True, False]


def test_there_is_none_before_one_was_saved(tmp_path):
    assert compiled.load(tmp_path / "nowhere", "abc") is None
    assert not compiled.is_kept(tmp_path, "abc")


def test_a_file_of_other_words_is_not_taken(tmp_path, small):
    path = compiled.save(tmp_path, small)
    assert compiled.is_kept(tmp_path, "abc")
    assert compiled.load(tmp_path, "abd") is None
    path.rename(tmp_path / f"lexicon-{compiled.stamp('abd')}.bin")
    assert compiled.load(tmp_path, "abd") is None  # whatever it is called


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99])
def test_a_torn_file_is_as_none(tmp_path, small, keep):
    path = compiled.save(tmp_path, small)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    assert compiled.load(tmp_path, "abc") is None


@pytest.mark.parametrize("at", [-6, 60, 120, 200])
def test_a_file_with_a_flipped_bit_is_as_none_and_is_written_again(tmp_path, small, at):
    path = compiled.save(tmp_path, small)
    whole = bytearray(path.read_bytes())
    whole[at] ^= 64  # in the checksum, and in what is compressed
    path.write_bytes(whole)
    assert compiled.load(tmp_path, "abc") is None
    assert not compiled.is_kept(tmp_path, "abc")


class Harm:
    """What a foreign pickle would have done."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_a_file_that_names_anything_else_is_refused_and_does_nothing(tmp_path):
    with gzip.open(tmp_path / f"lexicon-{compiled.stamp('abc')}.bin", "wb") as file:
        pickle.dump(Harm(tmp_path / "harm"), file)
    assert compiled.load(tmp_path, "abc") is None
    assert not (tmp_path / "harm").exists()


def test_the_stamp_changes_with_the_code_that_compiles(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "phrases.py").write_text("GAP = 3\n")
    before = compiled.stamp("abc", tmp_path)
    (tmp_path / "words" / "phrases.py").write_text("GAP = 4\n")
    assert compiled.stamp("abc", tmp_path) != before


def test_the_newest_and_a_few_older_files_are_left(tmp_path, small):
    for number in range(6):
        old = tmp_path / f"lexicon-{number}.bin"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    path = compiled.save(tmp_path, small)
    assert len(kept_under(tmp_path)) == compiled.KEPT
    assert path in kept_under(tmp_path)
    assert not list(tmp_path.glob("*.part"))


def test_what_a_killed_writer_left_goes_and_what_is_being_written_stays(tmp_path, small):
    left, fresh = tmp_path / "lexicon-left.part", tmp_path / "lexicon-fresh.part"
    for part in (left, fresh):
        part.write_bytes(b"half")
    os.utime(left, (1, 1))
    compiled.save(tmp_path, small)
    assert not left.exists()
    assert fresh.exists()


def test_the_version_is_that_of_the_files_that_were_read(tmp_path):
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "en.yaml").write_text('code: en\nconcepts: {bomb: ["=zonk"]}\n')
    assert lexicon_version() == load_lexicon().version
    assert lexicon_version(tmp_path) == load_lexicon(tmp_path).version != lexicon_version()
    assert load_model(tmp_path) == load_lexicon().model


def marsad(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from worker.cli import main; main()", *words],
        env={**os.environ, "MARSAD_HOME": str(home), "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_command_compiles_once_and_says_where(tmp_path):
    env = {"MARSAD_CACHE_DIR": str(tmp_path / "kept")}
    first, second = (marsad(tmp_path / "home", "lexicon", "compile", **env) for _ in range(2))
    (path,) = kept_under(tmp_path / "kept")
    assert f"phrases: compiled into {path}" in first.stdout
    assert "phrases: was compiled already" in second.stdout


def test_a_cache_that_cannot_be_written_is_named_and_stops_no_service(tmp_path):
    (tmp_path / "file").write_text("")
    env = {"MARSAD_CACHE_DIR": str(tmp_path / "file" / "kept")}
    asked = marsad(tmp_path / "home", "lexicon", "compile", **env)
    assert asked.returncode == 2
    assert asked.stderr.startswith("marsad: MARSAD_CACHE_DIR: the lexicon can't be kept")
    begun = marsad(tmp_path / "home", "migrate", **env)
    assert begun.returncode == 0
    assert "each process compiles it for itself" in begun.stderr
