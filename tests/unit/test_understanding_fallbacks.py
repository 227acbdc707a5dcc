"""What holds where no word of a text tells it: the only day, the headline's place, a list of arms, who was counted where."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import analysis_of, events_of, only_event
from worker.domain.model import Kind
from worker.domain.understanding.analyser import Analyser

TUESDAY, MONDAY, SUNDAY = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 8)
AIR, SHELLING = "Air/drone strike", "Shelling/artillery/missile attack"
FOUND = "Disrupted weapons use"


def told(analyser: Analyser, language: str, title: str, body: str) -> list[tuple[str, str | None]]:
    """Type and place of every event of a report."""
    return [(e.sub_event_type, e.place) for e in events_of(analyser, language, title, body)]


def test_a_deed_without_a_day_has_the_only_one_that_the_text_names(analyser: Analyser) -> None:
    body = (
        "Gunmen stormed a fishermen's camp at Lake Hamrin and led four men away. Their boats were gone as well. "
        "The families live in Khalis. A fifth fisherman, who hid in the reeds, says that it was about nine on Monday."
    )
    assert only_event(analyser, "en", "Four fishermen taken at Lake Hamrin", body).date == MONDAY


@pytest.mark.parametrize(
    ("language", "title", "body", "place"),
    [
        (
            "de",
            "Handgranate gegen Wohnhaus in Amara",
            "Unbekannte haben am Sonntag eine Handgranate in den Garten eines Richters geworfen. Verletzt wurde niemand.",
            "Amarah",
        ),
        (
            "en",
            "Gunmen shoot officer dead in Baquba",
            "Two men on a motorcycle opened fire on an officer of the federal police outside his house on Sunday.",
            "Baqubah",
        ),
    ],
)
def test_a_deed_without_a_place_is_where_the_headline_says(analyser, language, title, body, place):
    assert only_event(analyser, language, title, body).place == place


def test_a_deed_that_lies_elsewhere_takes_no_place_from_the_headline(analyser: Analyser) -> None:
    body = "A bomb killed two shepherds in Baquba on Sunday. Elsewhere in the country gunmen killed a mayor on Monday."
    found = events_of(analyser, "en", "Two shepherds killed in Baquba", body)
    assert [e.place for e in found if e.sub_event_type == "Attack"] == [None]


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Army searches valley near Rutba",
            "In a ravine south of Rutba soldiers on Sunday reached a shelter: 14 explosive charges and 31 mortar bombs lay under a tarpaulin.",
        ),
        (
            "es",
            "Rastreo en Tarmiya",
            "Soldados de la 59.ª brigada sacaron el domingo de un huerto de Tarmiya 38 granadas de mortero y 14 fusiles.",
        ),
        (
            "fr",
            "Ratissage dans le wadi Hauran",
            "Un régiment du Hachd est tombé dimanche, dans le wadi Hauran, sur une galerie où dormaient 34 engins explosifs et des obus de mortier.",
        ),
    ],
)
def test_arms_that_are_listed_and_counted_were_found_whatever_the_verb(analyser, language, title, body):
    assert only_event(analyser, language, title, body).sub_event_type == FOUND


def test_arms_that_were_used_are_no_find(analyser: Analyser) -> None:
    body = "Militants attacked a post near Daquq on Sunday with three mortar bombs and two roadside bombs; four policemen were killed."
    assert only_event(analyser, "en", "Post attacked near Daquq", body).sub_event_type != FOUND


@pytest.mark.parametrize(
    ("language", "title", "body", "wounded"),
    [
        (
            "en",
            "Blast in Basra",
            "A bomb went off in a market in Basra on Sunday and wounded between forty and fifty-five people.",
            40,
        ),
        (
            "es",
            "Explosión en Basora",
            "Una bomba estalló el domingo en un mercado de Basora y dejó entre treinta y treinta y ocho heridos.",
            30,
        ),
        (
            "fr",
            "Explosion à Bassora",
            "Une bombe a explosé dimanche sur un marché de Bassora et a fait entre vingt et vingt-cinq blessés.",
            20,
        ),
    ],
)
def test_between_two_numbers_in_words_the_lower_holds(analyser, language, title, body, wounded):
    assert only_event(analyser, language, title, body).wounded == wounded


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Coupe d'Irak : l'armée de l'air bombarde Zakho, 4-1\nDeux missiles du capitaine dès le premier quart d'heure ont plié le match lundi soir à Bagdad."),
        ("es", "El «misil» de Bagdad se estrella\nEl piloto salió de la pista en la primera curva del rally de Bagdad el domingo y abandonó la carrera."),
    ],
)  # fmt: skip
def test_sport_in_the_words_of_war_is_no_blow(analyser, language, text):
    assert analysis_of(analyser, language, text).kind is not Kind.INCIDENT


def test_a_raid_is_the_arrest_that_it_came_to(analyser: Analyser) -> None:
    title = "Airborne raid south of Kirkuk: counter-terrorism force seizes three ISIS suspects"
    body = "Counter-terrorism troops arrested three members of ISIS in Hawija on Sunday."
    assert [e.sub_event_type for e in events_of(analyser, "en", title, body)] == ["Arrests"]


def test_a_release_is_no_event_beside_the_abduction(analyser: Analyser) -> None:
    body = "The activist was freed at dawn on Tuesday, his family said. Armed men had abducted him in Nasiriyah on Sunday evening."
    found = events_of(analyser, "en", "Nasiriyah activist freed", body)
    assert [(e.sub_event_type, e.date) for e in found] == [("Abduction/forced disappearance", SUNDAY)]


def test_of_two_sources_in_one_turkish_clause_the_lower_holds(analyser: Analyser) -> None:
    body = "Kurna ilçesinde iki aşiret arasında pazar gecesi çatışma çıktı. Polis yetkilisi ölü sayısını üç, ilçe hastanesi dört olarak verdi."
    assert only_event(analyser, "tr", "Basra'da aşiret çatışması", body).killed == 3


def test_the_towns_of_hospital_and_health_official_are_no_further_attack(analyser: Analyser) -> None:
    body = (
        "A quarrel over water grew into a gun battle between two clans in Kahla district on Sunday evening. "
        "Three men died and seven people are in hospital in Amara."
    )
    found = only_event(analyser, "en", "Clans fight over water in Maysan", body)
    assert (found.sub_event_type, found.killed, found.wounded) == ("Armed clash", 3, 7)


def test_whom_a_series_killed_is_not_the_toll_of_the_last_blow(analyser: Analyser) -> None:
    body = (
        "Zwei Strommasten sind am Sonntag bei Dibis mit Sprengsätzen gefällt worden. Verletzt wurde niemand. "
        "Das Ministerium zählt seit Juni 35 Bombenanschläge auf das Netz; sieben Wachleute kamen dabei ums Leben."
    )
    found = events_of(analyser, "de", "Strommasten bei Kirkuk gesprengt", body)
    assert [(e.count, e.killed) for e in found if e.count] == [(35, 7)]
    assert all(e.killed != 7 for e in found if not e.count)


def test_a_headline_that_only_says_what_the_count_has_come_to_gives_the_toll(analyser: Analyser) -> None:
    title = "شمار شهدای جرف‌الصخر به هشت تن رسید"
    body = "جنگنده‌های آمریکایی بامداد دوشنبه مقرهای حشد شعبی در جرف‌الصخر را بمباران کردند. شمار شهدا نخست پنج تن اعلام شده بود."
    assert only_event(analyser, "fa", title, body).killed == 8


def test_what_a_nations_blow_answered_is_not_the_headlines_event(analyser: Analyser) -> None:
    title = "US hits militia in Iraq after missile attack on base"
    body = "American aircraft struck a depot of Kataib Hezbollah at Jurf al-Sakhar on Sunday."
    assert [(e.sub_event_type, e.date) for e in events_of(analyser, "en", title, body)] == [(AIR, SUNDAY)]


def test_two_towns_that_changed_hands_are_two_events(analyser: Analyser) -> None:
    body = (
        "The Peshmerga handed over Bashiqa to the Iraqi army without a fight on Sunday. "
        "In Khanaqin, too, the Peshmerga handed over their posts to the Iraqi army on Monday."
    )
    found = told(analyser, "en", "Peshmerga leave two towns", body)
    assert found == [
        ("Non-violent transfer of territory", "Bashiqa"),
        ("Non-violent transfer of territory", "Khanaqin"),
    ]


def test_the_same_town_is_that_of_the_deed_told_before(analyser: Analyser) -> None:
    body = (
        "Islamic State took Jalawla on Monday; the Peshmerga fell back to Khanaqin. "
        "A suicide bomber had killed ten Peshmerga at a post in the same town a day earlier."
    )
    found = events_of(analyser, "en", "Jalawla falls", body)
    assert [(e.sub_event_type, e.place, e.date) for e in found][1:] == [("Suicide bomb", "Jalawla", SUNDAY)]


def test_the_day_of_the_sentence_before_goes_before_that_of_the_deed_before(analyser: Analyser) -> None:
    body = (
        "Two men were killed when clans exchanged fire outside Qurna on Sunday. By Monday the army had closed off both villages. "
        "Basra Operations Command said eleven wanted men were arrested."
    )
    found = events_of(analyser, "en", "Clans fight near Qurna", body)
    assert [(e.sub_event_type, e.date) for e in found] == [("Armed clash", SUNDAY), ("Arrests", MONDAY)]


def test_a_riot_with_place_day_and_what_was_burnt_is_an_incident_whatever_it_was_about(
    analyser: Analyser,
) -> None:
    text = (
        "Çemçemal'de parti binaları ateşe verildi\n"
        "Maaşlarını alamayan öğretmenlerin eylemi pazar akşamı Çemçemal'de büyüdü. Kalabalık KDP ve KYB bürolarını yaktı."
    )
    found = analysis_of(analyser, "tr", text)
    assert found.kind is Kind.INCIDENT
    assert [(e.sub_event_type, e.date) for e in found.events] == [("Violent demonstration", SUNDAY)]


def test_the_base_that_an_army_still_holds_is_not_the_town_that_fell(analyser: Analyser) -> None:
    body = (
        "The town of Hit is in the hands of Islamic State, police said on Monday; eleven policemen were killed. "
        "The army continues to hold the Ain al-Assad base."
    )
    assert events_of(analyser, "en", "Militants overrun Hit in western Iraq", body)[0].place == "Hit"


def test_guards_who_fire_at_a_crowd_are_told_over_several_sentences(analyser: Analyser) -> None:
    body = (
        "Protesters gathered in front of a party branch in Ranya on Sunday to demand their wages. "
        "The guards of the branch opened fire; two youths were killed and eleven people wounded."
    )
    found = only_event(analyser, "en", "Two youths killed in Ranya", body)
    assert (found.sub_event_type, found.killed) == ("Excessive force against protesters", 2)


def test_gunmen_who_fire_at_a_crowd_attack_it(analyser: Analyser) -> None:
    body = (
        "Protesters had gathered at a square in Baghdad on Sunday. Unknown gunmen in pick-ups opened fire; "
        "two protesters were killed."
    )
    assert "Excessive force against protesters" not in [
        e.sub_event_type for e in events_of(analyser, "en", "Two dead in Baghdad", body)
    ]


def test_two_clans_whose_quarrel_leaves_dead_fought(analyser: Analyser) -> None:
    body = "La disputa entre dos tribus por una acequia se resolvió el domingo en Al Kahla con ametralladoras: tres muertos y ocho heridos."
    assert only_event(analyser, "es", "Tres muertos en Maysán", body).sub_event_type == "Armed clash"


def test_the_latest_of_attacks_that_are_counted_is_one_of_their_kind(analyser: Analyser) -> None:
    body = (
        "The Islamic Resistance in Iraq said that it had attacked American bases seventeen times with drones in one week. "
        "The latest of them targeted the Harir base on Monday."
    )
    found = events_of(analyser, "en", "Seventeen operations in a week", body)
    assert [(e.sub_event_type, e.count, e.place) for e in found] == [
        (AIR, 17, None),
        (AIR, None, "Harir Air Base"),
    ]


def test_two_fields_that_drones_hit_in_one_sentence_are_two_events(analyser: Analyser) -> None:
    body = "Two drones fell on the Peshkhabour oil field on Sunday and, an hour later, another on the Tawke oil field. Nobody was killed or hurt."
    found = told(analyser, "en", "Drones hit oil fields", body)
    assert found == [(AIR, "Peshkhabour"), (AIR, "Tawke")]


def test_a_fight_of_the_next_day_in_the_next_town_is_one_of_its_own(analyser: Analyser) -> None:
    body = (
        "The army and the YBS clashed in Duguri on Sunday night; a soldier was killed. "
        "On Monday morning soldiers and YBS fighters clashed in Sinuni and two soldiers were wounded."
    )
    found = events_of(analyser, "en", "Tanks in Sinjar", body)
    assert [(e.place, e.date, e.killed, e.wounded) for e in found] == [
        ("Duguri", SUNDAY, 1, None),
        ("Sinuni", MONDAY, None, 2),
    ]


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "tr",
            "Güvenlik Medya Hücresi günlük faaliyet özetini yayımladı",
            ("Federal polis bugün Vadi Şay bölgesinde bir depoda dört el yapımı bomba buldu.\n"
            "Askerî istihbarat bugün Tarmiye'de üç DEAŞ şüphelisini yakaladı.\n"
            "Ordu mühendisleri Ramadi'de bomba yüklü bir aracı etkisiz hâle getirdi."),
        ),
        (
            "en",
            "Security Media Cell: summary of activities",
            ("Federal police found a cache of 14 mortar bombs in Hawija today.\n"
            "Military intelligence arrested two ISIS suspects in Rutba today.\n"
            "Army engineers defused a roadside bomb in Tarmiyah."),
        ),
    ],
)  # fmt: skip
def test_the_paragraphs_of_a_bulletin_are_deeds_of_their_own_and_the_one_without_a_day_has_none(
    analyser, language, title, body
):
    found = events_of(analyser, language, title, body)
    assert len(found) == 3
    assert [e.date is None for e in found] == [False, False, True]


def test_damage_that_was_slight_says_nothing_of_the_dead_where_nobody_was_wounded(analyser: Analyser) -> None:
    body = "Unbekannte warfen am Sonntag in Basra eine Handgranate in einen Hof. Es entstand nur Sachschaden, verletzt wurde niemand."
    found = only_event(analyser, "de", "Handgranate in Basra", body)
    assert (found.killed, found.wounded) == (None, 0)


def test_an_opening_that_names_two_bases_is_told_again_base_by_base(analyser: Analyser) -> None:
    body = (
        "Armed groups said that they had attacked the Harir and Ain al-Asad bases on Monday. "
        "The drone that came down at Harir hurt nobody. At Ain al-Asad a drone wounded three American soldiers."
    )
    found = events_of(analyser, "en", "Drones hit two bases in Iraq", body)
    assert [(e.place, e.wounded, e.date) for e in found] == [
        ("Harir", 0, MONDAY),
        ("Al Asad Air Base", 3, MONDAY),
    ]
