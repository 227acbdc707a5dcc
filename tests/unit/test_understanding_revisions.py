"""Tolls and days that a later sentence, or another word of the same one, changes; on the shipped lexicon."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import events_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Ambush near Hawija\nGunmen ambushed a patrol near Hawija on Monday, killing three soldiers. "
                "Two of the wounded died later in hospital."
            ),
        ),
        (
            "fr",
            (
                "Attentat à Bakouba\nUn attentat a fait trois morts et huit blessés lundi à Bakouba. "
                "Deux des blessés ont succombé dans la nuit."
            ),
        ),
        (
            "en",
            "Bomb in Muqdadiya\nA bomb killed three people in Muqdadiya on Monday. The toll later rose to five.",
        ),
        (
            "tr",
            (
                "Bakuba'da saldırı\nBakuba'da pazartesi günü bombalı saldırıda üç kişi öldü. "
                "Ölü sayısı hastanede beşe çıktı."
            ),
        ),
    ],
)
def test_those_who_died_later_and_the_count_reached_hold(analyser, language, text):
    assert events_of(analyser, language, text)[0].killed == 5


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Activist killed\nA figure of the 2019 protests was shot dead in Basra on Monday evening."),
        ("fr", "Militant tué\nUne figure de la contestation de 2019 a été abattue lundi soir à Bassora."),
        ("ar", "إصابة طفل\nأصيب طفل بانفجار لغم من مخلفات حرب 1980 في البصرة يوم الاثنين."),
    ],
)
def test_the_year_of_another_thing_hides_no_day(analyser, language, text):
    assert events_of(analyser, language, text)[0].date == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Attack in Mosul\nA judge was killed along with his driver by a roadside bomb in Mosul on Monday.",
        ),
        (
            "de",
            "Explosion in Mossul\nEin Offizier wurde zusammen mit seinem Fahrer bei einer Bombenexplosion in Mossul getötet.",
        ),
        ("tr", "Musul'da patlama\nMusul'da bir subay, şoförüyle birlikte bombanın patlaması sonucu öldü."),
        ("ar", "انفجار في ديالى\nقتل ضابط في الشرطة مع سائقه بانفجار عبوة ناسفة في ناحية السعدية بديالى."),
    ],
)
def test_who_fell_along_with_another_is_counted(analyser, language, text):
    assert events_of(analyser, language, text)[0].killed == 2


def test_a_vague_figure_is_no_figure(analyser):
    event = events_of(
        analyser,
        "en",
        "Blast in Hilla\nA car bomb in Hilla on Monday killed seven people and wounded dozens.",
    )[0]
    assert (event.killed, event.wounded) == (7, None)


def test_dead_of_their_wounds_are_in_the_figure_that_was_reached(analyser):
    text = (
        "Blast in Hilla: toll rises to nine\nThe toll of Monday's car bomb in Hilla rose to nine. "
        "Two of the wounded died in hospital."
    )
    assert events_of(analyser, "en", text)[0].killed == 9


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Arms depot found, soldier killed\nTroops found an arms depot on Monday in Hawija. On Sunday a soldier was "
                "killed by a roadside bomb in Daquq."
            ),
        ),
        (
            "de",
            (
                "Waffenlager ausgehoben, ein Soldat getötet\nDie Armee hat am Montag in Hawidscha ein Waffenlager entdeckt. "
                "Am Sonntag wurde in Dakuk ein Soldat durch einen Sprengsatz getötet."
            ),
        ),
    ],
)
def test_the_headlines_dead_are_left_to_the_deed_that_the_text_tells_them_of(analyser, language, text):
    cache, bomb = events_of(analyser, language, text)
    assert (cache.killed, bomb.killed) == (None, 1)


def test_nobody_was_hurt_though_the_camp_had_been_emptied_before(analyser):
    text = (
        "Drones hit Balad base\nTwo drones struck a camp at Balad air base in Iraq on Monday. "
        "Nobody was injured, as the camp had been emptied."
    )
    assert events_of(analyser, "en", text)[0].wounded == 0


def test_more_dead_of_the_same_fight_are_in_the_headlines_figure(analyser):
    text = (
        "Nine Hashd fighters killed near Samarra\nIslamic State militants attacked a Hashd post near Samarra on Monday, "
        "killing six fighters. Three more died when reinforcements came under fire. "
        "In Balad a roadside bomb killed a farmer the same night."
    )
    assert events_of(analyser, "en", text)[0].killed == 9


def test_who_was_hurt_besides_is_of_the_same_deed(analyser):
    text = "Choque en Basora\nDos personas murieron el lunes en un choque entre clanes en Basora. Hubo además seis heridos."
    assert events_of(analyser, "es", text)[0].wounded == 6


def test_a_vague_figure_of_dead_and_wounded_together_is_no_toll(analyser):
    text = "Blast in Hilla\nA car bomb exploded in Hilla on Monday, leaving dozens of dead and wounded."
    assert events_of(analyser, "en", text)[0].killed is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Arrestations\nLa police a arrêté lundi deux kamikazes de l'EI à Kirkouk."),
        ("ar", "اعتقال في كركوك\nاعتقلت قوات البيشمركة ثلاثة انتحاريين من داعش في كركوك."),
    ],
)
def test_bombers_who_were_seized_set_nothing_off(analyser, language, text):
    assert events_of(analyser, language, text)[0].sub_event_type == "Arrests"


def test_men_seized_in_two_places_are_two_events(analyser):
    text = (
        "اعتقال خمسة إرهابيين\nاعتقل جهاز مكافحة الإرهاب ثلاثة من عناصر داعش في منطقة الطارمية شمالي بغداد، "
        "فيما ألقى القبض على اثنين آخرين في الرمادي."
    )
    assert [e.place for e in events_of(analyser, "ar", text)] == ["Tarmiyah", "Ramadi"]


def test_a_captive_found_dead_was_not_killed_on_the_day_of_the_seizure(analyser):
    text = (
        "Bodies found\nTwo contractors who were abducted on Saturday were found dead south of Kirkuk on Tuesday, "
        "police said."
    )
    event = events_of(analyser, "en", text)[0]
    assert (event.sub_event_type, event.date, event.killed) == ("Attack", date(2026, 3, 10), 2)


@pytest.mark.parametrize(
    ("second", "killed"),
    [
        ("The blast also killed a driver, police said.", 3),
        ("A mortar round in Tarmiyah also killed a driver, police said.", 2),
        ("The blast killed two people, police said.", 2),
    ],
)
def test_who_was_killed_as_well_is_added(analyser, second, killed):
    text = f"Blast near Baquba\nA roadside bomb killed two soldiers near Baquba on Monday. {second}"
    assert events_of(analyser, "en", text)[0].killed == killed
