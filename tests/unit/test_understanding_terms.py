"""Which watch terms a text speaks of, and which of its words only mention them; on the shipped lexicon."""

from __future__ import annotations

import pytest

from tests.support.reports import analysis_of
from worker.domain.understanding.analyser import Analyser


def terms(analyser: Analyser, language: str, title: str, body: str) -> set[str]:
    found = analysis_of(analyser, language, title, body)
    return set(found.terms)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Rocket hits base near Erbil",
            "A rocket hit a base used by the coalition near Erbil on Tuesday.",
        ),
        (
            "fr",
            "Un sous-traitant tué à Erbil",
            "Une roquette a tué mardi à Erbil un sous-traitant de la coalition.",
        ),
        (
            "de",
            "Stützpunkt im Irak geräumt",
            "Die Koalition hat am Dienstag den Stützpunkt Ain al-Asad im Irak geräumt.",
        ),
        ("tr", "Irak'ta üs boşaltıldı", "Koalisyon, Irak'taki Ayn el-Esed üssünden çekilmeye başladı."),
        (
            "fa",
            "انفجار در بابل",
            "یک بمب کنار جاده‌ای روز سه‌شنبه در مسیر کاروان ائتلاف در استان بابل منفجر شد.",
        ),
    ],
)
def test_the_bare_coalition_beside_arms_is_the_one_against_isis(
    analyser: Analyser, language: str, title: str, body: str
) -> None:
    assert "coalition" in terms(analyser, language, title, body)


def test_a_ruling_coalition_is_none_of_forces(analyser: Analyser) -> None:
    body = "The ruling coalition in Baghdad agreed on Monday to retire two commanders of Kataib Hezbollah."
    assert "coalition" not in terms(analyser, "en", "Deal reached in Baghdad", body)


@pytest.mark.parametrize(
    ("body", "term", "counts"),
    [
        ("American troops left a camp near Kirkuk, Iraq, on Monday.", "us_forces", True),
        ("Iraq's government and the American ambassador spoke of Kataib Hezbollah.", "us_forces", False),
        ("The United States imposed sanctions on two commanders of Kataib Hezbollah.", "us_forces", False),
        ("Iran fired missiles at a village near Erbil, Iraq, on Monday.", "iran", True),
        ("Kataib Hezbollah threatened Iraq's bases after US strikes on Iran.", "iran", False),
        ("Turkey will keep its soldiers at the Bashiqa base in Iraq.", "turkey_ops", True),
    ],
)
def test_a_country_counts_for_its_forces_where_they_act(
    analyser: Analyser, body: str, term: str, counts: bool
) -> None:
    assert (term in terms(analyser, "en", "News from Iraq", body)) is counts


@pytest.mark.parametrize(
    ("language", "body", "term"),
    [
        (
            "en",
            "Gunmen killed a farmer at Radwaniyah, near Baghdad airport, on Monday.",
            "airport",
        ),
        ("en", "Police in Mosul arrested a man of ISIS and seized an explosive belt.", "suicide_attack"),
        ("fr", "Une figure de la contestation de 2019 a été tuée par balle mardi à Bagdad.", "protest"),
        ("de", "Zu dem Beschuss der Basis Harir im Irak mit Raketen bekannte sich niemand.", "shelling"),
        ("ar", "انفجرت عبوة لاصقة قرب وزارة الداخلية في بغداد صباح الاثنين.", "iraqi_forces"),
        (
            "en",
            "Iraqi troops closed the Green Zone in Baghdad, home to foreign embassies, before the vote.",
            "embassy",
        ),
    ],
)
def test_what_is_only_mentioned_is_no_term(analyser: Analyser, language: str, body: str, term: str) -> None:
    assert term not in terms(analyser, language, "Irak", body)


def test_drones_over_another_country_count_in_a_text_about_iraq(analyser: Analyser) -> None:
    body = "Saudi Arabia intercepts three drones from Iraqi airspace."
    assert "drone_attack" in terms(analyser, "en", "Iraq militias: the day in brief", body)


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("Police said a bomb killed a shepherd near Khanaqin in Iraq.", False),
        ("Police and medics in Baquba, Iraq, said a bomb had killed a shepherd.", False),
        ("A bomb killed two policemen near Khanaqin in Iraq.", True),
        ("Iraqi police said that they had arrested a man of ISIS in Mosul.", True),
    ],
)
def test_forces_that_only_report_are_no_term(analyser: Analyser, body: str, counts: bool) -> None:
    assert ("iraqi_forces" in terms(analyser, "en", "News from Iraq", body)) is counts


def test_a_convoy_of_the_coalition_that_was_attacked_tells_of_no_air_strike(analyser: Analyser) -> None:
    body = "Une bombe artisanale a explosé au passage d'un convoi de la coalition internationale."
    assert "airstrike" not in terms(
        analyser, "fr", "Irak : un convoi de la coalition attaqué à Nassiriya", body
    )


@pytest.mark.parametrize(
    ("language", "title", "body", "term", "counts"),
    [
        (
            "tr",
            "Erbil Havalimanı'na roketli saldırı",
            "Salı gecesi Erbil Havalimanı'na üç roket düştü. Güvenlik güçleri roketlerin atıldığı rampayı bir kamyonette buldu.",
            "weapons_cache",
            False,
        ),
        (
            "en",
            "Launcher found near Mosul",
            "Police found a rocket launcher with four rockets ready to fire near Mosul on Tuesday.",
            "rocket_attack",
            True,
        ),
        (
            "de",
            "Waffenlager bei Tikrit entdeckt",
            "Soldaten entdeckten am Dienstag bei Tikrit ein Waffenlager mit 20 Sprengsätzen und Mörsergranaten.",
            "ied",
            True,
        ),
        (
            "fa",
            "پاکسازی تلعفر",
            "ارتش عراق روز سه‌شنبه پس از هشت روز نبرد شهر تلعفر را از داعش پس گرفت.",
            "clashes",
            False,
        ),
        (
            "en",
            "Fight in Diyala",
            "Iraqi troops battled Islamic State gunmen near Muqdadiya on Tuesday, killing three.",
            "clashes",
            True,
        ),
        (
            "en",
            "PKK attacks outpost",
            "PKK fighters attacked a Turkish outpost near Amedi in Iraq on Tuesday.",
            "base",
            False,
        ),
        (
            "es",
            "Matan a un guardaespaldas en Basora",
            "Un guardaespaldas de un diputado murió tiroteado el martes en Basora.",
            "iraqi_forces",
            False,
        ),
        (
            "es",
            "Bomba en Kirkuk",
            "Una patrulla de la Guardia Nacional fue atacada el martes con una bomba en Kirkuk: dos muertos.",
            "iraqi_forces",
            True,
        ),
        (
            "en",
            "Security forces disperse teachers in Sulaymaniyah",
            "Security forces dispersed protesting teachers in Sulaymaniyah on Tuesday.",
            "iraqi_forces",
            False,
        ),
    ],
)
def test_launchers_posts_guards_and_whole_wars_are_told_from_what_a_term_means(
    analyser: Analyser, language: str, title: str, body: str, term: str, counts: bool
) -> None:
    assert (term in terms(analyser, language, title, body)) is counts
