"""The actors' entries: closed lists, parents that exist, aliases in each language's own writing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import pytest

from config.catalogue import DATA, load_lexicon
from config.yamlfile import read_yaml
from worker.domain.vocabulary import ACTORS, TARGETS, TERMS

ROWS: list[dict[str, Any]] = read_yaml(DATA / "actors.yaml")
LANGUAGES = ("en", "fr", "ar", "ckb", "fa", "tr", "es", "de")
SIDES = {"government", "kurdish", "pmf", "insurgent", "foreign", "tribal", "civilian"}
KINDS = {"force", "faction", "person", "agency"}
BY_ID = {row["id"]: row for row in ROWS}


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def test_every_entry_is_read_by_the_catalogue() -> None:
    assert set(load_lexicon().actors) >= set(BY_ID)
    assert len(BY_ID) == len(ROWS) >= 110


def test_entries_have_all_keys_and_closed_values() -> None:
    for row in ROWS:
        assert row["side"] in SIDES, row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["interaction"] in range(1, 9), row["id"]
        assert row["coarse"] is None or row["coarse"] in ACTORS, row["id"]
        assert row["term"] is None or row["term"] in TERMS, row["id"]
        assert row["target"] is None or row["target"] in TARGETS, row["id"]


def test_parents_exist_and_lead_to_a_root() -> None:
    for row in ROWS:
        seen, here = [row["id"]], row["parent"]
        while here is not None:
            assert here in BY_ID, row["id"]
            assert here not in seen, row["id"]
            seen.append(here)
            here = BY_ID[here]["parent"]


def test_every_actor_of_the_closed_list_has_an_entry_of_its_own() -> None:
    assert set(ACTORS) - {row["coarse"] for row in ROWS} == set()
    assert set(ACTORS) - set(BY_ID) == set()


def test_factions_of_the_popular_mobilization_imply_its_term() -> None:
    for row in ROWS:
        if row["side"] == "pmf" and row["id"] != "muqtada_al_sadr":
            assert row["term"] == "hashd", row["id"]


def test_a_person_acts_for_nobody_by_being_named() -> None:
    for row in ROWS:
        if row["kind"] == "person":
            assert row["coarse"] is None, row["id"]
            assert row["target"] in (None, "official"), row["id"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_entry_has_names_in_every_language(code: str) -> None:
    bare = [row["id"] for row in ROWS if not row["aliases"].get(code)]
    assert len(bare) <= 2, bare


def test_aliases_are_clean_and_said_once() -> None:
    for row in ROWS:
        for code, names in row["aliases"].items():
            assert [n for n, k in Counter(map(_key, names)).items() if k > 1] == [], (row["id"], code)
            for name in names:
                assert name == unicodedata.normalize("NFC", name).strip(), (row["id"], name)


def test_an_alias_names_one_entry_in_a_language() -> None:
    owner: dict[tuple[str, str], str] = {}
    clashes = []
    for row in ROWS:
        for code, names in row["aliases"].items():
            for name in names:
                first = owner.setdefault((code, name), row["id"])
                if first != row["id"]:
                    clashes.append((code, name, first, row["id"]))
    assert clashes == []


def test_aliases_are_in_the_writing_of_their_language() -> None:
    for row in ROWS:
        for code, names in row["aliases"].items():
            for name in names:
                letters = [c for c in name if c.isalpha()]
                arabic = sum("ARABIC" in unicodedata.name(c, "") for c in letters)
                if code in ("ar", "ckb", "fa"):
                    assert arabic or name.isascii(), (row["id"], name)
                else:
                    assert arabic == 0, (row["id"], name)


def test_persian_and_sorani_use_their_own_kaf_and_yeh() -> None:
    wrong = [
        (row["id"], name)
        for row in ROWS
        for code in ("ckb", "fa")
        for name in row["aliases"].get(code, [])
        if set(name) & set("كيى" if code == "ckb" else "كي")
    ]
    assert wrong == []


def test_arabic_aliases_carry_no_clitic() -> None:
    stuck = [
        (row["id"], name)
        for row in ROWS
        for name in row["aliases"].get("ar", [])
        if name.startswith(("وال", "بال", "كال", "فال", "لل")) and name not in _BEGIN_SO
    ]
    assert stuck == []


_BEGIN_SO = {
    "والي العراق",
    "والي بغداد",
    "والي ديالى",
    "والي الأنبار",
    "والي كركوك",
    "والي صلاح الدين",
    "فالح الفياض",
}


def test_ambiguous_aliases_are_names_of_the_entry() -> None:
    for row in ROWS:
        own = {name for names in row["aliases"].values() for name in names} | {row["name"]}
        assert set(row.get("ambiguous") or ()) <= own, row["id"]


@pytest.mark.parametrize(
    ("identifier", "alias"),
    [
        ("isis", "IS"),
        ("isis", "EI"),
        ("badr", "Badr"),
        ("irgc", "سپاه"),
        ("hashd", "الحشد"),
        ("us_forces", "Pentagon"),
    ],
)
def test_short_and_borrowed_names_want_a_cue(identifier: str, alias: str) -> None:
    assert alias in BY_ID[identifier]["ambiguous"]


def test_two_letter_names_want_a_cue() -> None:
    short = [
        (row["id"], name)
        for row in ROWS
        for names in row["aliases"].values()
        for name in names
        if len(name) <= 2 and name not in (row.get("ambiguous") or ())
    ]
    assert short == []
