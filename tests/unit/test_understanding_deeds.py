"""Which words tell a deed, of what type, and which deeds of a text are events of their own; on the shipped lexicon."""

from __future__ import annotations

import pytest

from tests.support.reports import events_of, only_event
from worker.domain.understanding.analyser import Analyser

LOST, REGAINED = "Non-state actor overtakes territory", "Government regains territory"


def types(analyser: Analyser, language: str, text: str) -> list[str]:
    found = events_of(analyser, language, text)
    return [event.sub_event_type for event in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Najaf bouclée\nDeux mois après les tirs de roquettes sur Kirkouk, des soldats ont bouclé Najaf pour le sommet.",
        ),
        ("de", "Gipfel in Basra\nZwei Monate nach dem Raketenbeschuss von Kirkuk sichern Soldaten Basra."),
        ("ar", "قمة في البصرة\nبعد شهرين من القصف الصاروخي على كركوك انتشر الجنود في شوارع البصرة."),
        (
            "tr",
            "Basra'da zirve\nKerkük'e düzenlenen füze saldırısından iki ay sonra Basra'da zirve düzenlendi.",
        ),
    ],
)
def test_a_deed_that_time_is_counted_from_is_no_event(analyser: Analyser, language: str, text: str) -> None:
    assert types(analyser, language, text) == []


def test_traffic_that_resumes_regains_no_territory(analyser: Analyser) -> None:
    text = "Drone à Kirkouk\nUn drone a frappé mardi l'aéroport de Kirkouk sans faire de victime. Le trafic a repris mercredi."
    assert types(analyser, "fr", text) == ["Air/drone strike"]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "es",
            "Cae Hawija\nLos yihadistas tomaron el martes la localidad de Hawija tras la retirada del Ejército.",
            LOST,
        ),
        (
            "en",
            "Hawija falls\nIslamic State fighters captured the town of Hawija on Tuesday as the army fled.",
            LOST,
        ),
        (
            "en",
            "Battle for Hawija\nIraqi soldiers captured the town of Hawija on Tuesday as Islamic State fighters fled.",
            REGAINED,
        ),
        ("tr", "Telafer'i de alan IŞİD Sincar'a yürüyor\n", LOST),
    ],
)
def test_who_takes_a_town_tells_the_type(analyser: Analyser, language: str, text: str, kind: str) -> None:
    assert types(analyser, language, text) == [kind]


def test_belts_found_with_a_suspect_are_no_suicide_attack(analyser: Analyser) -> None:
    text = "بازداشت در هیت\nنیروهای امنیتی عراق دیروز یک عضو داعش را در هیت بازداشت کردند و دو جلیقه انفجاری نیز کشف شد."
    assert types(analyser, "fa", text) == ["Arrests"]


def test_reprisals_by_people_are_an_event_beside_the_blast(analyser: Analyser) -> None:
    text = "Blast in Balad\nA bomb damaged a shrine in Balad on Monday. Later armed men set fire to two mosques in Baqubah."
    assert types(analyser, "en", text) == ["Remote explosive/landmine/IED", "Looting/property destruction"]


def test_a_headline_of_two_deeds_at_two_places_makes_two_events(analyser: Analyser) -> None:
    text = "انفجار سيارة مفخخة في كركوك واعتقال مطلوبين في البصرة\n"
    assert sorted(types(analyser, "ar", text)) == ["Arrests", "Remote explosive/landmine/IED"]


def test_a_crowd_that_storms_an_embassy_is_told_once(analyser: Analyser) -> None:
    text = "Protesters storm embassy in Baghdad\nAn angry mob broke into the Danish embassy in Baghdad on Tuesday."
    assert types(analyser, "en", text) == ["Violent demonstration"]


def test_an_aircraft_that_falls_is_another_event(analyser: Analyser) -> None:
    text = "Black Hawk down\nA US Black Hawk helicopter crashed near Ramadi in Iraq on Tuesday, killing five soldiers."
    assert types(analyser, "en", text) == ["Other"]


def test_a_captive_who_was_seized_and_let_go_is_an_abduction(analyser: Analyser) -> None:
    text = "Ingenieur bei Kirkuk entführt und freigelassen\nBewaffnete haben am Dienstag einen Ingenieur bei Kirkuk entführt und wieder freigelassen."
    assert types(analyser, "de", text) == ["Abduction/forced disappearance"]


def test_a_foiled_attack_that_ends_in_arrests_is_told_once(analyser: Analyser) -> None:
    text = "Frustran un atentado en Kerbala\nLa inteligencia iraquí frustró el martes un atentado en Kerbala y detuvo a dos sospechosos."
    assert types(analyser, "es", text) == ["Arrests"]


def test_each_deed_of_a_headline_takes_its_own_sentence(analyser: Analyser) -> None:
    text = "Arms cache found in Anbar, air strike in Kirkuk\nThe army found an arms cache in the desert on Monday. In Kirkuk an air strike killed three militants."
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.governorate) for e in found] == [
        ("Disrupted weapons use", "Al Anbar"),
        ("Air/drone strike", "Kirkuk"),
    ]


def test_another_of_what_was_hit_is_an_event_like_the_first(analyser: Analyser) -> None:
    text = "Konvois getroffen\nAm Dienstag explodierte bei Nassirija ein Sprengsatz neben einem Konvoi. Stunden später wurde bei Diwanija ein weiterer Konvoi getroffen."
    assert types(analyser, "de", text) == ["Remote explosive/landmine/IED"] * 2


def test_a_fight_without_a_place_is_not_where_another_deed_was(analyser: Analyser) -> None:
    text = "Two soldiers killed in Iraq\nTwo Turkish soldiers died in clashes with the PKK on Friday. Turkish jets bombed Gara on Saturday."
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.place) for e in found] == [
        ("Armed clash", None),
        ("Air/drone strike", "Gara"),
    ]


def test_strikes_on_another_country_are_none_in_iraq(analyser: Analyser) -> None:
    text = "US launches strikes on Iran\nOne US soldier was killed in northern Iraq on Tuesday, the military said."
    assert "Air/drone strike" not in types(analyser, "en", text)


def test_a_town_is_taken_on_a_day_named_between_the_verb_and_it(analyser):
    text = "Irak : Hit tombe\nLe groupe État islamique s'est emparé dimanche de Hit, dans la province d'Al-Anbar."
    found = events_of(analyser, "fr", text)
    assert [e.sub_event_type for e in found] == ["Non-state actor overtakes territory"]


def test_a_later_arrest_without_a_place_was_where_the_fight_before_it_was(analyser):
    text = (
        "Four dead in tribal fight in southern Iraq\nFour people were killed when gunmen of two tribes fought in Qurna "
        "on Monday night, police said. Army units moved in at dawn on Tuesday and detained eleven men."
    )
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.place) for e in found] == [("Armed clash", "Qurna"), ("Arrests", "Qurna")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Irak'ın Sincar kentinde 9 Yezidi hayatını kaybetti\n", "Other"),
        ("Irak'ın Sincar kentinde 9 Yezidi öldürüldü\n", "Attack"),
    ],
)
def test_deaths_of_which_nobody_says_how_are_no_attack(analyser: Analyser, text: str, kind: str) -> None:
    assert types(analyser, "tr", text) == [kind]


def test_how_captives_were_put_to_death_is_no_blow(analyser: Analyser) -> None:
    text = "Islamic State kills six captives in Mosul\nA video shows the execution of the captives, who were locked in a car that was blown up with a rocket."
    assert types(analyser, "en", text) == ["Attack"]


def test_a_doubtful_town_counts_where_a_sentence_opens_with_in_and_its_name(analyser: Analyser) -> None:
    text = "أعمال عنف في العراق\nقتل جنديان بانفجار عبوة ناسفة في الطارمية الأحد. وفي الحلة أدى انفجار عبوة إلى مقتل ستة ركاب."
    found = events_of(analyser, "ar", text)
    assert [(e.governorate, e.killed) for e in found] == [("Baghdad", 2), ("Babil", 6)]


def test_what_a_blast_laid_waste_is_no_riot(analyser: Analyser) -> None:
    text = "Autobombe in Bagdad\nEine Explosion hat am Montag einen Markt in Bagdad verwüstet, elf Menschen starben."
    assert types(analyser, "de", text) == ["Remote explosive/landmine/IED"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Locaux incendiés\nDes partisans de Moqtada Sadr ont mis le feu samedi aux bureaux d'un parti à Nassiriya.",
        ),
        ("ar", "حرق مقر في الناصرية\nأضرم أنصار التيار الصدري النار بمقر في الناصرية السبت."),
    ],
)
def test_a_crowd_that_sets_fire_demonstrates_violently(analyser: Analyser, language: str, text: str) -> None:
    assert types(analyser, language, text) == ["Violent demonstration"]


def test_foreign_soldiers_attacked_on_duty_are_in_a_fight(analyser: Analyser) -> None:
    text = "Drei türkische Soldaten getötet\nDrei türkische Soldaten sind am Freitag bei einem Angriff der PKK auf ihren Posten bei Zap im Nordirak getötet worden."
    assert types(analyser, "de", text) == ["Armed clash"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Blast at Hashd depot\nAn explosion at a Hashd depot in Yusufiya hurt three men on "
                "Monday. The US military said that it had not carried out any strike in Iraq."
            ),
        ),
        (
            "ar",
            (
                "انفجار داخل معسكر للحشد جنوبي بغداد\nوقع انفجار داخل معسكر للحشد في اليوسفية مساء الاثنين ما أدى إلى إصابة "
                "ثلاثة. وقالت القيادة المركزية الأمريكية إن قواتها لم تنفذ أي ضربة في العراق."
            ),
        ),
        (
            "tr",
            (
                "Hille'de Haşdi Şabi üssünde patlama\nHille'deki bir Haşdi Şabi üssünde pazartesi günü meydana gelen "
                "patlamada üç kişi yaralandı. ABD ordusu hava saldırısı düzenlemediğini açıkladı."
            ),
        ),
    ],
)
def test_a_strike_that_was_not_carried_out_is_none(analyser, language, text):
    found = only_event(analyser, language, text)
    assert (found.sub_event_type, found.wounded) == ("Remote explosive/landmine/IED", 3)
    assert "us_forces" not in found.actors


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Iraqi troops hold 14 in raids across Diyala\nPolice gave no names."),
        (
            "de",
            "Irak: Polizei fasst IS-Kommandeur in Kirkuk\nDer seit Jahren gesuchte Mann wurde festgenommen.",
        ),
        (
            "fr",
            "Arrestation à Mossoul\nLes forces irakiennes ont arrêté à Mossoul un chef du groupe Etat islamique recherché depuis des années.",
        ),
        (
            "tr",
            "Musul'da operasyon\nIrak güvenlik güçleri yıllardır aranan IŞİD elebaşını Musul'da yakaladı.",
        ),
    ],
)
def test_how_long_a_man_was_wanted_makes_no_arrest_old(analyser, language, text):
    assert types(analyser, language, text) == ["Arrests"]


@pytest.mark.parametrize(
    "text",
    [
        "مسلحون قتلوا فجر اليوم الأربعاء ضابطا في بعقوبة\n",
        "مسلحون اغتالوا مساء أمس مدير ناحية العلم\n",
        "اشتباك في سنجار\nصدت البيشمركة هجوما لداعش في سنجار وقتلت مساء أمس مسلحا واحدا فر باتجاه الحدود السورية.",
    ],
)
def test_when_it_was_may_stand_between_verb_and_victim(analyser, text):
    found = events_of(analyser, "ar", text)
    assert [event.killed for event in found] == [1]


def test_a_news_letters_own_day_is_not_the_deeds(analyser):
    text = "News: Bahn, Nordirak\nTürkische Jets bombardieren Stellungen der PKK im Nordirak. Das ist die Lage am Mittwochmorgen."
    found = events_of(analyser, "de", text)
    assert [event.date for event in found] == [None]


def test_a_headline_that_sums_up_leaves_each_deed_its_own_targets(analyser):
    text = "Islamic State attack kills two villagers, six Peshmerga in northern Iraq\nIslamic State militants raided a village near Makhmour late on Tuesday, killing two residents, then ambushed Peshmerga who rushed to help, killing six soldiers."
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.killed, "civilians" in e.targets) for e in found] == [
        ("Attack", 2, True),
        ("Armed clash", 6, False),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Thousands gather\nThousands gathered at the site of the assassination of Qassem Soleimani in Baghdad.",
        ),
        ("ar", "تجمع في بغداد\nاحتشد الآلاف في موقع اغتيال سليماني في بغداد."),
        ("tr", "Bağdat'ta anma\nBinlerce kişi Süleymani'nin öldürüldüğü yerde, Bağdat'ta toplandı."),
        (
            "fr",
            "Bagdad proteste\nBagdad a condamné lundi les raids menés par la Turquie contre des camps kurdes.",
        ),
    ],
)
def test_where_somebody_fell_and_what_is_condemned_is_no_fresh_deed(analyser, language, text):
    assert not {"Attack", "Air/drone strike"} & set(types(analyser, language, text))


def test_animals_that_attack_are_nobody_under_arms(analyser):
    text = "ضباع\nهاجم قطيع من الضباع قرية في المشرح شرقي العمارة أمس الثلاثاء وأصاب فلاحا."
    found = events_of(analyser, "ar", text)
    assert found == ()
