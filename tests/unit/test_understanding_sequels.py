"""Datelines, missed aims, repelled assaults and "the next day": what stands beside a deed; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

WEDNESDAY = datetime(2023, 6, 14, 10, tzinfo=UTC)
events_of = partial(reports.events_of, published=WEDNESDAY)
only_event = partial(reports.only_event, published=WEDNESDAY)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            "Car bomb kills five in Tal Afar\nMOSUL, Iraq - A car bomb went off in Tal Afar on Tuesday, killing five.",
            "Tal Afar",
        ),
        (
            "en",
            "Mortars kill four\nRAMADI, Iraq - Four people were killed on Tuesday when mortars hit a market.",
            "Ramadi",
        ),
        (
            "tr",
            "Irak'ta saldırı\nMUSUL (Ajans) - Telafer'de salı günü bomba yüklü aracın patlaması sonucu 4 kişi öldü.",
            "Tal Afar",
        ),
        (
            "fr",
            (
                "Une roquette visant l'aéroport tue deux civils\nUne roquette destinée à l'aéroport de Bagdad s'est abattue "
                "mardi sur une maison de Radwaniya, tuant deux civils."
            ),
            "Radwaniyah",
        ),
        (
            "en",
            (
                "US strikes on a militia after an attack on the Asad base\nUS forces struck two sites of Kataib Hezbollah "
                "at Jurf al-Sakhar on Wednesday. Two fighters were killed."
            ),
            "Jurf al-Sakhar",
        ),
        (
            "en",
            "Five held in Kirkuk\nPolice arrested five IS men in the Wasiti and Domiz neighbourhoods of Kirkuk on Monday.",
            "Kirkuk",
        ),
    ],
)
def test_desks_missed_aims_and_quarters_in_a_row_are_not_the_place(analyser, language, text, place):
    assert [e.place for e in events_of(analyser, language, text)] == [place]


@pytest.mark.parametrize(
    ("language", "text", "target"),
    [
        (
            "en",
            "Army repels IS attack near Haditha\nTroops beat back an Islamic State assault near Haditha on Tuesday.",
            "soldiers",
        ),
        (
            "ar",
            "الحشد يصد هجوما لداعش\nتصدت قوة من الحشد الشعبي لهجوم شنه تنظيم داعش في جرف النصر فجر الثلاثاء.",
            "hashd",
        ),
        (
            "de",
            "Peschmerga wehren IS-Angriff ab\nPeschmerga haben am Dienstag einen Angriff des IS bei Daquq abgewehrt.",
            "peshmerga",
        ),
    ],
)
def test_who_beats_an_assault_back_was_attacked(analyser, language, text, target):
    event = only_event(analyser, language, text)
    assert (event.actors, target in event.targets) == (("isis",), True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Two attacks in Diyala\nGunmen shot dead two policemen in Baquba on Sunday. A day later, a bomb wounded "
                "three soldiers in Khanaqin."
            ),
        ),
        (
            "ar",
            (
                "هجومان في ديالى\nقتل مسلحون شرطيين اثنين في بعقوبة يوم الأحد. وفي اليوم التالي أصيب ثلاثة جنود بانفجار عبوة "
                "ناسفة في خانقين."
            ),
        ),
        (
            "tr",
            (
                "Diyala'da iki saldırı\nSilahlı kişiler pazar günü Bakuba'da iki polisi öldürdü. Ertesi gün Hanekin'de el "
                "yapımı patlayıcının patlaması sonucu üç asker yaralandı."
            ),
        ),
    ],
)
def test_the_next_day_is_counted_from_the_deed_before(analyser, language, text):
    assert [e.date for e in events_of(analyser, language, text)] == [date(2023, 6, 11), date(2023, 6, 12)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "IS commander killed near Hawija\nIraqi jets struck a hideout near Hawija on Tuesday, killing three "
                "militants including a local commander, police said."
            ),
        ),
        (
            "es",
            (
                "Muere un general en Faluya\nUn coche bomba mató el lunes a tres militares, entre ellos un general, en "
                "Faluya, Irak."
            ),
        ),
        (
            "ar",
            "مقتل ضابط بانفجار في بعقوبة\nأسفر انفجار عبوة ناسفة في بعقوبة عن مقتل ثلاثة أشخاص بينهم ضابط.",
        ),
    ],
)
def test_a_headline_may_name_but_one_of_the_dead(analyser, language, text):
    assert [e.killed for e in events_of(analyser, language, text)] == [3]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Judge killed in Mosul\nA bomb killed a judge in eastern Mosul on Monday. Two of his guards also died.",
        ),
        (
            "de",
            (
                "Kommandeur in Bagdad getötet\nBei einem Drohnenangriff in Bagdad ist am Montag ein Kommandeur der Kataib "
                "Hisbollah getötet worden. Auch zwei Begleiter kamen ums Leben."
            ),
        ),
        (
            "ar",
            "اغتيال شيخ في الرمادي\nاغتال مسلحون شيخ عشيرة في الرمادي يوم الاثنين. كما قتل اثنان من مرافقيه.",
        ),
    ],
)
def test_those_who_died_as_well_are_added(analyser, language, text):
    assert [e.killed for e in events_of(analyser, language, text)] == [3]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Two convoys hit\nRoadside bombs hit supply convoys on Tuesday, the first near Samawa, the second west of Diwaniya.",
            "en",
        ),
        (
            "Zwei Konvois getroffen\nZwei Bomben trafen am Dienstag Konvois, der erste bei Samawa, der zweite bei Diwanija.",
            "de",
        ),
        (
            "استهداف رتلين\nاستهدفت عبوتان ناسفتان الثلاثاء رتلين، الأولى قرب السماوة والثانية غرب الديوانية.",
            "ar",
        ),
    ],
)
def test_the_first_and_the_second_are_events_of_their_own(
    analyser: Analyser, text: str, language: str
) -> None:
    assert [e.place for e in events_of(analyser, language, text)] == ["Samawah", "Diwaniyah"]


def test_a_further_bomb_made_harmless_is_an_event_beside_the_blast(analyser: Analyser) -> None:
    text = (
        "Car bomb kills nine in Tuz Khurmatu\nNine people were killed on Tuesday when a car bomb exploded near a "
        "market in Tuz Khurmatu. Police said they defused a second car bomb."
    )
    found = [(e.sub_event_type, e.killed) for e in events_of(analyser, "en", text)]
    assert found == [("Remote explosive/landmine/IED", 9), ("Disrupted weapons use", None)]


def test_the_day_on_which_a_new_toll_is_given_yields_to_the_day_of_the_blast(analyser: Analyser) -> None:
    text = (
        "Toll in Karrada bombing climbs to 31\nThe number of people killed by a suicide bomber in Karrada has risen "
        "to 31, the health ministry said on Tuesday. The bomber struck on Monday evening. In February a car bomb "
        "killed 60 people in Hilla."
    )
    found = events_of(analyser, "en", text)
    assert [e.date for e in found] == [date(2023, 6, 12)]


def test_what_those_arrested_are_wanted_for_is_no_event(analyser: Analyser) -> None:
    text = "Neuf suspects arrêtés\nNeuf membres de l'EI, recherchés pour des enlèvements, ont été arrêtés mardi à Ramadi."
    assert [e.sub_event_type for e in events_of(analyser, "fr", text)] == ["Arrests"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Four soldiers killed\nIslamic State gunmen attacked a post near Hawija on Monday and killed four soldiers."
                " A roadside bomb then hit reinforcements, killing two policemen."
            ),
        ),
        (
            "de",
            (
                "Vier Soldaten nahe Hawidscha getötet\nIS-Kämpfer haben am Montag einen Posten der Armee bei Hawidscha"
                " überfallen und vier Soldaten getötet. Die Verstärkung geriet in eine Sprengfalle; zwei Polizisten starben."
            ),
        ),
    ],
)
def test_a_bomb_for_the_reinforcements_is_an_event_beside_the_fight(analyser, language, text):
    fight, bomb = events_of(analyser, language, text)
    assert (fight.sub_event_type, fight.killed) == ("Armed clash", 4)
    assert (bomb.sub_event_type, bomb.killed) == ("Remote explosive/landmine/IED", 2)
    assert (bomb.place, bomb.date) == (fight.place, fight.date)


def test_who_died_in_a_riot_is_the_cost_of_the_riot(analyser):
    text = (
        "Nasiriyah protesters burn party office\nProtesters set fire to a party office in Nasiriyah on Sunday."
        " Two demonstrators died and seven were injured. In Samawah hundreds marched peacefully."
    )
    riot, march = events_of(analyser, "en", text)
    assert (riot.sub_event_type, riot.killed, riot.wounded) == ("Violent demonstration", 2, 7)
    assert (march.sub_event_type, march.place, march.killed) == ("Peaceful protest", "Samawah", None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Bomb and murder\nA bomb killed two in Kirkuk on Monday and on Tuesday gunmen shot a judge dead in Mosul."),
        ("fr", "Deux attaques\nUne bombe a tué deux policiers lundi à Kirkouk et, mardi, des hommes ont abattu un juge à Mossoul."),
        ("de", "Zwei Anschläge\nEine Bombe hat am Montag in Kirkuk zwei Polizisten getötet, am Dienstag wurde in Mossul ein Richter erschossen."),
    ],
)  # fmt: skip
def test_another_day_and_place_in_a_sentence_begin_another_event(analyser, language, text):
    found = [(e.place, e.date) for e in events_of(analyser, language, text)]
    assert found == [("Kirkuk", date(2023, 6, 12)), ("Mosul", date(2023, 6, 13))]


def test_those_whose_uniform_attackers_wore_were_not_hit(analyser):
    text = "Family killed\nGunmen wearing army uniforms broke into a house in Tarmiyah on Monday and killed a family of five."
    event = only_event(analyser, "en", text)
    assert event.sub_event_type == "Attack"
    assert "soldiers" not in event.targets


def test_a_toll_behind_who_is_stationed_there_is_the_blows(analyser):
    text = "Drohne über Harir\nEine Drohne ist am Montag nahe dem Stützpunkt Harir abgeschossen worden. Dort sind amerikanische Soldaten stationiert. Verletzt wurde niemand."
    event = only_event(analyser, "de", text)
    assert event.wounded == 0


def test_a_day_earlier_is_counted_from_the_event_told_before(analyser: Analyser) -> None:
    text = (
        "Army retakes villages\nTroops took back two villages near Makhmour from Islamic State on Monday. A day earlier, "
        "a suicide bomber had killed four soldiers there."
    )
    assert [e.date for e in events_of(analyser, "en", text)] == [date(2023, 6, 12), date(2023, 6, 11)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Blast\nA farmer and his son were killed by a bomb in Mosul on Tuesday."),
        ("de", "Anschlag\nEin Bauer und sein Sohn wurden am Dienstag in Mossul von einer Bombe getötet."),
        ("es", "Atentado\nUn agricultor y su hijo murieron el martes por una bomba en Mosul."),
    ],
)
def test_somebody_and_his_son_are_two(analyser: Analyser, language: str, text: str) -> None:
    assert [e.killed for e in events_of(analyser, language, text)] == [2]


def test_what_those_struck_were_about_to_fire_was_not_fired(analyser: Analyser) -> None:
    text = "Strike\nU.S. aircraft struck militiamen preparing to launch drones from a farm west of Qaim on Monday."
    event = only_event(analyser, "en", text)
    assert list(event.weapons) == ["air_strike"]


def test_men_in_uniform_who_find_arms_are_the_finders(analyser):
    text = "Waffenversteck bei Rutba entdeckt\nGrenzpolizisten haben am Montag in der Wüste bei Rutba ein Versteck mit 40 Granaten ausgehoben."
    event = only_event(analyser, "de", text)
    assert (event.actors, event.targets) == (("iraqi_forces",), ())


@pytest.mark.parametrize(
    ("language", "text", "types"),
    [
        (
            "en",
            "Car bomb defused in Fallujah\nPolice defused a car bomb near a school in Fallujah on Tuesday. Two suspects were arrested soon afterwards at a checkpoint.",
            ["Disrupted weapons use", "Arrests"],
        ),
        (
            "de",
            "Zwei Soldaten sterben durch Sprengfalle bei Rutba\nEine Patrouille geriet am Dienstag südlich von Rutba in eine Sprengfalle, zwei Soldaten wurden getötet. Noch am Abend griffen Kampfjets der irakischen Luftwaffe ein Tal in der Umgebung an, in dem sich IS-Zellen versteckt hielten.",
            ["Remote explosive/landmine/IED", "Air/drone strike"],
        ),
        (
            "en",
            "Protesters dispersed in Hilla\nRiot police used tear gas against protesters in Hilla on Tuesday. Five of them were arrested and later released.",
            ["Protest with intervention"],
        ),
    ],
)
def test_what_forces_do_in_answer_is_told_apart_but_for_protests(
    analyser: Analyser, language: str, text: str, types: list[str]
) -> None:
    assert [e.sub_event_type for e in events_of(analyser, language, text)] == types


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Imam killed in Iraq\nAn imam who preached against the militias on Sunday was shot dead in Kut on Tuesday.",
        ),
        (
            "fr",
            "Irak : un imam tué\nAprès avoir échappé dimanche à un attentat, l'imam Ali Jaber a été tué mardi à Kout.",
        ),
        (
            "es",
            "Matan a un imán en Irak\nTras recibir el domingo una visita, un imán fue asesinado a tiros el martes en Kut.",
        ),
        (
            "en",
            "Imam found dead in Iraq\nThe body of an imam missing since Sunday was found in Kut on Tuesday.",
        ),
    ],
)
def test_the_day_of_a_side_clause_is_not_the_deeds(analyser, language, text):
    event = only_event(analyser, language, text)
    assert (event.date, event.killed) == (date(2023, 6, 13), 1)


def test_the_day_before_is_counted_from_what_is_told_first_though_the_headline_tells_it_too(
    analyser: Analyser,
) -> None:
    text = (
        "Irak : cache d'armes découverte, deux suspects de l'EI arrêtés\nLa police a arrêté lundi à Touz Khormatou deux "
        "suspects de l'EI, selon un communiqué publié mardi. La veille, l'armée avait découvert à Samarra une cache "
        "renfermant trente obus de mortier."
    )
    days = {e.sub_event_type: e.date for e in events_of(analyser, "fr", text)}
    assert days == {"Arrests": date(2023, 6, 12), "Disrupted weapons use": date(2023, 6, 11)}


def test_ground_of_no_name_in_the_body_is_no_territory_taken(analyser: Analyser) -> None:
    text = (
        "Iraq's premier flies to Washington\nFactions have attacked American convoys around Baghdad for months.\n"
        "Armed groups are not under the full control of the premier, a minister said.\n"
        "On Tuesday a missile hit Baghdad airport and hurt nobody."
    )
    assert "Government regains territory" not in [e.sub_event_type for e in events_of(analyser, "en", text)]
