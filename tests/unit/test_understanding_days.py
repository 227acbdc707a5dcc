"""Which day an event has where the deed's own words name none, or one that is somebody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.support.reports import events_of, only_event
from worker.domain.understanding.analyser import Analyser

TUESDAY, MONDAY, SUNDAY = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 8)


def test_the_only_event_has_the_only_day_of_the_opening(analyser: Analyser) -> None:
    body = (
        "Two brothers of nine and twelve were killed when a landmine blew up near Shalamcheh. "
        "A cousin lost a leg in the accident on Sunday."
    )
    assert only_event(analyser, "en", "Mine kills children near Basra", body).date == SUNDAY


def test_a_day_on_which_somebody_spoke_dates_nothing(analyser: Analyser) -> None:
    body = "Police arrested six members of Daesh in Mosul. The interior ministry announced it on Tuesday."
    assert only_event(analyser, "en", "Six held in Mosul", body).date is None


def test_since_when_a_crowd_had_been_there_is_not_when_it_was_dispersed(analyser: Analyser) -> None:
    body = (
        "Riot police turned water cannon on graduates who had blocked the gate of the oil company in Amarah "
        "since Sunday; by noon on Tuesday the road was open."
    )
    assert only_event(analyser, "en", "Water cannon in Amarah", body).date == TUESDAY


def test_since_when_clans_have_fought_is_when_it_began(analyser: Analyser) -> None:
    body = (
        "Two clans in Qalat Saleh have been exchanging fire with machine guns since Sunday, killing two men."
    )
    assert only_event(analyser, "en", "Clan feud in Maysan", body).date == SUNDAY


def test_when_one_of_the_wounded_died_gives_way_to_when_he_was_hit(analyser: Analyser) -> None:
    body = (
        "Ein Polizist ist am Dienstag in Kirkuk seinen Verletzungen erlegen. "
        "Kämpfer des IS hatten am Sonntag einen Posten der Polizei bei Daquq angegriffen."
    )
    events = events_of(analyser, "de", "Polizist stirbt nach Angriff bei Daquq", body)
    assert [e.date for e in events] == [SUNDAY]


def test_the_day_of_the_polls_is_to_come(analyser: Analyser) -> None:
    body = (
        "Deux hommes ont jeté une grenade dans la cour du bureau d'une liste candidate aux élections du "
        "28 mars à Diwaniya. Les faits remontent à la nuit de dimanche à lundi."
    )
    assert only_event(analyser, "fr", "Grenade contre un bureau à Diwaniya", body).date == MONDAY


@pytest.mark.parametrize("month", ["févr.", "déc."])
def test_a_month_cut_short_ends_no_sentence(analyser: Analyser, month: str) -> None:
    published = datetime(2025, 2 if month == "févr." else 12, 8, 9, tzinfo=UTC)
    body = f"ERBIL, 8 {month} (ZP) – Un drone turc a visé dimanche une voiture du PKK à Mawat, tuant deux hommes."
    event = only_event(analyser, "fr", "Drone turc à Mawat", body, published=published)
    assert event.date is not None
    assert event.date.weekday() == 6


def test_a_partys_word_of_what_it_gives_up_has_the_day_of_the_word(analyser: Analyser) -> None:
    body = (
        "Muqtada al-Sadr has frozen all activity of his armed wing, Saraya al-Salam, in Basra. "
        "The order was made public by his office late on Monday."
    )
    assert only_event(analyser, "en", "Sadr suspends Saraya al-Salam in Basra", body).date == MONDAY


def test_what_is_counted_over_days_has_none_of_them(analyser: Analyser) -> None:
    body = (
        "Zwischen dem 1. und dem 8. März sind im Raum Samarra neun Sprengstoffanschläge auf Strommasten verübt "
        "worden. Dabei seien 21 Masten umgestürzt, teilte das Ministerium am Dienstag mit."
    )
    event = only_event(analyser, "de", "Neun Anschläge auf das Stromnetz", body)
    assert (event.count, event.date) == (9, None)


def test_two_days_after_their_attack_began_is_no_old_news(analyser: Analyser) -> None:
    body = "Army troops on Tuesday drove Islamic State out of Shirqat, two days after their attack began."
    event = only_event(analyser, "en", "Army hoists flag over Shirqat", body)
    assert (event.sub_event_type, event.date) == ("Government regains territory", TUESDAY)


def test_a_day_behind_the_comma_of_a_german_verb_of_saying_is_the_deeds_own(analyser: Analyser) -> None:
    body = "Der Bürgermeister sagte, am Montagmorgen seien binnen einer Stunde rund 40 Granaten bei Choman niedergegangen."
    assert only_event(analyser, "de", "Beschuss bei Choman", body).date == MONDAY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Engineer taken\nGunmen kidnapped an engineer in Baquba yesterday, police said.",
            "Abduction/forced disappearance",
        ),
        ("Protest in Basra\nHundreds marched in Basra on Tuesday over power cuts.", "Peaceful protest"),
        (
            "Base returned\nThe coalition handed over the K-1 base near Kirkuk to Iraqi forces on Tuesday.",
            "Non-violent transfer of territory",
        ),
    ],
)
def test_a_report_without_a_date_tells_of_the_day_that_it_names(
    analyser: Analyser, text: str, kind: str
) -> None:
    event = only_event(analyser, "en", text, published=None)
    assert (event.sub_event_type, event.date) == (kind, None)
