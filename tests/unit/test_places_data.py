"""The gazetteer's rows: closed lists, points inside the country, one meaning for a name in a governorate."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from config.catalogue import DATA, PLACE_COLUMNS, load_lexicon
from worker.domain.vocabulary import GOVERNORATES

TYPES = {
    "airport",
    "base",
    "bridge",
    "camp",
    "country",
    "crossing",
    "dam",
    "district",
    "embassy-area",
    "gas_field",
    "governorate",
    "mountain",
    "oil_field",
    "port",
    "prison",
    "quarter",
    "refinery",
    "region",
    "river",
    "road",
    "shrine",
    "subdistrict",
    "town",
    "university",
    "village",
}
LANGUAGES = ("ar", "ckb", "fa", "tr", "fr", "es", "de", "en")
ARABIC_SCRIPT = ("ar", "ckb", "fa")
POINT_SOURCES = (
    "GeoNames",
    "PITF",
    "ACLED",
    "airportsdata ",
    "Wikipedia",
    "district (",
    "city (",
    "governorate (",
)
CLITICS = re.compile(r"^(?:و|ف|ب|ل|ك)ال\w{2,}")


def _rows() -> list[dict[str, str]]:
    lines = (DATA / "places.tsv").read_text(encoding="utf-8").splitlines()
    body = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert tuple(body[0]) == PLACE_COLUMNS
    assert all(len(cells) == len(PLACE_COLUMNS) for cells in body)
    return [dict(zip(PLACE_COLUMNS, cells, strict=True)) for cells in body[1:]]


ROWS = _rows()


def _aliases(row: dict[str, str], *codes: str) -> list[str]:
    return [alias for code in codes or LANGUAGES for alias in row[code].split("|") if alias]


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def test_every_row_is_read_by_the_catalogue() -> None:
    assert len(load_lexicon().places) == len(ROWS) >= 900


def test_ids_are_unique_slugs() -> None:
    ids = [row["id"] for row in ROWS]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", i)] == []


def test_types_and_governorates_are_of_the_closed_lists() -> None:
    assert {row["type"] for row in ROWS} <= TYPES
    assert {row["governorate"] for row in ROWS if row["governorate"]} == set(GOVERNORATES)


def test_all_19_governorates_are_there_under_the_name_that_the_other_rows_use() -> None:
    own = {row["governorate"]: row["name"] for row in ROWS if row["type"] == "governorate"}
    assert set(own) == set(GOVERNORATES)
    assert all(name.removesuffix(" Governorate") == governorate for governorate, name in own.items())


def test_a_district_named_by_a_row_is_a_row_itself() -> None:
    districts = {(row["district"], row["governorate"]) for row in ROWS if row["type"] == "district"}
    named = {(row["district"], row["governorate"]) for row in ROWS if row["district"]}
    assert named - districts - {("Baghdad", "Baghdad")} == set()


def test_rows_without_governorate_are_disputed_or_cross_borders() -> None:
    without = [row for row in ROWS if not row["governorate"]]
    disputed = [row for row in without if row["district"] == "Makhmur"]
    wide = [row for row in without if row["type"] in ("country", "region", "river", "road", "mountain")]
    assert {row["id"] for row in without} == {row["id"] for row in disputed + wide}


def test_points_lie_in_or_at_the_edge_of_iraq_and_say_where_they_come_from() -> None:
    for row in ROWS:
        assert 28.5 <= float(row["lat"]) <= 38.2, row["id"]
        assert 38.5 <= float(row["lon"]) <= 49.0, row["id"]
        assert row["source"].startswith(POINT_SOURCES), row["id"]


def test_a_borrowed_point_is_never_precise() -> None:
    for row in ROWS:
        assert row["precision"] in ("1", "2", "3"), row["id"]
        if row["source"].startswith(("district (", "city (")):
            assert row["precision"] == "2", row["id"]
        if row["source"].startswith("governorate (") or row["type"] == "governorate":
            assert row["precision"] == "3", row["id"]


def test_a_precise_point_belongs_to_one_place_and_its_namesakes() -> None:
    shared: dict[tuple[str, str], list[str]] = {}
    for row in ROWS:
        if row["precision"] == "1":
            shared.setdefault((row["lat"], row["lon"]), []).append(row["type"])
    same_kind = {point: kinds for point, kinds in shared.items() if kinds.count("town") > 1}
    assert same_kind == {}


def test_aliases_are_clean_text() -> None:
    for row in ROWS:
        for alias in [row["name"], *_aliases(row)]:
            assert alias == unicodedata.normalize("NFC", alias).strip(), (row["id"], alias)
            assert "  " not in alias, (row["id"], alias)
            assert not any(unicodedata.category(c) == "Cc" for c in alias), (row["id"], alias)


@pytest.mark.parametrize("code", LANGUAGES)
def test_aliases_are_in_the_script_of_their_language(code: str) -> None:
    for row in ROWS:
        for alias in _aliases(row, code):
            letters = [c for c in alias if c.isalpha()]
            arabic = sum("ARABIC" in unicodedata.name(c, "") for c in letters)
            if code in ARABIC_SCRIPT:
                assert arabic or alias.isascii(), (row["id"], alias)
            else:
                assert arabic == 0, (row["id"], alias)


def test_sorani_and_persian_use_their_own_kaf_and_yeh() -> None:
    foreign = {"ckb": "كيىة", "fa": "كيىةە"}
    found = [
        (row["id"], alias)
        for row in ROWS
        for code, letters in foreign.items()
        for alias in _aliases(row, code)
        if set(alias) & set(letters)
    ]
    assert found == []


def test_arabic_aliases_carry_no_clitic() -> None:
    stuck = [(row["id"], a) for row in ROWS for a in _aliases(row, "ar") if CLITICS.match(a)]
    assert {pair for pair in stuck if pair[1] not in _BEGIN_SO} == set()


_BEGIN_SO = {"بالكايتي", "بالكانة", "بالافا", "بالافه", "بالاوا", "باليسان"}
"""Kurdish names whose first letters only look like the Arabic preposition and article."""


def test_a_name_means_one_place_within_a_governorate() -> None:
    owner: dict[tuple[str, str], str] = {}
    clashes = []
    for row in ROWS:
        for alias in {_key(a) for a in [row["name"], *_aliases(row)]}:
            first = owner.setdefault((alias, row["governorate"]), row["id"])
            if first != row["id"]:
                clashes.append((alias, first, row["id"]))
    assert clashes == []


def _doubtful(row: dict[str, str]) -> list[str]:
    """The row's ambiguous aliases; one that is doubtful in one language, or no place in it, has that before it."""
    return [alias.rpartition(":")[2].lstrip("!") for alias in row["ambiguous"].split("|") if alias]


def test_ambiguous_aliases_are_aliases_of_their_row() -> None:
    for row in ROWS:
        own = {_key(a) for a in [row["name"], *_aliases(row)]}
        for alias in _doubtful(row):
            assert _key(alias) in own, (row["id"], alias)


@pytest.mark.parametrize(
    "word", ["Hit", "Gara", "Zap", "Balad", "بلد", "القائم", "الدورة", "Zubair", "Safwan"]
)
def test_ordinary_words_want_a_cue(word: str) -> None:
    for row in ROWS:
        if _key(word) in {_key(a) for a in [row["name"], *_aliases(row)]}:
            assert _key(word) in {_key(a) for a in _doubtful(row)}, row["id"]


def test_two_letter_names_want_a_cue() -> None:
    short = [
        (row["id"], alias)
        for row in ROWS
        for alias in [row["name"], *_aliases(row)]
        if len(alias) <= 2 and _key(alias) not in {_key(a) for a in _doubtful(row)}
    ]
    assert short == []


@pytest.mark.parametrize(
    ("code", "share"), [("ar", 0.99), ("ckb", 0.85), ("fa", 0.9), ("tr", 0.85), ("en", 0.9)]
)
def test_coverage_by_language(code: str, share: float) -> None:
    assert sum(bool(row[code]) for row in ROWS) >= share * len(ROWS)


def test_the_places_of_the_development_sets_are_known(shared: Path) -> None:
    import json

    names = {_fold(a) for row in ROWS for a in [row["name"], *_aliases(row)]}
    unknown = Counter(
        event["place"]
        for name in ("dev.jsonl", "real_dev.jsonl")
        for line in (shared / "eval" / name).read_text(encoding="utf-8").splitlines()
        for event in json.loads(line)["events"]
        if event.get("place") and _fold(event["place"].split(",")[0]) not in names
    )
    assert dict(unknown) == {}


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"^(?:al|el|as|ar)[ -]", "", re.sub(r"[^\w\s-]", "", plain)).replace("-", " ")
