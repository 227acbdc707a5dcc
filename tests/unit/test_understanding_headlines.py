"""Headlines that list deeds or differ from the text below them, and what follows from it for type, place and day."""

from __future__ import annotations

from tests.support.reports import analysis_of, events_of, only_event
from worker.domain.model import Kind
from worker.domain.understanding.analyser import Analyser


def test_a_headline_that_lists_deeds_of_several_kinds_is_none_of_them(analyser: Analyser) -> None:
    text = "Jets hit den in Wadi al-Shay, two held in Fallujah, arms dump found"
    body = (
        "F-16 jets destroyed a hideout of Daesh in Wadi al-Shay on Tuesday.\n"
        "Police arrested two members of the group in Fallujah on Monday.\n"
        "Soldiers found a cache of 20 mortar shells near Rutba on Sunday."
    )
    events = events_of(analyser, "en", text, body)
    assert [(e.sub_event_type, e.place, e.date and e.date.day) for e in events] == [
        ("Air/drone strike", "Wadi al-Shay", 10),
        ("Arrests", "Fallujah", 9),
        ("Disrupted weapons use", "Rutba", 8),
    ]


def test_a_headline_that_alone_tells_the_dead_stays(analyser: Analyser) -> None:
    text = "Judge shot dead, trader abducted in Maysan"
    body = (
        "Gunmen shot a judge outside his home in Amarah on Tuesday, police said. "
        "In a separate incident gunmen abducted a trader near Ali al-Gharbi on Monday."
    )
    events = events_of(analyser, "en", text, body)
    assert {e.killed for e in events} >= {1}


def test_a_headline_over_a_list_makes_no_event_beside_its_lines(analyser: Analyser) -> None:
    text = "Lagebericht: Festnahmen in Abu Ghraib, Depot bei Rutba entdeckt"
    body = (
        "Bagdad. In Abu Ghraib nahm die Polizei am Dienstag zwei Verdächtige fest.\n"
        "Anbar. Soldaten fanden am Montag bei Rutba ein Waffenlager mit 20 Mörsergranaten.\n"
        "Kirkuk. Bei Hawidscha tötete am Montag eine Bombe zwei Polizisten."
    )
    kinds = [e.sub_event_type for e in events_of(analyser, "de", text, body)]
    assert sorted(kinds) == ["Arrests", "Disrupted weapons use", "Remote explosive/landmine/IED"]


def test_who_hands_over_the_keys_gives_up_ground_whatever_the_headline_calls_it(analyser: Analyser) -> None:
    text = "Coalition leaves K-1 base"
    body = "The coalition handed over the K-1 base near Kirkuk to Iraqi forces on Tuesday."
    event = only_event(analyser, "en", text, body)
    assert event.sub_event_type == "Non-violent transfer of territory"


def test_a_drone_that_fires_or_burns_makes_a_strike(analyser: Analyser) -> None:
    fired = "A Turkish drone fired on a car of the PKK near Penjwin on Tuesday."
    burnt = "A drone set a tank alight at the Khurmala oil field on Tuesday."
    for body in (fired, burnt):
        assert only_event(analyser, "en", "News from the north", body).sub_event_type == "Air/drone strike"


def test_a_mine_that_hurts_those_who_found_arms_is_an_event_of_its_own(analyser: Analyser) -> None:
    body = (
        "Soldiers found a cache of 20 mortar shells in the desert near Rutba on Tuesday. "
        "During the search a landmine went off under a vehicle and wounded three soldiers."
    )
    events = events_of(analyser, "en", "Arms cache found near Rutba", body)
    assert [e.sub_event_type for e in events] == ["Disrupted weapons use", "Remote explosive/landmine/IED"]
    assert [e.wounded for e in events] == [None, 3]


def test_one_attack_of_a_day_beside_many_that_are_counted_over_weeks(analyser: Analyser) -> None:
    body = (
        "IS attacked Peshmerga posts around Khanaqin 26 times between 1 and 22 February, the command said. "
        "On Monday a sniper shot dead a soldier near Jalawla."
    )
    events = events_of(analyser, "en", "Khanaqin: 26 attacks in three weeks", body)
    assert [(e.count, e.date and e.date.day, e.killed) for e in events] == [(26, None, None), (None, 9, 1)]


def test_what_neither_of_two_deeds_cost_holds_for_both(analyser: Analyser) -> None:
    body = (
        "A drone hit the Khurmala oil field on Tuesday. "
        "Half an hour later rockets fell on the airport of Erbil. "
        "Neither attack caused casualties."
    )
    events = events_of(analyser, "en", "Drone and rockets in Erbil", body)
    assert len(events) == 2
    assert [(e.killed, e.wounded) for e in events] == [(0, 0), (0, 0)]


def test_police_who_come_later_break_up_the_same_crowd(analyser: Analyser) -> None:
    body = (
        "Hundreds of graduates gathered outside the governorate of Wasit in Kut on Tuesday. "
        "Two hours later riot police dispersed the protesters with water cannon."
    )
    event = only_event(analyser, "en", "Graduates march in Kut", body)
    assert event.sub_event_type == "Protest with intervention"


def test_how_an_accident_ended_is_no_deed(analyser: Analyser) -> None:
    body = (
        "A gas leak caused an explosion in the kitchen of a restaurant in Karrada on Tuesday. "
        "Civil defence said a cook died."
    )
    assert (
        analysis_of(analyser, "en", "Explosion wrecks restaurant in Baghdad", body).kind is not Kind.INCIDENT
    )


def test_clans_that_fight_over_land_are_reported_in_words_of_crime(analyser: Analyser) -> None:
    body = (
        "Une querelle foncière a dégénéré mardi à Garmat Ali, au nord de Bassora. "
        "Les hommes de deux tribus se sont affrontés à l'arme automatique : deux tués et cinq blessés."
    )
    event = only_event(analyser, "fr", "Règlement de comptes tribal à Garmat Ali", body)
    assert (event.sub_event_type, event.killed, event.wounded) == ("Armed clash", 2, 5)


def test_a_comment_that_says_how_things_stand_today_is_no_incident(analyser: Analyser) -> None:
    body = "Bugün YBŞ'nin kadroları Sincar'da maaş çekiyor. PKK kendini feshettiğini ilan etmişti."
    assert analysis_of(analyser, "tr", "YORUM | Sincar düğümü", body).kind is not Kind.INCIDENT


def test_what_a_battle_came_after_is_cut_off_as_no_deed_of_its_own(analyser: Analyser) -> None:
    body = (
        "اربیل – یگان‌های پیشمرگه عصر سه‌شنبه پس از دوازده ساعت نبرد، "
        "مرکز ناحیه زمار در شمال غربی موصل را از اشغال داعش خارج کردند."
    )
    assert only_event(analyser, "fa", "پیشمرگه زمار را پس گرفت", body).place == "Zummar"


def test_a_headline_that_says_what_it_was_instead_leaves_nothing_to_report(analyser: Analyser) -> None:
    text = "Rumaila: flash was a flare, not a drone"
    body = (
        "The field's operator on Tuesday dismissed online posts that a drone had hit the Rumaila field near Basra. "
        "The flash came from a gas flare, it said."
    )
    assert not events_of(analyser, "en", text, body)


def test_an_explosion_in_the_headline_is_explained_by_the_gas_below(analyser: Analyser) -> None:
    text = "Explosion at Hillah bakery injures six"
    body = (
        "Six people were burned when a cooking-gas cylinder exploded in a bakery in Hillah on Tuesday, "
        "Babil civil defence said. The blast brought down a wall."
    )
    assert not events_of(analyser, "en", text, body)


def test_aircraft_that_spray_locusts_bomb_nobody(analyser: Analyser) -> None:
    text = "Air war on locusts in Muthanna"
    body = "Aircraft bombarded locusts around Busaya near Samawah on Tuesday with pesticide from the air."
    assert not events_of(analyser, "en", text, body)


def test_a_suicide_attack_counts_though_its_dead_are_told_in_the_next_sentence(analyser: Analyser) -> None:
    text = "Blutige Heimreise der Pilger"
    body = (
        "Auf der Rückreise vom Arbain-Fest sind am Dienstag iranische Wallfahrer im Zentralirak getötet worden. "
        "Ein Selbstmordattentäter zündete bei Hilla einen mit Sprengstoff beladenen Lastwagen. "
        "Das Gesundheitsamt von Babil sprach von 30 Toten."
    )
    found = [(e.sub_event_type, e.killed) for e in events_of(analyser, "de", text, body)]
    assert ("Suicide bomb", 30) in found


def test_the_one_whom_the_headline_names_is_counted_among_those_that_the_text_lists(
    analyser: Analyser,
) -> None:
    text = "Muere un mando del PKK por un dron en Sinyar"
    body = (
        "Un dron turco atacó el martes una camioneta en Sinyar. Murieron un comandante y su guardaespaldas."
    )
    assert only_event(analyser, "es", text, body).killed == 2


def test_the_shooting_of_a_fight_makes_no_attack_of_it(analyser: Analyser) -> None:
    text = "Parte de seguridad"
    body = (
        "Yihadistas del EI asaltaron el martes un puesto de control en Hawija; trece policías murieron. "
        "El tiroteo duró dos horas."
    )
    event = only_event(analyser, "es", text, body)
    assert (event.sub_event_type, event.killed) == ("Armed clash", 13)


def test_a_blast_without_a_word_for_its_weapon_is_reported(analyser: Analyser) -> None:
    event = only_event(analyser, "en", "", "A blast in Baiji on Tuesday claimed four lives.")
    assert (event.killed, event.place) == (4, "Baiji")
    assert not events_of(analyser, "en", "Students had a blast", "Students in Baiji had a blast on Tuesday.")


def test_a_sentence_that_tells_why_nobody_was_hurt_holds(analyser: Analyser) -> None:
    text = "Handgranate auf Parteibüro in Mahmudija"
    body = (
        "Zwei Männer warfen am Dienstag eine Handgranate in den Hof eines Parteibüros in Mahmudija. "
        "Das Büro war kurz zuvor abgeschlossen worden, deshalb kam niemand zu Schaden."
    )
    event = only_event(analyser, "de", text, body)
    assert (event.killed, event.wounded) == (0, 0)


def test_clans_who_make_peace_are_reported_and_those_at_the_polls_are_not(analyser: Analyser) -> None:
    peace = "Zwei Stämme schlossen am Montag in Kurna eine Waffenruhe, sagte ein Scheich."
    kinds = [e.sub_event_type for e in events_of(analyser, "de", "Stämme legen Streit bei", peace)]
    assert kinds == ["Agreement"]
    polls = "Las dos tribus se enfrentaron el martes en las urnas en Kut."
    assert analysis_of(analyser, "es", "Tribus en las urnas\n" + polls).kind is not Kind.INCIDENT
