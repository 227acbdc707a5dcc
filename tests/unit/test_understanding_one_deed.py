"""What headline, first sentence and further sentences tell of one deed, and what is a deed of its own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import analysis_of, events_of
from worker.domain.model import Kind

TRANSFER = "Non-violent transfer of territory"


def told(result) -> list[tuple]:
    return [(e.sub_event_type, e.place, e.date) for e in result.events]


@pytest.mark.parametrize(
    ("language", "title", "body", "events"),
    [
        (
            "en",
            "Insurgents seize two more towns on the Euphrates",
            "Islamic State fighters pushed into Rawa and Ana on Tuesday after brief exchanges of fire with the police.",
            [("Rawah", date(2026, 3, 10)), ("Anah", date(2026, 3, 10))],
        ),
        (
            "fr",
            "L’EI prend Sinjar",
            "L’État islamique a pris mardi la ville de Sinjar. Lundi, les mêmes combattants étaient entrés dans Zoumar.",
            [("Sinjar", date(2026, 3, 10)), ("Zummar", date(2026, 3, 9))],
        ),
        (
            "en",
            "Islamic State takes Rawa",
            "Islamic State fighters took Rawa on Tuesday. Al-Qaim, on the Syrian border, fell on Monday.",
            [("Rawah", date(2026, 3, 10)), ("Al-Qaim", date(2026, 3, 9))],
        ),
    ],
)
def test_towns_below_a_headline_that_only_counts_them_are_what_it_tells(
    analyser, language, title, body, events
):
    result = events_of(analyser, language, title, body)
    assert [(e.place, e.date) for e in result] == events
    assert {e.sub_event_type for e in result} == {"Non-state actor overtakes territory"}


@pytest.mark.parametrize(
    ("language", "title", "body", "kind", "place"),
    [
        (
            "es",
            "Una multitud incendia el consulado de Irán en Basora",
            "Centenares de personas irrumpieron el martes en el consulado iraní de Basora.",
            "Violent demonstration",
            "Basra",
        ),
        (
            "en",
            "Wheat fields torched in Daquq",
            "Farmers south of Daquq lost their wheat on Tuesday to fires launched by Islamic State members.",
            "Looting/property destruction",
            "Daquq",
        ),
        (
            "tr",
            "Musul'da mayın patladı",
            "Ninova'nın Sincar ilçesinde salı günü mayın patlaması sonucu bir çoban öldü.",
            "Remote explosive/landmine/IED",
            "Sinjar",
        ),
        (
            "es",
            "Gases lacrimógenos contra los maestros de Suleimaniya",
            "La policía dispersó el martes en Degala con gases lacrimógenos a los maestros.",
            "Protest with intervention",
            "Degala",
        ),
        (
            "tr",
            "Kerkük Havalimanı'na iki roket isabet etti",
            "Salı günü atılan roketlerden biri Kerkük Havalimanı'na düştü, diğeri Uruba mahallesinde bir eve isabet etti.",
            "Shelling/artillery/missile attack",
            "Kirkuk International Airport",
        ),
        (
            "es",
            "Cuatro policías muertos en un asalto al sur de Kirkuk",
            (
                "Kirkuk (Irak), 11 mar (Agencia).- Cuatro agentes perdieron la vida y otros tres sufrieron heridas en el"
                " asalto lanzado el martes por el Estado Islámico contra un puesto de control en Al Rashad."
            ),
            "Armed clash",
            "Rashad",
        ),
        (
            "en",
            "Tal Afar falls to Islamic State",
            (
                "Fighters of the Islamic State took control of the town of Tal Afar on Tuesday after two nights in which"
                " mortar bombs landed on several quarters."
            ),
            "Non-state actor overtakes territory",
            "Tal Afar",
        ),
    ],
)
def test_headline_and_first_sentence_tell_one_deed_with_its_day(analyser, language, title, body, kind, place):
    assert told(analysis_of(analyser, language, title, body)) == [(kind, place, date(2026, 3, 10))]


def test_a_blow_said_to_be_like_the_last_is_of_its_kind_and_has_its_own_day(analyser):
    result = events_of(
        analyser,
        "en",
        "Rocket lands at Kor Mor gas field",
        (
            "A Katyusha rocket fell on the Kor Mor gas field on Tuesday, the mayor of Chamchamal said. As with a similar"
            " strike on Monday, nobody was hurt."
        ),
    )
    assert [(e.sub_event_type, e.date) for e in result] == [
        ("Shelling/artillery/missile attack", date(2026, 3, 10)),
        ("Shelling/artillery/missile attack", date(2026, 3, 9)),
    ]


@pytest.mark.parametrize(
    ("language", "title", "body", "killed"),
    [
        (
            "en",
            "Truck bomb kills pilgrims near Hilla",
            "A truck bomb near Hilla on Tuesday killed at least 77 pilgrims. Some put the toll at more than 90 dead.",
            77,
        ),
        (
            "fr",
            "Voiture piégée à Karrada : au moins 13 morts",
            (
                "Une voiture piégée a explosé mardi à Karrada. Le bilan varie : treize tués pour le ministère, seize tués"
                " selon des médecins."
            ),
            13,
        ),
        (
            "en",
            "More than 100 dead in Baghdad blast",
            "A suicide bomber killed at least 112 people in Kadhimiya on Tuesday.",
            112,
        ),
        (
            "en",
            "Council member killed by bomb in Tarmiya",
            "A bomb killed a provincial councillor and candidate in Tarmiya on Tuesday.",
            1,
        ),
    ],
)
def test_of_two_sources_the_lower_floor_holds_and_two_offices_are_one_man(
    analyser, language, title, body, killed
):
    assert [e.killed for e in events_of(analyser, language, title, body)] == [killed]


@pytest.mark.parametrize(
    ("language", "title", "body", "kinds"),
    [
        (
            "en",
            "Hashd moves into Sinjar",
            "Peshmerga forces withdrew from Sinjar on Tuesday. Hashd al-Shaabi fighters entered the town without a fight.",
            [TRANSFER],
        ),
        (
            "en",
            "Army takes Makhmour as Peshmerga pull out",
            "The Iraqi army took control of Makhmour on Tuesday after Peshmerga forces withdrew, residents said.",
            [TRANSFER],
        ),
        (
            "en",
            "Islamic State takes Rawa",
            "Islamic State fighters took control of Rawa in Anbar on Tuesday after the army withdrew.",
            ["Non-state actor overtakes territory"],
        ),
        (
            "en",
            "Army takes Makhmour after clashes",
            "The Iraqi army took control of Makhmour on Tuesday after clashes with the Peshmerga, who withdrew.",
            ["Government regains territory"],
        ),
        (
            "es",
            "Hombres del Dáesh se llevan a cinco pastores",
            "Cinco pastores fueron capturados el martes por miembros del Dáesh al sur de Nujaib.",
            ["Abduction/forced disappearance"],
        ),
        (
            "es",
            "Detenidos dos yihadistas en Bagdad",
            "La policía capturó el martes en Bagdad a dos vecinos reclamados por pertenencia al Dáesh.",
            ["Arrests"],
        ),
        (
            "es",
            "El Estado Islámico entra en Al Bagdadi",
            "Los yihadistas del Estado Islámico entraron el martes en Al Bagdadi, en la provincia de Al Anbar.",
            ["Non-state actor overtakes territory"],
        ),
        (
            "en",
            "Army enters Hawija",
            "The Iraqi army entered Hawija in Kirkuk on Tuesday.",
            ["Change to group/activity"],
        ),
        (
            "es",
            "Tregua entre dos clanes de Maysan tras una batalla con tres muertos",
            (
                "Los jeques de dos tribus de Al Kahla, en Maysan, firmaron el martes una tregua. El lunes sus hombres se"
                " habían enfrentado con fusiles."
            ),
            ["Agreement", "Armed clash"],
        ),
        (
            "en",
            "Rockets land inside Balad base",
            (
                "Five rockets hit Balad air base on Tuesday, two of them near the canteen of a contractor that looks after"
                " the F-16s."
            ),
            ["Shelling/artillery/missile attack"],
        ),
        (
            "en",
            "Kataib Hezbollah announces halt to operations against U.S. troops",
            (
                "Kataib Hezbollah said on Tuesday night that it was suspending military operations against American forces"
                " in Iraq."
            ),
            ["Change to group/activity"],
        ),
        (
            "en",
            "Pylons down near Samarra",
            (
                "The electricity ministry reported sabotage of a power line near Samarra on Tuesday. Explosives under the"
                " pylons cut the power line in the night."
            ),
            ["Remote explosive/landmine/IED"],
        ),
        (
            "en",
            "Offices burn in Amara",
            (
                "Guards of Asaib Ahl al-Haq opened fire on protesters who were setting fire to its offices in Amara in"
                " Maysan on Tuesday, killing six."
            ),
            ["Violent demonstration"],
        ),
    ],
)
def test_what_stands_beside_a_deed_decides_its_kind(analyser, language, title, body, kinds):
    assert [e.sub_event_type for e in events_of(analyser, language, title, body)] == kinds


def test_a_bloodless_transfer_that_heads_a_text_stands_beside_the_fight_that_it_recalls(analyser):
    result = events_of(
        analyser,
        "es",
        "Los peshmergas abandonan Sinyar sin combatir",
        (
            "Las tropas kurdas se retiraron de Sinyar el martes y cedieron sus posiciones a las Unidades de Movilización"
            " Popular. La víspera, el Ejército iraquí se había adueñado de Kirkuk."
        ),
    )
    assert [(e.sub_event_type, e.place) for e in result] == [
        (TRANSFER, "Sinjar"),
        ("Government regains territory", "Kirkuk"),
    ]


def test_the_day_that_a_text_opens_with_holds_for_the_deeds_it_lists(analyser):
    result = events_of(
        analyser,
        "en",
        "Restless night in Diyala",
        (
            "It was a restless night in Diyala on Tuesday:\nA mortar bomb hit a house in Abu Saida and wounded two.\n"
            "A roadside bomb hit an army vehicle in Jalawla."
        ),
    )
    assert {e.date for e in result} == {date(2026, 3, 10)}


@pytest.mark.parametrize(
    ("language", "title", "body", "places"),
    [
        (
            "fa",
            "حمله هوایی در جرف الصخر",
            "یک حمله هوایی روز سه‌شنبه در جرف الصخر رخ داد. به گفته منابع پزشکی در حله، چهار نفر کشته شدند.",
            ["Jurf al-Sakhar"],
        ),
        (
            "ar",
            "رمانة يدوية على دار في العمارة",
            "مجهولان رميا رمانة يدوية على دار في حي الحسين وسط العمارة في ميسان ليلة أمس الثلاثاء.",
            ["Hay al-Hussein, Amarah"],
        ),
        (
            "ar",
            "مسيرة تركية تستهدف عجلة في ناحية سنوني بسنجار",
            "قتل اثنان مساء الثلاثاء بقصف طائرة مسيرة تركية لعجلتهما قرب مجمع خانصور التابع لناحية سنوني شمالي سنجار.",
            ["Khanasor"],
        ),
    ],
)
def test_a_source_s_town_a_namesake_quarter_and_a_village_s_subdistrict_are_not_the_place(
    analyser, language, title, body, places
):
    assert [e.place for e in events_of(analyser, language, title, body)] == places


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "en",
            "Masked men beat activist in Nasiriyah",
            "Masked men beat up an activist in Nasiriyah on Tuesday.",
        ),
        (
            "de",
            "Maskierte schlagen Aktivisten zusammen",
            "In Nasirija haben Maskierte am Dienstag einen Aktivisten zusammengeschlagen.",
        ),
        ("en", "Gunmen fire at judge", "Gunmen opened fire on the car of a judge in Baghdad on Tuesday."),
    ],
)
def test_masked_or_armed_men_who_set_upon_public_figures_make_an_incident(analyser, language, title, body):
    assert analysis_of(analyser, language, title, body).kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "es",
            "El Servicio Antiterrorista ensaya en Bagdad la liberación de rehenes",
            "Unidades del Servicio Antiterrorista hicieron el martes en Bagdad un simulacro con un autobús secuestrado.",
        ),
        (
            "en",
            "Peshmerga ministry: No attack on Kulajo front, social media claims are false",
            "The ministry on Tuesday dismissed posts saying that ISIS militants had overrun a position at Kulajo.",
        ),
        (
            "de",
            "Halabdscha gedenkt der Opfer",
            (
                "Tausende starben, als Saddam Husseins Luftwaffe vor 38 Jahren die kurdische Stadt Halabdscha mit"
                " Kampfstoffen bombardierte."
            ),
        ),
    ],
)
def test_a_rehearsal_a_denial_and_a_deed_of_decades_ago_are_no_incident(analyser, language, title, body):
    assert analysis_of(analyser, language, title, body).kind is not Kind.INCIDENT
