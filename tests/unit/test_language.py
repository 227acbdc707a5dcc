"""Which language a news text is in, short and mixed ones above all."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from worker.domain.text.language import LANGUAGES, OTHER, detect


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Irak’ta rehin tutulan şoförlerin aileleri Ankara’da", "tr"),
        ("Rockets hit air base west of Baghdad", "en"),
        ("Des roquettes visent une base à l’ouest de Bagdad", "fr"),
        ("سقوط صواريخ على قاعدة عسكرية غربي بغداد", "ar"),
        ("شكو ماكو اليوم ببغداد، الجماعة سدّوا الشارع هواي", "ar"),
        ("دوو درۆن لە نزیک فڕۆکەخانەی هەولێر خرانە خوارەوە", "ckb"),
        ("دوو درۆن له‌ نزیك فڕۆكه‌خانه‌ی هه‌ولێر خرانه‌ خواره‌وه‌", "ckb"),
        ("شلیک چند راکت به پایگاهی در غرب بغداد", "fa"),
        ("شليك چند راكت به پايگاهي در غرب بغداد", "fa"),
        ("فرمانده نيروهاي «القدس» از عراق ديدار كرد", "fa"),
        ("Bağdat'ın batısındaki üsse roket atıldı", "tr"),
        ("Rehin alınan 28 Türk şoför", "tr"),
        ("Cohetes alcanzan una base al oeste de Bagdad", "es"),
        ("Raketen treffen Stützpunkt westlich von Bagdad", "de"),
        ("Du dron li nêzîkî balafirgeha Hewlêrê hatin xistin", OTHER),
        ("Ракеты попали в базу к западу от Багдада", OTHER),
        ("Razzi colpiscono una base militare a ovest della capitale irachena", OTHER),
        ("巴格达以西基地遭火箭弹袭击", OTHER),
        ("بغداد میں فوجی اڈے پر راکٹ حملہ، کئی فوجی زخمی ہو گئے", OTHER),
    ],
)
def test_a_headline_is_told(title: str, code: str) -> None:
    assert detect(title).code == code


def test_the_script_that_most_letters_are_in_decides_a_mixed_title() -> None:
    assert detect("Drone downed near Erbil airport, security service says - رووداو").code == "en"
    assert detect("إسقاط طائرة مسيرة قرب مطار أربيل الدولي - Shafaq News").code == "ar"


def test_the_body_helps_where_the_title_is_names_only() -> None:
    assert (
        detect("Bagdad", "Mehrere Geschosse sind am Abend in der Nähe der Botschaft eingeschlagen.").code
        == "de"
    )


def test_a_hint_decides_only_what_is_open() -> None:
    assert detect("2026", hint="ar").code == "ar"
    assert detect("2026").code == OTHER
    assert detect("2026", hint="ja").code == OTHER
    assert detect("Rockets hit air base west of Baghdad", hint="fr-FR").code == "en"


@settings(deadline=None)
@example(text="aa\ud800 aa\ud800", hint=None)
@given(
    st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80),
    st.sampled_from([None, "fa"]),
)
def test_any_string_gets_a_known_code(text: str, hint: str | None) -> None:
    found = detect(text, text, hint)
    assert found.code in (*LANGUAGES, OTHER)
    assert 0.0 <= found.score <= 1.0


def test_ninety_nine_of_a_hundred_sentences_in_each_language(shared: Path) -> None:
    right: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for line in (shared / "corpora" / "langid_dev.tsv").read_text(encoding="utf-8").splitlines():
        code, sentence = line.split("\t")
        all_[code] += 1
        right[code] += detect(sentence).code == (OTHER if code == "kmr" else code)
    assert {code: count for code, count in right.items() if count / all_[code] < 0.98} == {}
    assert all(right[code] / all_[code] >= 0.99 for code in LANGUAGES)


def test_ninety_seven_of_a_hundred_headlines(shared: Path) -> None:
    lines = (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    right = sum(detect(item["title"]).code == item["lang"] for item in items)
    assert right / len(items) >= 0.97


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sincar ilcesinde catisma: iki yarali", "tr"),
        ("Beiji yolunda konvoya saldiri: 2 kisi oldu, Washington ile Moskova'dan aciklama geldi", "tr"),
        ("Serokwezir bi wezirê derve re civiya", "other"),
        ("Iraqi army says two killed near Qaim, W. Anbar", "en"),
    ],
)
def test_turkish_typed_without_its_letters_is_turkish_and_kurmanji_is_not(text, code):
    assert detect(text).code == code
