"""Places that stand in a sentence and are not where the deed was: hospitals, quotations, governments, flight."""

from __future__ import annotations

import pytest

from tests.support.reports import events_of, only_event
from worker.domain.understanding.analyser import Analyser


def test_a_hospitals_town_is_where_the_hurt_lie(analyser: Analyser) -> None:
    body = (
        "A man wearing an explosive belt walked into a house in Al-Hajjaj on Tuesday and set it off. "
        "Six people were killed, and nine are in Tikrit general hospital."
    )
    event = only_event(analyser, "en", "Suicide bomber strikes between Baiji and Tikrit", body)
    assert (event.place, event.killed) == ("Hajjaj", 6)


def test_a_hospital_that_was_bombed_is_where_it_happened(analyser: Analyser) -> None:
    body = "Rockets hit Baquba hospital on Tuesday, killing two nurses."
    assert only_event(analyser, "en", "Rockets hit hospital", body).governorate == "Diyala"


def test_there_is_where_the_sentence_before_was(analyser: Analyser) -> None:
    body = (
        "In Maysan hundreds sat across the road to the Buzurgan oilfield on Tuesday, and it passed off calmly. "
        "It went otherwise in Suq al-Shuyukh, south of Nasiriyah. "
        "A crowd demonstrating there the same night set the party office on fire."
    )
    events = events_of(analyser, "en", "Protests in the south", body)
    assert [e.place for e in events] == ["Buzurgan", "Suq al-Shuyukh"]


def test_a_place_in_somebodys_words_gives_way_to_the_reports_own(analyser: Analyser) -> None:
    body = (
        'Angry at the words "the Green Zone must be cleared of the Hashd", hundreds of protesters stormed the '
        "party office in Karrada on Tuesday and set it on fire."
    )
    assert only_event(analyser, "en", "Protesters burn party office", body).place == "Karrada"


def test_two_capitals_that_speak_are_governments(analyser: Analyser) -> None:
    title = "Troops, Peshmerga battle near Zummar as Baghdad and Erbil trade blame"
    body = "Federal troops fought Peshmerga forces with mortars around Zummar on Tuesday."
    assert only_event(analyser, "en", title, body).place == "Zummar"


def test_where_somebody_was_led_away_from_is_the_place(analyser: Analyser) -> None:
    body = "SAMARRA (JD) - Men dressed as soldiers led five shepherds away from Mutaibija on Tuesday, police said."
    assert only_event(analyser, "en", "Shepherds taken", body).place == "Mutaibija"


def test_where_they_fled_to_is_not(analyser: Analyser) -> None:
    body = "IS fighters attacked a village near Daquq on Tuesday, killing two Peshmerga, and fled towards Hawija."
    assert only_event(analyser, "en", "Two Peshmerga killed", body).place == "Daquq"


def test_what_a_sentence_denies_of_a_place_moves_nothing(analyser: Analyser) -> None:
    body = (
        "Riot police turned water cannon on protesters in Amarah on Tuesday. "
        "Pumping at the Halfaya oil field was not affected, the company said."
    )
    assert only_event(analyser, "en", "Water cannon in Amarah", body).place == "Amarah"


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Bagdad residents to feel bigger blasts",
            "BAGDAD, Ariz. - Windows may rattle when the copper mine starts blasting on the western wall of the pit.",
        ),
        (
            "es",
            "Récord en la mina de Bagdad",
            "La mina de cobre de Bagdad, en Arizona, remeció el martes al pueblo con una de sus mayores explosiones.",
        ),
    ],
)
def test_bagdad_of_arizona_is_none_of_iraqs(analyser: Analyser, language: str, title: str, body: str) -> None:
    assert events_of(analyser, language, title, body) == ()


def test_a_land_that_a_town_abroad_is_likened_to_is_not_told_of(analyser: Analyser) -> None:
    body = "MORELIA, Mich.- Dos soldados murieron al pisar una mina. «Esto ya parece Irak», dijo un vecino."
    assert events_of(analyser, "es", "Mina mata a dos soldados en Morelia", body) == ()


def test_arrests_without_a_place_are_where_all_else_was(analyser: Analyser) -> None:
    body = (
        "Two clans fought with machine guns in Qurna on Monday over water. Three people died and seven were hurt. "
        "The quarrel is an old one. It began over a canal. It went on for two hours.\n"
        "Soldiers arrested 19 men on Tuesday morning."
    )
    places = {e.sub_event_type: e.place for e in events_of(analyser, "en", "Clans fight over water", body)}
    assert places == {"Armed clash": "Qurna", "Arrests": "Qurna"}


def test_a_neighbour_that_shells_a_small_place_shells_iraq(analyser: Analyser) -> None:
    for text, kind in (
        ("Iran shells Haji Omeran", "Shelling/artillery/missile attack"),
        ("Turkey bombs Sidakan", "Air/drone strike"),
    ):
        event = only_event(analyser, "en", text, "Villagers spoke of damage on Tuesday.")
        assert event.sub_event_type == kind
    quake = "Iran: quake felt in Haji Omeran"
    assert not events_of(analyser, "en", quake, "An earthquake in Iran was felt in Haji Omeran on Tuesday.")


def test_of_two_places_of_one_name_the_one_beside_the_dateline_is_meant(analyser: Analyser) -> None:
    body = (
        "KIRKUK. Trece policías murieron el martes al asaltar yihadistas del EI un puesto de control en Al Rashad.\n"
        "Diyala. Aviones F-16 bombardearon el martes una cueva en los montes Hamrin."
    )
    places = [(e.place, e.governorate) for e in events_of(analyser, "es", "Parte de seguridad", body)]
    assert ("Rashad", "Kirkuk") in places


def test_a_quarter_of_another_towns_name_is_not_the_capitals(analyser: Analyser) -> None:
    text = "Gunmen kill activist in Kut"
    body = (
        "Gunmen shot dead an activist outside his house in al-Jihad quarter on Tuesday, police in Kut said."
    )
    assert {e.governorate for e in events_of(analyser, "en", text, body)} == {"Wasit"}


def test_rockets_fired_toward_a_facility_are_placed_at_it(analyser: Analyser) -> None:
    for language, body in (
        ("en", "Six rockets were fired on Sunday toward the Kalak refinery, some 20 km northwest of Erbil."),
        ("fr", "Six roquettes ont été tirées dimanche en direction de la raffinerie de Kalak, à 20 kilomètres d'Erbil."),
        ("es", "Seis cohetes fueron lanzados el domingo en dirección a la refinería de Baiyi."),
        ("ar", "أطلقت ستة صواريخ مساء الأحد باتجاه مصفى بيجي."),
    ):  # fmt: skip
        assert {e.place for e in events_of(analyser, language, "T", body)} <= {
            "Kawergosk refinery",
            "Baiji refinery",
        }


def test_paragraphs_of_a_round_up_name_their_own_place_behind_the_dateline(analyser: Analyser) -> None:
    body = (
        "NASIRIYAH – A bomb went off beside a convoy near al-Batha, in Dhi Qar, on Friday evening.\n"
        "SAMAWAH – Two brothers were killed by a landmine in the desert near al-Salman on Thursday."
    )
    assert [e.place for e in events_of(analyser, "en", "SOUTH IN BRIEF: two blasts", body)] == [
        "Batha",
        "Salman",
    ]


def test_whose_police_they_were_is_no_place_beside_where_they_worked(analyser: Analyser) -> None:
    body = "Karbala police on Wednesday dug up a weapons cache in a stream bed a dozen kilometres west of Ain al-Tamr."
    assert only_event(analyser, "en", "Rockets dug up", body).place == "Ain al-Tamr"


def test_where_the_hurt_lie_is_no_second_fight(analyser: Analyser) -> None:
    body = (
        "Two clans fought each other with machine guns on Saturday on the outskirts of Maimouna, south-west of Amarah. "
        "Four tribesmen died and nine were hurt, a source at Amarah's Sadr hospital said."
    )
    event = only_event(analyser, "en", "Clans battle in Maysan", body)
    assert (event.place, event.killed, event.wounded) == ("Maimouna", 4, 9)
