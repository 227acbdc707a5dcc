"""Captives and their captors, both sides of a fight, whom a blow did not hit; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

MONDAY = datetime(2004, 10, 11, 9, tzinfo=UTC)
analysis_of = partial(reports.analysis_of, published=MONDAY)
events_of = partial(reports.events_of, published=MONDAY)
only_event = partial(reports.only_event, published=MONDAY)


def test_a_captive_who_is_killed_was_attacked(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Militants behead kidnapped lorry driver in Iraq",
        "An armed group in Iraq beheaded a lorry driver it had kidnapped, a video showed.",
    )
    assert event.sub_event_type == "Attack"
    assert event.targets == ("civilians",)
    assert event.weapons == ()


def test_a_threat_to_kill_belongs_to_the_abduction(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Kidnappers in Iraq threaten to behead engineer",
        "A group that kidnapped an engineer in Baghdad threatened to behead the hostage within 48 hours.",
    )
    assert event.sub_event_type == "Abduction/forced disappearance"


def test_the_house_they_were_taken_from_is_no_target_and_no_origin(analyser: Analyser) -> None:
    event = only_event(
        analyser, "en", "", "Police said that two contractors were kidnapped from their Baghdad home at dawn."
    )
    assert event.targets == ("civilians",)
    assert event.place == "Baghdad"


@pytest.mark.parametrize(
    "told",
    [
        "The family of a Briton held hostage in Iraq appealed to the prime minister for help to save his life.",
        "Two Italian aid workers held hostage in Iraq are being well treated, but efforts to free them go on.",
        "Are hostages in Iraq victims of militants or of the war?",
    ],
)
def test_what_others_say_about_captives_is_no_event(analyser: Analyser, told: str) -> None:
    analysis = analysis_of(analyser, "en", "", told)
    assert analysis.relevant
    assert analysis.events == ()


def test_both_sides_of_a_fight_are_doers(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Fierce fighting in Najaf",
        "US and Iraqi forces battled militiamen loyal to cleric Moqtada al-Sadr in Najaf, killing 12 people.",
    )
    assert {"us_forces", "iraqi_forces"} <= set(event.actors)
    assert event.targets == ()


def test_a_country_named_between_two_sides_is_one_of_them(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Najaf shaken by battles",
        "Fighting between the US and the Mehdi Army went on in Najaf.",
    )
    assert "us_forces" in event.actors


def test_a_soldier_who_was_killed_is_no_doer(analyser: Analyser) -> None:
    event = only_event(
        analyser, "en", "US soldier killed in air attack in Iraq", "The attack hit a camp near Mosul in Iraq."
    )
    assert "us_forces" in event.targets
    assert "us_forces" not in event.actors


def test_insurgents_are_no_gunmen(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Insurgents fire mortars at Baghdad",
        "Insurgents fired mortars into Baghdad, killing six people.",
    )
    assert event.actors == ()
    assert event.targets == ()


def test_recruits_and_men_off_duty_are_attacked_and_not_fought(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Gunmen kill policemen in Baquba",
        "Gunmen shot dead five policemen driving home in Baquba.",
    )
    assert event.sub_event_type == "Attack"
    assert "police" in event.targets


def test_the_ends_of_a_road_are_no_place(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "",
        "Militants said they had killed an Italian journalist on the road between Baghdad and Najaf in Iraq.",
    )
    assert event.place is None


def test_a_dateline_is_no_place_in_a_text_without_headline(analyser: Analyser) -> None:
    told = "BAGHDAD - Gunmen killed 25 members of the Iraqi security forces on a road in the west of Iraq, reports said."
    assert only_event(analyser, "en", "", told).place is None


def test_who_goes_somewhere_meanwhile_was_not_hit(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Mortars kill nine in Kufa",
        "Mortars fired at a mosque in Kufa killed nine people as a senior cleric headed for Najaf.",
    )
    assert "official" not in event.targets


def test_what_goes_on_meanwhile_makes_no_warning_of_a_deed(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "",
        "NAJAF, Iraq - U.S. warplanes bombed the cemetery of Najaf on Sunday amid fears that the truce could fail.",
    )
    assert event.sub_event_type == "Air/drone strike"


def test_a_captive_told_as_one_is_one_dead(analyser: Analyser) -> None:
    event = only_event(
        analyser, "en", "", "A British hostage has been killed by his captors in Iraq, television said."
    )
    assert event.killed == 1
    assert event.targets == ("civilians",)


def test_an_assault_that_is_to_be_averted_did_not_happen(analyser: Analyser) -> None:
    told = "Iraqi officials say the US military freed a negotiator who works to avert a full assault on Fallujah."
    assert events_of(analyser, "en", "", told) == ()


def test_us_troops_named_with_iraqi_ones_arrest_too(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "",
        "US and Iraqi troops detained 25 suspected insurgents in raids around Baquba in Iraq.",
    )
    assert set(event.actors) == {"iraqi_forces", "us_forces"}


@pytest.mark.parametrize(
    ("body", "actors", "targets"),
    [
        (
            "Kataib Hezbollah suspended its attacks on US forces in Baghdad on Sunday.",
            {"kataib_hezbollah"},
            set(),
        ),
        ("Asaib Ahl al-Haq fighters looted shops in Tikrit on Sunday.", {"asaib_ahl_al_haq"}, {"market"}),
        ("Feuding clans signed a truce in Nasiriyah, Iraq, on Sunday.", {"tribal_gunmen"}, set()),
        ("The offices of Asaib Ahl al-Haq were set on fire in Basra on Sunday.", set(), None),
    ],
)
def test_a_faction_does_what_it_stops_loots_or_signs_but_does_not_burn_its_own_offices(
    analyser: Analyser, body: str, actors: set[str], targets: set[str] | None
) -> None:
    event = only_event(analyser, "en", "", body)
    assert set(event.actors) == actors
    assert targets is None or set(event.targets) == targets
