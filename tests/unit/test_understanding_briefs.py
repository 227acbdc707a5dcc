"""Short reports: what two sentences leave out, and the place, day and toll that they give all the same."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

NOON = datetime(2021, 6, 16, 12, tzinfo=UTC)
"""A Wednesday."""
analysis_of = partial(reports.analysis_of, published=NOON)
events_of = partial(reports.events_of, published=NOON)
only_event = partial(reports.only_event, published=NOON)


@pytest.mark.parametrize(
    ("language", "title", "body", "place"),
    [
        (
            "de",
            "Artillerie beschießt Dörfer bei Amedi",
            "Granaten schlugen am Dienstag in der Umgebung von Kani Masi ein.",
            "Kani Masi",
        ),
        (
            "en",
            "Drone hits car in Said Sadiq",
            "A Turkish drone hit a car near the village of Taparash on Tuesday and killed two.",
            "Taparash",
        ),
        (
            "en",
            "Rocket hits Radwaniyah",
            "A rocket hit a house at Radwaniyah, near Baghdad airport, on Tuesday.",
            "Radwaniyah",
        ),
        (
            "ckb",
            "شوانێک لە پێنجوێن بریندار بوو",
            "دوێنێ مینێک لە نزیک ناحیەی ناڵپارێز تەقییەوە و شوانێک بریندار بوو.",
            "Nalparez",
        ),
    ],
)
def test_the_village_that_is_near_lies_in_the_town_of_the_headline(
    analyser: Analyser, language: str, title: str, body: str, place: str
) -> None:
    event = only_event(analyser, language, title, body)
    assert event.place == place


def test_a_datelines_town_gives_way_to_the_headlines_of_another_governorate(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "en",
        "Soldier killed near Jalawla",
        "KALAR – A sniper shot dead a soldier at a checkpoint at 1 a.m. on Wednesday, a source said.",
    )
    assert [e.place for e in found] == ["Jalawla"]


def test_an_agency_named_after_its_town_is_no_place(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "en",
        "Hand grenade thrown at mayor's house in Al-Hayy",
        "KUT / Kut Eye - The house of the mayor of Al-Hayy came under attack with a hand grenade last night.",
    )
    assert {e.place for e in found} == {"Hay"}


@pytest.mark.parametrize(
    ("language", "title", "body", "day"),
    [
        (
            "en",
            "Grenade tossed into Kirkuk billiard hall",
            "It rolled under a table on Sunday evening, and the players fled.",
            13,
        ),
        (
            "de",
            "Autobombe am Stadtrand von Kerbela entschärft",
            "Unter den Melonen lagen 150 Kilo Dünger samt Zünder, die am Montag auffielen.",
            14,
        ),
    ],
)
def test_the_sentence_below_dates_the_headlines_deed_though_it_tells_none(
    analyser: Analyser, language: str, title: str, body: str, day: int
) -> None:
    event = only_event(analyser, language, title, body)
    assert event.date is not None
    assert event.date.day == day


def test_when_somebody_spoke_dates_no_headline(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Grenade tossed into Kirkuk billiard hall",
        "The owner has no enemies, he said on Monday.",
    )
    assert event.date is None


@pytest.mark.parametrize(
    ("language", "body", "killed"),
    [
        (
            "tr",
            "Kerkük'te salı günü iki aşiretin çatışmasında polise göre üç, hastaneye göre dört kişi öldü.",
            3,
        ),
        (
            "de",
            "Bei einem Anschlag in Kirkuk starben am Dienstag 18 Menschen, das Krankenhaus sprach von 15.",
            15,
        ),
        (
            "en",
            "A bomb killed 18 people in Kirkuk on Tuesday, police said, and a second one in May killed 15.",
            18,
        ),
    ],
)
def test_of_two_sources_in_one_sentence_the_lower_holds(
    analyser: Analyser, language: str, body: str, killed: int
) -> None:
    assert events_of(analyser, language, "Kirkuk", body)[0].killed == killed


@pytest.mark.parametrize(
    ("language", "title", "body", "killed"),
    [
        (
            "fa",
            "ترور در طوزخورماتو",
            "افراد مسلح شب گذشته عضو ترکمان شورای شهر طوزخورماتو را مقابل منزلش به ضرب گلوله کشتند.",
            1,
        ),
        (
            "tr",
            "Kerbela'da suikast",
            "Kerbela'daki gösterilerin önde gelen aktivisti dün evinin önünde iki silahlı kişi tarafından öldürüldü.",
            1,
        ),
        ("fa", "حمله در کرکوک", "افراد مسلح دیروز اعضای شورای شهر کرکوک را مقابل ساختمان کشتند.", None),
    ],
)
def test_one_whose_calling_stands_far_before_the_verb_is_counted(
    analyser: Analyser, language: str, title: str, body: str, killed: int | None
) -> None:
    assert events_of(analyser, language, title, body)[0].killed == killed


@pytest.mark.parametrize(
    ("language", "body", "killed"),
    [
        (
            "fr",
            "Une embuscade a coûté la vie mardi près de Hawija à un lieutenant et à deux de ses hommes.",
            3,
        ),
        (
            "es",
            "La emboscada costó la vida el martes cerca de Hawiya a un teniente y a dos de sus hombres.",
            3,
        ),
        ("en", "F-16s hit a militant den in Kirkuk on Tuesday, five bodies were recovered.", 5),
    ],
)
def test_what_is_added_up_and_what_is_not(analyser: Analyser, language: str, body: str, killed: int) -> None:
    assert events_of(analyser, language, "Hawija", body)[0].killed == killed


def test_suicide_belts_are_no_dead(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "ckb",
        "کۆگایەکی چەک لە کەرکووک دۆزرایەوە",
        "هێزێک دوێنێ حەشارگەیەکی چەکی لە کەرکووک دۆزییەوە کە دوو پشتێنەی خۆکوژیی تێدابوو و لەناوی برد.",
    )
    assert [e.killed for e in found] == [None]


def test_bodies_beside_arms_are_the_dead_of_the_strike(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "ar",
        "ضربة جوية جنوبي كركوك",
        "نفذت طائرات القوة الجوية أمس ضربة على مضافة لداعش في وادي الشاي. وعثرت قوة اليوم على ثلاث جثث وكدس للعتاد.",
    )
    tolls = {e.sub_event_type: e.killed for e in found}
    assert tolls["Air/drone strike"] == 3
    assert tolls.get("Disrupted weapons use") is None


@pytest.mark.parametrize(
    ("language", "title", "body", "kind"),
    [
        ("en", "Rioters sack party offices in Ranya", "Both were wrecked on Saturday.", "incident"),
        (
            "en",
            "Zubair: mayor shot dead",
            "Gunmen opened fire on him outside his house on Monday.",
            "incident",
        ),
        ("en", "Ranya opens her heart", "The singer spoke on Saturday about her new album.", "other"),
        (
            "en",
            "Hit series ends in a bloodbath",
            "The finale was shown on Saturday; a bomb kills its hero.",
            "other",
        ),
        ("fa", "پرتاب نارنجک دستی زیر گشتی پلیس بعقوبه", "چهارشنبه نارنجکی زیر خودرو منفجر شد.", "incident"),
        ("tr", "Taci'de kontrol noktasına saldırı", "Saldırıda dün bir asker öldü.", "incident"),
    ],
)
def test_a_town_that_the_text_uses_as_a_place_tells_of_iraq(
    analyser: Analyser, language: str, title: str, body: str, kind: str
) -> None:
    assert analysis_of(analyser, language, title, body).kind.value == kind


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "fr",
            "Bagdad : la Police neutralise l'Armée de l'air",
            "Derby au stade Al-Chaab : l'équipe a tenu l'artillerie adverse en échec, son gardien a désamorcé un penalty.",
        ),
        (
            "tr",
            "Hava Kuvvetleri Zaho'yu bombardımana tuttu: 4-1",
            "Ligin onuncu haftasında gol yağdı, tek sayı penaltıdan geldi.",
        ),
    ],
)
def test_clubs_called_police_and_air_force_fight_no_war(
    analyser: Analyser, language: str, title: str, body: str
) -> None:
    assert not analysis_of(analyser, language, title, body).relevant


def test_police_that_disperse_a_crowd_make_no_riot(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Graduates block bridge",
        "Graduates protested in Nasiriyah on Tuesday. Riot police dispersed the crowd with tear gas.",
    )
    assert event.sub_event_type == "Protest with intervention"


def test_who_speaks_at_the_end_of_a_sentence_places_no_deed(analyser: Analyser) -> None:
    found = events_of(
        analyser,
        "fr",
        "Attaque contre un directeur des douanes",
        "Des inconnus armés ont mitraillé dimanche à Badra la voiture du directeur, tuant son chauffeur, selon la police de Kout.",
    )
    assert {e.place for e in found} == {"Badra"}


def test_a_fight_in_a_side_clause_of_a_truce_is_no_event(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "es",
        "Dos clanes firman la paz",
        "Los jeques de dos clanes de Qurna, enfrentados con fusiles desde el otoño, sellaron anoche una tregua.",
    )
    assert event.sub_event_type == "Agreement"


def test_a_murder_by_a_bomb_is_one_event(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "en",
        "Councillor assassinated in Tarmiyah",
        "A bomb under his car killed the councillor in Tarmiyah at dawn today and wounded four guards.",
    )
    assert (event.sub_event_type, event.killed, event.wounded) == ("Remote explosive/landmine/IED", 1, 4)


def test_a_hospital_whose_town_stands_before_the_verb_is_no_place_of_the_deed(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "fa",
        "پهپاد ترکیه خودرویی را در سنونی هدف گرفت",
        "دو سرنشین خودرو کشته شدند و راننده با جراحات شدید به بیمارستان دهوک انتقال یافت.",
    )
    assert (event.place, event.killed, event.wounded) == ("Sinuni", 2, 1)
