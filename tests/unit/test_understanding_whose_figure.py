"""Of which deed a toll, a day and a place are told where the text tells several, and who is counted twice or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import analysis_of, events_of, only_event
from worker.domain.model import Kind

BOMB = "Remote explosive/landmine/IED"


def test_that_nobody_was_killed_is_no_deed_of_its_own_and_holds_for_the_deed_before(analyser):
    result = events_of(
        analyser,
        "en",
        "Shells fall near Sidakan",
        "Artillery shells fell near Sidakan on Tuesday. The villagers had been warned; no one was killed or hurt.",
    )
    assert [(e.sub_event_type, e.killed, e.wounded) for e in result] == [
        ("Shelling/artillery/missile attack", 0, 0)
    ]


def test_no_victims_there_is_said_of_the_deed_told_last(analyser):
    result = events_of(
        analyser,
        "de",
        "Bombe trifft Konvoi, Rakete auf Balad",
        "Auf der Schnellstraße bei Samawa explodierte am Dienstag ein Sprengsatz neben einem Konvoi; ein Fahrer wurde"
        " verletzt.\nAm Abend zuvor war eine Rakete auf der Luftwaffenbasis Balad eingeschlagen. Opfer gab es dort keine.",
    )
    assert {(e.place, e.killed, e.wounded) for e in result} == {
        ("Balad Air Base", 0, 0),
        ("Samawah", None, 1),
    } or {(e.place, e.killed) for e in result} == {("Balad Air Base", 0), ("Samawah", None)}


def test_nobody_hurt_in_the_first_blow_says_nothing_of_one_that_only_the_headline_has_told_yet(analyser):
    result = events_of(
        analyser,
        "en",
        "Drone hits camp in Taji; second strike at Imam Ali base",
        "A drone struck the army camp in Taji on Tuesday. There were no casualties.\nMinutes later another one slammed"
        " into a building at Imam Ali Air Base in Dhi Qar, causing heavy material damage.",
    )
    assert [(e.killed, e.wounded) for e in result] == [(0, 0), (None, None)]


def test_of_two_sources_in_a_row_the_lower_figures_of_dead_and_wounded_hold(analyser):
    result = events_of(
        analyser,
        "es",
        "Misiles contra Koya",
        "La Guardia Revolucionaria iraní lanzó el martes misiles contra la sede de un partido en Koya, en Irak. El hospital cifró el"
        " balance en dos muertos y diez heridos; el partido habla de un fallecido y ocho heridos.",
    )
    assert [(e.killed, e.wounded) for e in result] == [(1, 8)]


@pytest.mark.parametrize(
    ("language", "body", "wounded"),
    [
        ("en", "A bomb exploded in Daquq on Tuesday. One soldier lost a leg and another was wounded.", 2),
        (
            "de",
            "In Daquq explodierte am Dienstag eine Bombe. Ein Polizist wurde verletzt, ein weiterer erlitt Brüche.",
            2,
        ),
        (
            "fr",
            "Une bombe a explosé mardi à Daqouq. Un soldat a été blessé et un autre a perdu une jambe.",
            2,
        ),
        (
            "es",
            "Una bomba estalló el martes en Daquq. Un soldado resultó herido y otros dos sufrieron heridas.",
            3,
        ),
        (
            "en",
            "A bomb exploded in Daquq on Tuesday. Three people were wounded, one of them seriously wounded.",
            3,
        ),
    ],
)
def test_those_whom_a_verb_of_their_own_tells_are_added_and_a_part_is_not(analyser, language, body, wounded):
    event = only_event(analyser, language, "Daquq", body)
    assert event.wounded == wounded


def test_a_party_and_a_long_aside_may_stand_between_the_dead_and_their_verb(analyser):
    result = events_of(
        analyser,
        "de",
        "Luftangriff bei Dschurf al-Sachar",
        "Acht Kämpfer der Miliz Kataib Hisbollah sind nach eigenen Angaben bei US-Luftangriffen in der Nacht zum Dienstag"
        " in Dschurf al-Sachar südlich von Bagdad getötet worden.",
    )
    assert [e.killed for e in result] == [8]


def test_the_dead_of_both_sides_count_where_ground_is_taken(analyser):
    result = events_of(
        analyser,
        "en",
        "Peshmerga retake villages near Daquq",
        "Peshmerga forces recaptured three villages near Daquq from Islamic State on Tuesday. Thirty IS militants were"
        " killed and four Peshmerga died.",
    )
    assert result[0].sub_event_type == "Government regains territory"
    assert result[0].killed == 34


def test_some_of_the_abducted_who_are_found_dead_are_the_abductions_dead(analyser):
    result = events_of(
        analyser,
        "en",
        "Shepherds abducted near Hawija",
        "Islamic State gunmen abducted four shepherds near Hawija in Iraq on Sunday. The bodies of two of them were found on"
        " Tuesday.",
    )
    assert [(e.sub_event_type, e.date, e.killed) for e in result] == [
        ("Abduction/forced disappearance", date(2026, 3, 8), 2)
    ]


def test_bodies_found_after_a_strike_are_its_dead_whatever_sector_they_came_from(analyser):
    result = events_of(
        analyser,
        "en",
        "F-16s hit hideout in Wadi Hawran",
        "Iraqi F-16 jets bombed an Islamic State hideout in Wadi Hawran at dawn on Tuesday. A force that searched the"
        " scene found the bodies of three terrorists, one of them an official of the Hawija sector.",
    )
    assert [(e.place, e.killed) for e in result] == [("Wadi Hawran", 3)]


def test_a_headlines_sum_is_not_the_toll_of_its_first_deed_though_another_has_no_figure(analyser):
    result = events_of(
        analyser,
        "en",
        "Seven killed in Baghdad",
        "A car bomb killed six people at a market in Sadr City on Tuesday. In Karrada gunmen with silenced pistols"
        " assassinated a director general as he left his house.",
    )
    assert result[0].killed == 6


def test_a_towns_taking_covered_from_the_air_is_no_air_strike(analyser):
    result = events_of(
        analyser,
        "fr",
        "Zoumar de nouveau aux mains des Kurdes",
        "Les peshmergas ont repris mardi Zoumar au terme d’un assaut couvert par les avions de la coalition.",
    )
    assert [e.sub_event_type for e in result] == ["Government regains territory"]


def test_a_headline_over_an_attack_and_a_bomb_is_of_the_one_told_first(analyser):
    result = events_of(
        analyser,
        "en",
        "Islamic State attack near Khanaqin and a bomb on the road of the reinforcements",
        "Islamic State militants attacked a Popular Mobilization post in Imam Wais on Tuesday. Fighting lasted an hour"
        " and left two dead.\nAt the same time a bomb went off under a vehicle at Naft Khana and killed its driver.",
    )
    assert [(e.place, e.killed) for e in result] == [("Imam Wais", 2), ("Naft Khana", 1)]
    assert result[1].sub_event_type == BOMB


def test_a_general_attack_that_the_next_sentence_tells_as_a_blast_is_one(analyser):
    result = events_of(
        analyser,
        "de",
        "Anschläge auf Konvois",
        "Im Süden des Irak ist am Dienstag eine Lastwagenkolonne mit Nachschub für US-Truppen angegriffen worden. Bei Jusufija zerriss die"
        " Detonation einen Reifen.",
    )
    assert [e.sub_event_type for e in result] == [BOMB]


@pytest.mark.parametrize(
    ("language", "title", "body", "day"),
    [
        (
            "en",
            "Gas attack on Taza",
            "Six hundred people are in hospital, doctors said on Tuesday, three days after Islamic State launched rockets at Taza Khurmatu.",
            date(2026, 3, 7),
        ),
        (
            "de",
            "Irak: Gasfeld Chor Mor nach Raketentreffer wieder am Netz",
            "Fünf Tage nach dem Beschuss in der Nacht zum Donnerstag liefert das Gasfeld Chor Mor wieder Brennstoff. Ein Tank war in Flammen aufgegangen.",
            date(2026, 3, 5),
        ),
    ],
)
def test_a_deed_is_dated_back_from_what_came_days_after_it(analyser, language, title, body, day):
    assert day in {e.date for e in events_of(analyser, language, title, body)}


def test_the_day_of_who_counts_attacks_over_a_month_is_not_theirs(analyser):
    result = events_of(
        analyser,
        "en",
        "Power grid under attack",
        "A spokesman said on Tuesday that power lines in Iraq had been bombed in 21 attacks since the beginning of the"
        " month.",
    )
    assert all(e.date is None for e in result)


def test_a_blow_in_another_governorate_is_another_event_though_nothing_says_so(analyser):
    result = events_of(
        analyser,
        "en",
        "Two bases attacked",
        "Ain al-Asad air base in Anbar was hit by two drones on Tuesday morning. In the afternoon an explosive drone"
        " crashed near the runway of the base at Harir in Erbil.",
    )
    assert [e.governorate for e in result] == ["Al Anbar", "Erbil"]


def test_how_the_captors_came_is_no_event_of_its_own_and_dates_the_seizure(analyser):
    result = events_of(
        analyser,
        "de",
        "Trüffelsammler in der Wüste von Anbar verschleppt",
        "Der IS hat bei Rutba sieben Trüffelsammler verschleppt. Die Männer waren am Montag unterwegs, als Kämpfer auf"
        " Motorrädern sie umzingelten.",
    )
    assert [(e.sub_event_type, e.date) for e in result] == [
        ("Abduction/forced disappearance", date(2026, 3, 9))
    ]


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "fr",
            "Le siège du PDK incendié à Bagdad",
            "Plusieurs centaines de partisans du Hachd ont mis à sac puis incendié mardi le siège du PDK à Karrada.",
        ),
        (
            "en",
            "Party office burnt in Samawah",
            "Supporters of the Popular Mobilization stormed the party's office in Samawah on Tuesday and set it on fire.",
        ),
    ],
)
def test_supporters_who_storm_and_burn_are_a_crowd(analyser, language, title, body):
    event = only_event(analyser, language, title, body)
    assert event.sub_event_type == "Violent demonstration"
    assert "protesters" in event.actors


def test_a_captive_freed_and_his_kidnappers_caught_is_an_arrest(analyser):
    result = events_of(
        analyser,
        "en",
        "Police free kidnapped trader",
        "Police freed a kidnapped trader in Zafaraniya on Tuesday and arrested five members of the gang.",
    )
    assert [e.sub_event_type for e in result] == ["Arrests"]


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "es",
            "El Ministerio de Peshmerga desmiente choques con el Ejército en Luhaiban",
            "«No se ha disparado un solo tiro», aclaró el departamento sobre supuestos combates en la aldea.",
        ),
        (
            "en",
            "Command denies attack on post near Hadar",
            "Reports of clashes with Islamic State near Hadar are without foundation, the command said.",
        ),
    ],
)
def test_what_is_denied_and_has_neither_day_nor_toll_did_not_happen(analyser, language, title, body):
    assert analysis_of(analyser, language, title, body).kind is not Kind.INCIDENT


def test_whose_it_was_may_be_denied_of_what_did_happen(analyser):
    result = analysis_of(
        analyser,
        "en",
        "Kataib Hezbollah denies rocket attack on Ain al-Asad",
        "Three rockets hit Ain al-Asad air base on Tuesday and wounded two soldiers. Kataib Hezbollah denied any role.",
    )
    assert result.kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "title", "body", "place"),
    [
        (
            "fr",
            "Trois arrestations à Ninive",
            "L’armée a arrêté mardi trois membres de Daech dans le quartier d’al-Salam, à Tal Afar.",
            "Tal Afar",
        ),
        (
            "en",
            "Tanker bomb at Dujail",
            "Salahuddin / Ashur: A suicide bomber blew up a fuel tanker at the northern checkpoint of Dujail on Tuesday.",
            "Dujail",
        ),
        (
            "en",
            "Pylons blown up",
            "Three pylons of the Kirkuk-Qayyarah line were blown up with explosives near Hawija on Tuesday.",
            "Hawija",
        ),
    ],
)
def test_a_namesake_an_agency_and_the_ends_of_a_line_are_not_the_place(
    analyser, language, title, body, place
):
    assert [e.place for e in events_of(analyser, language, title, body)] == [place]


def test_a_speakers_home_is_not_the_place_that_the_first_sentence_named(analyser):
    result = events_of(
        analyser,
        "fr",
        "Des enseignants refoulés",
        "Partis en bus de Souleimaniyeh, des centaines d’enseignants ont été stoppés mardi au point de contrôle de Degala."
        " La police a tiré des grenades lacrymogènes sur les manifestants. « On nous paie en gaz », dit une institutrice"
        " de Ranya.",
    )
    assert [e.place for e in result] == ["Degala"]


def test_marked_lines_that_each_name_a_place_are_deeds_of_their_own(analyser):
    result = events_of(
        analyser,
        "en",
        "Operations against Islamic State",
        "• Iraqi F-16 jets bombed a hideout in the Hamrin Mountains on Monday.\n• The Counter Terrorism Service arrested"
        " four Islamic State members in Mosul on Tuesday.\n• Federal police found a cache with eight mortar shells in"
        " Daquq.",
    )
    assert [e.sub_event_type for e in result] == [
        "Air/drone strike",
        "Arrests",
        "Disrupted weapons use",
    ]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Pylons blown up", "Two power pylons were blown up with explosives south of Mosul on Tuesday."),
        (
            "Army moves into Sinuni",
            "The Iraqi army deployed a brigade to Sinuni on Tuesday, the command said.",
        ),
    ],
)
def test_pylons_off_a_town_and_a_brigade_sent_to_one_make_an_incident(analyser, title, body):
    assert analysis_of(analyser, "en", title, body).kind is Kind.INCIDENT


def test_the_nation_of_a_consulate_that_a_crowd_burns_is_not_where_it_happened(analyser):
    result = events_of(
        analyser,
        "fr",
        "Bassora : le consulat d'Iran incendié",
        "Des centaines de manifestants ont pris d'assaut et incendié lundi soir le consulat d'Iran à Bassora, au"
        " cinquième jour d'une contestation née de la pollution de l'eau.",
    )
    assert [(e.sub_event_type, e.place) for e in result] == [("Violent demonstration", "Basra")]
