"""Folding: what must match does, offsets lead back, nothing raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.domain.text.fold import MAX_EXPANSION, fold, fold_key

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)
NEWS = st.text(
    alphabet="abIİıßÉœ'’` \n\t-–ءأإآىيئیێكکهةەھۆڕڵـًٌَُ‌‍\u200b\u200f١٢۳а\u0430р№ﷺﷲ½…\ud800\x00", max_size=80
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ROCKET", "rocket"),
        ("Ｒｏｃｋｅｔ 𝐫𝐨𝐜𝐤𝐞𝐭 🅡🅾ⓒⓚⓔⓣ", "rocket rocket rocket"),
        ("rоckеt", "rocket"),
        ("ro\u200bck\u00adet", "rocket"),
        ("ΝΑΤΟ", "nato"),
        ("Ba’qubah Ba`qubah Baʿqubah", "ba'qubah ba'qubah ba'qubah"),
        ("Straße", "strasse"),
        ("Émeute à l’aéroport, œuvre", "emeute a l'aeroport, oeuvre"),
        ("IŞİD ışid", "isid isid"),
        ("Kraliçe ÖĞÜT", "kralice ogut"),
        ("explosión año", "explosion ano"),
        ("أإآٱا", "ااااا"),
        ("قُتِلَ جُنْدِيٌّ", "قتل جندي"),
        ("الرمـــادي", "الرمادى"),
        ("بعقوبة", "بعقوبه"),
        ("سامراء", "سامرا"),
        ("كركوك", "کرکوک"),
        ("مسؤول", "مسوول"),
        ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
        ("٪١٫٥؟", "%1.5?"),
        ("هەولێر", "ھه‌ولیر"),
        ("کوژران لە گەڕەک و گۆڵ", "كوژران له گه‌ره‌ك و گول"),
        ("نیرو‌های", "نیروهای"),
        ("ﻻ ﻋﺮﺍﻕ", "لا عراق"),
        ("a\u00a0b\u2009c", "a b c"),
        ("Dohuk–Erbil", "dohuk-erbil"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one: str, other: str) -> None:
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(("one", "other"), [("پ", "ب"), ("چ", "ج"), ("گ", "ك"), ("ژ", "ز"), ("ش", "س")])
def test_letters_that_tell_words_apart_stay_apart(one: str, other: str) -> None:
    assert fold_key(one) != fold_key(other)


def test_folding_keeps_apostrophes_and_line_breaks_as_boundaries() -> None:
    assert fold("l’armée\nBağdat'ta").text == "l'armee\nbagdat'ta"


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Groß: Straße brennt", "strasse", "Straße"),
        ("ثم قُتِلَ جندي", "قتل", "قُتِلَ"),
        ("في سامراء أمس", "سامرا", "سامراء"),
        ("a ro\u200bck\u200bet hit", "rocket", "ro\u200bck\u200bet"),
        ("İstanbul'da IŞİD", "isid", "IŞİD"),
        ("plain ascii rocket", "rocket", "rocket"),
    ],
)
def test_a_match_in_folded_text_leads_back_to_its_source(text: str, word: str, found: str) -> None:
    folded = fold(text)
    at = folded.text.index(word)
    start, end = folded.span(at, at + len(word))
    assert text[start:end] == found


def test_half_an_expanded_letter_spans_the_whole_letter() -> None:
    folded = fold("aßb")
    assert folded.text == "assb"
    assert folded.span(1, 2) == (1, 2)
    assert folded.span(2, 3) == (1, 2)
    assert folded.span(4, 4) == (3, 3)


def test_an_expansion_and_a_deletion_that_cancel_out_do_not_fool_the_offsets() -> None:
    folded = fold("ß\u200bx")
    assert folded.text == "ssx"
    assert list(folded.starts) == [0, 0, 2]


@settings(deadline=None)
@given(ANY | NEWS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
    assert fold_key(fold_key(text)) == fold_key(text)


@settings(deadline=None)
@given(ANY | NEWS)
def test_offsets_are_complete_ascending_and_inside_the_source(text: str) -> None:
    folded = fold(text)
    starts = list(folded.starts)
    assert len(starts) == len(folded.text) <= MAX_EXPANSION * len(text)
    assert folded.source_length == len(text)
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)


@settings(deadline=None)
@given(ANY | NEWS, st.data())
def test_every_folded_span_folds_back_from_its_source_span(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text


@settings(deadline=None)
@given(st.integers(0, 0x10FFFF))
def test_no_character_folds_beyond_the_bound(code: int) -> None:
    assert len(fold(chr(code)).text) <= MAX_EXPANSION
