"""Who was hit beside whom, whose men a place holds, who is no gunman, what a word of firing tells; shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

TUESDAY = datetime(2023, 8, 8, 9, tzinfo=UTC)
only_event = partial(reports.only_event, published=TUESDAY)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Rockets hit base near Mosul",
            "Rockets hit the Qayyarah air base on Monday. Four coalition troops and an Iraqi soldier were hurt.",
        ),
        (
            "es",
            "Cohetes contra la base de Qayyara",
            "Varios cohetes cayeron el lunes en la base aérea de Qayyara, en Irak. Cuatro soldados de la coalición y un soldado iraquí resultaron heridos.",
        ),
        (
            "ar",
            "صواريخ على قاعدة القيارة",
            "أصيب أربعة من جنود التحالف الدولي وجندي عراقي، الاثنين، بسقوط صواريخ على قاعدة القيارة الجوية جنوب الموصل.",
        ),
    ],
)
def test_soldiers_counted_on_their_own_were_hit_too(
    analyser: Analyser, language: str, title: str, body: str
) -> None:
    event = only_event(analyser, language, title, body)
    assert set(event.targets) == {"base", "coalition", "soldiers"}
    assert event.actors == ()


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "de",
            "Raketen auf von US-Soldaten genutzten Stützpunkt im Irak",
            "Auf den Stützpunkt Balad, wo amerikanische Soldaten stationiert sind, wurden am Montag fünf Raketen abgefeuert.",
        ),
        (
            "tr",
            "Irak'ta Beled üssüne roketli saldırı",
            "ABD askerlerinin konuşlandığı Beled hava üssüne pazartesi günü beş roket atıldı.",
        ),
        (
            "fa",
            "حمله راکتی به پایگاه بلد در عراق",
            "پنج راکت روز دوشنبه به پایگاه هوایی بلد که میزبان نظامیان آمریکایی است اصابت کرد.",
        ),
    ],
)
def test_troops_stationed_at_a_place_are_no_doers(
    analyser: Analyser, language: str, title: str, body: str
) -> None:
    event = only_event(analyser, language, title, body)
    assert event.actors == ()
    assert set(event.targets) == {"base", "us_forces"}


def test_rebels_said_to_have_their_base_there_were_not_hit(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "fr",
        "Un drone turc frappe un village près de Dohouk",
        "Un drone turc a tué lundi deux villageois près d'Amadiya, en Irak. La Turquie considère la zone comme un fief du PKK.",
    )
    assert event.targets == ("civilians",)


@pytest.mark.parametrize(("who", "actors"), [("Unknown assailants", ()), ("Armed men", ("unknown_gunmen",))])
def test_strangers_are_no_gunmen(analyser: Analyser, who: str, actors: tuple[str, ...]) -> None:
    body = f"{who} abducted a lawyer from his office in Basra, southern Iraq, on Monday."
    assert only_event(analyser, "en", "Lawyer abducted in Basra", body).actors == actors


def test_an_officer_beside_a_police_patrol_is_a_policeman(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Attack on patrol in Iraq's Hawija",
        "Islamic State fighters attacked a police patrol in Hawija on Monday, killing an officer.",
    )
    assert set(event.targets) == {"patrol", "police"}
    assert event.actors == ("isis",)


def test_a_drone_that_fires_needs_no_rifle(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Drone strike on car in Sinjar",
        "A Turkish drone fired on a car in Sinjar, northern Iraq, on Monday, killing two PKK fighters.",
    )
    assert event.weapons == ("drone",)


def test_one_word_for_rockets_and_missiles_is_made_exact(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "de",
        "Raketenangriff auf Erbil im Irak",
        "Die iranischen Revolutionsgarden haben Erbil am Montag mit ballistischen Raketen angegriffen.",
    )
    assert event.weapons == ("missile",)


def test_who_died_and_who_was_hurt_are_told_of_one_deed(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "fr",
        "Irak : tirs de roquettes sur l'aéroport d'Erbil",
        "Un contractuel civil de la coalition a été tué et deux soldats américains blessés lundi par des tirs de roquettes contre l'aéroport d'Erbil.",
    )
    assert set(event.targets) == {"airport", "civilians", "coalition", "us_forces"}
    assert (event.killed, event.wounded) == (1, 2)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Soldier dies in attack on outpost in Gara",
            "A Turkish soldier was killed when PKK fighters fired mortars at a Turkish outpost in Gara, northern Iraq, on Monday.",
        ),
        (
            "ar",
            "مقتل جندي تركي في دهوك",
            "قتل جندي تركي، الاثنين، بقصف بقذائف الهاون شنه حزب العمال الكردستاني على قاعدة تركية في متين شمالي دهوك.",
        ),
    ],
)
def test_whose_soldier_died_and_whose_post_was_hit_is_no_doer(
    analyser: Analyser, language: str, title: str, body: str
) -> None:
    event = only_event(analyser, language, title, body)
    assert event.actors == ("pkk",)
    assert set(event.targets) == {"base", "soldiers"}
    assert event.killed == 1


def test_mourners_are_civilians_and_the_dead_man_was_not_hit(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Suicide bomber strikes funeral near Baquba",
        "A suicide bomber killed nine mourners at the funeral of a governor near Baquba, Iraq, on Monday.",
    )
    assert event.targets == ("civilians",)


def test_who_accuses_is_not_accused(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Drone hits depot near Baghdad",
        "A drone hit an arms depot south of Baghdad on Monday. The Popular Mobilization Forces accused Israel of the attack.",
    )
    assert event.actors == ("israel",)
    assert event.suspected == ("israel",)


@pytest.mark.parametrize(
    ("title", "actors", "targets"),
    [
        ("ABD Irak'ta IŞİD'i vurdu", ("us_forces",), ("isis",)),
        ("IŞİD Kerkük'e ilerliyor", ("isis",), ()),
    ],
)
def test_a_turkish_ending_belongs_to_the_name_before_it(
    analyser: Analyser, title: str, actors: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    event = only_event(analyser, "tr", title, "")
    assert (event.actors, event.targets) == (actors, targets)


def test_a_contractor_of_the_coalition_is_a_civilian_too(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Rocket attack on Erbil airport",
        "Rockets hit Erbil airport in northern Iraq on Monday, killing a coalition contractor and wounding six people, among them a US soldier, officials said.",
    )
    assert set(event.targets) == {"airport", "civilians", "coalition", "us_forces"}


def test_an_article_before_those_whose_men_were_counted_counts_nobody(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "fr",
        "Frappes américaines en Irak",
        "Cinq combattants d'une milice pro-iranienne ont été tués lundi dans des frappes américaines près d'Al-Qaïm, en Irak.",
    )
    assert (event.killed, event.actors, event.targets) == (5, ("us_forces",), ("hashd",))


def test_an_air_force_that_destroys_is_not_itself_destroyed(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "ar",
        "طيران التحالف يدمر وكراً لداعش في حمرين",
        "دمر طيران التحالف الدولي، الاثنين، وكراً لتنظيم داعش في جبال حمرين ما أسفر عن مقتل أربعة إرهابيين.",
    )
    assert (event.actors, event.targets) == (("coalition",), ("isis",))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "US-Drohne tötet Kommandeur der Kataib Hisbollah im Irak"),
        ("es", "Un dron estadounidense mata a un jefe de Kataib Hezbolá en Irak"),
        ("fa", "پهپاد آمریکایی خودروی فرمانده کتائب حزب‌الله را در عراق هدف قرار داد"),
        ("tr", "ABD İHA'sı Irak'ta Ketaib Hizbullah komutanının aracını vurdu"),
    ],
)
def test_a_nation_wields_the_arms_that_bear_its_name(analyser: Analyser, language: str, title: str) -> None:
    event = only_event(analyser, language, title, "")
    assert (event.actors, event.targets) == (("us_forces",), ("hashd",))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "IS-Angriff auf irakische Armee: vier Soldaten getötet"),
        ("tr", "DEAŞ Kerkük'te Irak ordusuna saldırdı: 4 asker öldü"),
        ("ar", "داعش يهاجم نقطة للجيش في كركوك ويقتل أربعة جنود"),
    ],
)
def test_one_side_of_a_headline_attacks(analyser: Analyser, language: str, title: str) -> None:
    event = only_event(analyser, language, title, "")
    assert event.actors == ("isis",)
    assert "soldiers" in event.targets


def test_who_comes_to_part_two_sides_is_none_of_them(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Three killed in Basra fighting",
        "Three people died on Monday in clashes between Saraya al-Salam and Asaib Ahl al-Haq in Basra, Iraq, before the army moved in.",
    )
    assert set(event.actors) == {"saraya_al_salam", "asaib_ahl_al_haq"}
