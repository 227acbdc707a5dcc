"""What is certain whatever the models weigh, and what lies abroad although it names a place in Iraq; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.reports import WEDNESDAY, analysis_of, events_of
from worker.domain.model import Kind
from worker.domain.understanding.analyser import Analyser


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "‘Checkpoint’ review: a tense Tikrit thriller\nThe four-part series follows an army patrol in Tikrit through ambushes and car bombs.",
        ),
        (
            "de",
            "Serienkritik: „Tal Afar“ ist Krieg ohne Ende\nDie Miniserie erzählt von US-Soldaten in Bagdad, von Hinterhalten und Autobomben.",
        ),
        (
            "en",
            "Four killed as lorry overturns on Hilla road\nA lorry overturned near Hilla on Tuesday, killing four people and injuring nine.",
        ),
        (
            "en",
            "Student shot dead over love affair in Basra\nA student was shot dead on Tuesday in Basra by a classmate over a love affair, police said.",
        ),
        (
            "de",
            "Chlorgas in Kerbela: Hunderte Pilger im Krankenhaus\nAus einer Anlage war Chlor ausgetreten.",
        ),
        (
            "en",
            "Leeds man jailed for stabbing of Iraqi baker\nA man was jailed on Tuesday for stabbing an Iraqi baker to death in Leeds.",
        ),
        (
            "es",
            "Un muerto en un tiroteo en un restaurante de Estocolmo\nEl tiroteo ocurrió el martes en el restaurante «Mosul», dijo la policía sueca.",
        ),
        (
            "en",
            "Najaf-bound pilgrims killed in Pakistan bombing\nNine people died when a bomb hit a bus in Quetta on its way to Iran and Iraq.",
        ),
    ],
)
def test_works_of_art_accidents_and_crimes_abroad_are_none_of_ours(analyser, language, text):
    assert not analysis_of(analyser, language, text).relevant


@pytest.mark.parametrize(
    "text",
    [
        "Film director shot dead in Baghdad\nGunmen killed a film director outside his house in Karrada on Tuesday, police said.",
        "TV crew hurt in Mosul blast\nTwo actors filming a television drama were wounded on Tuesday when a bomb exploded in western Mosul.",
        "Two soldiers die in Taji blaze\nA fire that gunmen set at an army post near Taji killed two soldiers on Tuesday.",
    ],
)
def test_deeds_beside_films_and_fires_stay_incidents(analyser, text):
    assert analysis_of(analyser, "en", text).kind is Kind.INCIDENT


def test_why_a_text_was_dismissed_is_told_first(analyser):
    text = "‘Checkpoint’ review: a tense Tikrit thriller\nThe four-part series follows an army patrol in Tikrit through ambushes and car bombs."
    assert analysis_of(analyser, "en", text).reasons[0].startswith("certain: ")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ar",
            "مسيّرتان تضربان حقل خورملة وإسقاط ثالثة قرب مطار أربيل\nوأخمدت فرق الدفاع المدني الحريق.",
        ),
        (
            "fr",
            "Diyala : une bombe explose près d'un terrain de football, cinq jeunes tués\nLes joueurs de deux équipes du quartier disputaient un match.",
        ),
    ],
)
def test_a_blast_told_with_its_weapon_and_place_counts_whatever_the_text_goes_on_to(analyser, language, text):
    assert analysis_of(analyser, language, text).kind is Kind.INCIDENT


def test_drones_that_came_from_iraq_are_no_strike_in_iraq(analyser):
    text = "Drones that hit Kuwait refinery came from Iraq\nThe drones that struck the refinery on Monday were launched from southern Iraq by Iran-backed militias, officials said."
    assert analysis_of(analyser, "en", text).kind is Kind.CONTEXT


def test_a_question_over_a_fresh_attack_is_an_incident(analyser):
    text = "آیا داعش به دیالی بازگشته است؟\nبامداد چهارشنبه افراد مسلح داعش به پاسگاه پلیس در خانقین حمله کردند و سه پلیس کشته شدند."
    assert analysis_of(analyser, "fa", text).kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("tr", "IŞİD Beyci'ye dayandı\n", Kind.INCIDENT),
        ("en", "marines cross euphrates push on to kut\n", Kind.INCIDENT),
        ("tr", "Barzani: Sincar'ı geri alacağız\n", Kind.CONTEXT),
    ],
)
def test_armed_parties_that_advance_do_something_and_those_that_will_do_not(analyser, language, text, kind):
    assert analysis_of(analyser, language, text).kind is kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Kommentar: Bagdad schaut weg\nNach den Raketen auf Erbil braucht es mehr.", Kind.CONTEXT),
        (
            "es",
            "Irak recuerda la liberación de Mosul\nMiles se reunieron el lunes en Mosul, donde hace seis años el Ejército expulsó al Estado Islámico.",
            Kind.CONTEXT,
        ),
        (
            "tr",
            "Irak'ta 2019 protestolarında 487 kişi öldü\nRapora göre güvenlik güçlerinin ateşiyle 487 kişi öldü.",
            Kind.CONTEXT,
        ),
        (
            "es",
            "Bagdad, blindada ante la marcha de los sadristas\nEl Ejército cerró la Zona Verde a la espera de la manifestación convocada para el viernes.",
            Kind.CONTEXT,
        ),
        ("en", "US consulate in Erbil warns citizens of possible drone attack\n", Kind.CONTEXT),
        ("tr", "Başika'da Türk üssüne roket\n", Kind.INCIDENT),
        ("tr", "Peşmerge Musul Barajı'nı aldı\n", Kind.INCIDENT),
    ],
)
def test_comment_old_deeds_and_what_is_feared_are_context(analyser, language, text, kind):
    assert analysis_of(analyser, language, text).kind is kind


def test_a_museum_guard_who_was_killed_stays_an_incident(analyser):
    text = "Museum guard shot dead in Nasiriyah\nGunmen killed a guard of the city's museum of antiquities on Tuesday."
    assert analysis_of(analyser, "en", text).kind is Kind.INCIDENT


def test_troops_beside_iraq_in_a_bare_headline_are_our_business(analyser):
    assert analysis_of(analyser, "ar", "البنتاغون: لا تغيير في عدد قواتنا بالعراق\n").kind is Kind.CONTEXT


def test_the_bomb_at_a_book_fair_is_ours_in_turkish(analyser):
    text = "Bağdat'ta kitap fuarında patlama: 3 ölü\nBağdat Uluslararası Kitap Fuarı'nın girişinde dün meydana gelen patlamada üç kişi öldü."
    assert analysis_of(analyser, "tr", text).kind is Kind.INCIDENT


def test_condemning_a_bombing_in_baghdad_is_no_affair_abroad(analyser):
    text = "السعودية تدين تفجير مدينة الصدر\nأعرب مصدر عن إدانة المملكة للتفجير الذي وقع في سوق جميلة بمدينة الصدر أول أمس."
    assert analysis_of(analyser, "ar", text).relevant


def test_a_dateline_abroad_puts_no_deed_abroad(analyser):
    text = "Aid worker found dead\nGENEVA - An Iraqi employee of the Red Cross who was abducted south of Baghdad has been found shot dead, it said."
    assert analysis_of(analyser, "en", text).kind is Kind.INCIDENT


def test_soldiers_who_die_in_a_bus_accident_are_no_incident(analyser):
    text = (
        "Bus with Iraqi soldiers overturns, six killed\nThe bus skidded off the road near Haditha on Tuesday."
    )
    assert events_of(analyser, "en", text) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thousands rally in Tehran against Iraq's expulsion of diplomats\n"),
        (
            "fa",
            "تجمع دانشجویان مقابل سفارت عراق در تهران\nده‌ها دانشجو دوشنبه مقابل سفارت عراق در تهران تجمع کردند.",
        ),
        ("tr", "Kuveyt: Irak'tan gelen İHA düşürüldü\n"),
    ],
)
def test_what_happened_right_there_abroad_is_no_event_in_iraq(analyser, language, text):
    assert events_of(analyser, language, text) == ()


def test_a_blow_of_the_last_days_counts_wherever_a_long_report_tells_it(analyser):
    text = (
        "Iraq's prime minister to meet the American president over troops\n"
        "Iraq's prime minister will meet the American president in Washington on Thursday to talk about the troops that "
        "are left in the country. Relations with Tehran are on the agenda as well, a diplomat said. Parliament had "
        "called for an end of the foreign presence in January. The government wants more investment in electricity. "
        "On Monday the army reported that a missile had hit Baghdad airport. It caused no damage and no casualties."
    )
    found = analysis_of(analyser, "en", text)
    assert str(found.kind) == "incident"
    assert [(e.sub_event_type, e.place, e.killed) for e in found.events] == [
        ("Shelling/artillery/missile attack", "Baghdad International Airport", 0)
    ]
    late = text.replace("On Monday", "Early on Thursday")  # 1 a.m. in Baghdad is still Wednesday in UTC
    evening = WEDNESDAY.replace(hour=22)
    assert str(analysis_of(analyser, "en", late, published=evening).kind) == "incident"
    old = text.replace("On Monday the army", "A month ago the army")
    assert str(analysis_of(analyser, "en", old).kind) == "context"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "After the Zafaraniya shooting, who controls the brigades?\nGunmen fought police in the Zafaraniya district of Baghdad in February. Two commanders lost their posts.",
        ),
        (
            "tr",
            "Bağdat'taki çatışmanın ardından kim kazandı?\nŞubat ayında Bağdat'ta milislerle polis arasında çıkan çatışma hükümeti zor durumda bıraktı.",
        ),
        (
            "de",
            "Kein Raketenangriff auf Stützpunkt bei Erbil – Übung sorgte für Lärm\nLaute Knallgeräusche in Erbil haben am Dienstag Gerüchte über einen Raketenangriff ausgelöst.",
        ),
        (
            "fr",
            "Pas d'attaque de drone contre le champ de Kormor\nDes habitants de Tchamtchamal avaient cru voir mardi une attaque de drone.",
        ),
    ],
)
def test_a_headline_that_asks_or_denies_reports_no_incident(
    analyser: Analyser, language: str, text: str
) -> None:
    assert analysis_of(analyser, language, text).kind is not Kind.INCIDENT


@pytest.mark.parametrize(
    "text",
    [
        "Who shot the mayor of Tarmiya?\nGunmen shot dead the mayor of Tarmiya, north of Baghdad, on Tuesday and wounded two of his guards.",
        "No claim for rocket attack on Balad air base\nThree rockets hit Balad air base on Tuesday and wounded two soldiers.",
    ],
)
def test_a_deed_told_plainly_below_such_a_headline_is_an_incident(analyser: Analyser, text: str) -> None:
    assert analysis_of(analyser, "en", text).kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "At least 90 dead as fire engulfs hospital ward in Nasiriyah\nAt least 90 people were killed when a fire tore through a ward in Nasiriyah late on Monday. Burning panels came down on the patients. The director has been arrested.",
        ),
        (
            "fr",
            "Bassora : une vedette chavire sur le Chatt al-Arab, trente morts\nLa vedette transportait des familles. C'est le pire drame qu'ait connu la province depuis sa libération des jihadistes. Deux marins ont été arrêtés.",
        ),
        (
            "fr",
            "Irak : explosion à la raffinerie de Doura, un mort\nUne cuve a pris feu mardi, faisant un mort et trois brûlés. Une fuite de gaz serait en cause.",
        ),
        (
            "es",
            "Tiroteo en Marsella: dos muertos\nDos hombres murieron el martes en un tiroteo en Marsella. «Esto parece Bagdad», dice una vecina.",
        ),
        (
            "tr",
            "Kerkük petrolü yeniden akıyor\nIrak Petrol Bakanlığı, iki yıllık fiyat savaşının ardından ihracatın günlük 190 bin varille başladığını duyurdu.",
        ),
    ],
)
def test_fires_and_battles_of_business_are_none_of_ours(analyser: Analyser, language: str, text: str) -> None:
    assert analysis_of(analyser, language, text).kind is Kind.OTHER


def test_a_headline_that_denies_any_attack_tells_none(analyser: Analyser) -> None:
    text = "Police deny any attack on pilgrims' road near Karbala\nA loud bang near Karbala on Tuesday was a car bomb according to rumours, but came from a transformer, police said."
    assert analysis_of(analyser, "en", text).kind is not Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Kut siege: how Britain lost an army\nTurkish troops surrounded the garrison in Kut in 1915 and took 13,000 prisoners.",
        ),
        ("ar", "ثورة هزت الإنكليز\nفي عام 1920 هاجم ثوار الرميثة القوات البريطانية قرب الحلة."),
        (
            "tr",
            "Musul'un minaresi yükseldi\n2017'de DEAŞ'ın havaya uçurduğu Nuri Camii'nin minaresi aslına uygun onarıldı.",
        ),
        (
            "de",
            "Mossul: Schiefes Minarett steht wieder\nDas 2017 vom IS gesprengte Minarett der Nuri-Moschee wurde originalgetreu restauriert.",
        ),
        (
            "tr",
            "Kerküklü öğrencilerin roketi TEKNOFEST finalinde\nTakımın roketi deneme atışında hedefi vurdu.",
        ),
        (
            "en",
            "Ankara court jails ten over station bombing\nTwo IS suicide bombers killed 100 people in 2015. Some fugitives are thought to be in Iraq.",
        ),
        (
            "tr",
            "Kirman'da çifte patlama: onlarca ölü\nİran'ın Kirman kentinde, dört yıl önce Bağdat'ta öldürülen Süleymani'nin mezarına giden yolda iki bomba patladı.",
        ),
        (
            "tr",
            "Suriye ordusu Deyrizor'da ilerliyor\nDeyrizor'da çatışmaların ardından ordu Fırat'ın doğu yakasındaki kasabalara girdi.",
        ),
    ],
)
def test_another_age_a_monument_restored_and_deeds_abroad_are_none_of_ours(
    analyser: Analyser, language: str, text: str
) -> None:
    assert not analysis_of(analyser, language, text).relevant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Bomb near restored minaret kills two\nA bomb exploded on Monday beside the restored minaret of the Nuri mosque in Mosul and killed two police.",
        ),
        (
            "tr",
            "Türkmenler meydanda\nBinlerce Türkmen salı günü Kerkük'te Seçim Komiserliği binası önünde toplandı ve yeniden sayım istedi.",
        ),
        (
            "fa",
            "خواست بازشماری آرا در کرکوک\nصدها ترکمن روز سه‌شنبه مقابل کمیسیون انتخابات در کرکوک تجمع کردند.",
        ),
        (
            "ar",
            "تركمان كركوك يطالبون بإعادة الفرز\nتجمع مئات التركمان يوم الثلاثاء أمام مفوضية الانتخابات في كركوك.",
        ),
    ],
)
def test_blasts_at_monuments_and_crowds_over_a_vote_are_incidents(
    analyser: Analyser, language: str, text: str
) -> None:
    assert analysis_of(analyser, language, text).kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Peshmerga learn to clear mines\nGerman instructors train Peshmerga in Duhok to defuse explosive devices.",
        ),
        (
            "tr",
            "Duhok'ta Peşmerge mayın imha etmeyi öğreniyor\nAlman eğitmenler el yapımı patlayıcıların etkisiz hale getirilmesi eğitimi veriyor.",
        ),
    ],
)
def test_learning_to_clear_mines_clears_none(analyser: Analyser, language: str, text: str) -> None:
    assert analysis_of(analyser, language, text).kind is Kind.CONTEXT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Pentagon counts attacks on its troops in Iraq\nUS troops in Iraq have come under 21 attacks with drones or rockets since February 9, the Pentagon said on Tuesday.",
        ),
        (
            "de",
            "Pentagon zählt Angriffe auf Truppen im Irak\nUS-Truppen im Irak sind seit dem 9. Februar 21 Mal mit Drohnen oder Raketen angegriffen worden, so das Pentagon.",
        ),
        (
            "ar",
            "البنتاغون يحصي الهجمات على قواته في العراق\nتعرضت القوات الأمريكية في العراق لـ 21 هجوما بطائرات مسيرة وصواريخ منذ 9 شباط.",
        ),
    ],
)
def test_attacks_counted_since_a_day_of_late_are_an_incident_of_no_day(
    analyser: Analyser, language: str, text: str
) -> None:
    made = analysis_of(analyser, language, text)
    assert made.kind is Kind.INCIDENT
    assert [(e.count, e.date) for e in made.events] == [(21, None)]


def test_a_question_in_the_headline_takes_nothing_from_a_deed_told_with_doer_place_and_day(analyser):
    text = "ماذا جرى في تل عبطة؟\nاختطف أربعة من عناصر داعش شقيقين في تل عبطة غرب الموصل يوم الاثنين."
    seen = events_of(analyser, "ar", text, published=datetime(2024, 5, 15, 12, tzinfo=UTC))
    assert [e.sub_event_type for e in seen] == ["Abduction/forced disappearance"]


def test_iranian_fire_on_a_small_place_across_the_border_is_told_of_iraq(analyser):
    text = "قصف إيراني على مرتفعات حاجي عمران\nطال قصف مدفعي إيراني مرتفعات حاجي عمران أمس دون خسائر."
    seen = events_of(analyser, "ar", text, published=datetime(2024, 5, 15, 12, tzinfo=UTC))
    assert [e.place for e in seen] == ["Haji Omeran"]
