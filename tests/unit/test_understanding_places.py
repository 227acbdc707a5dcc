"""Which place an event gets: bearings, datelines, speakers, headlines and doubtful names; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.reports import analysis_of, events_of, only_event
from worker.domain.understanding.analyser import Analyser


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            (
                "Bomb kills two Iraqi soldiers\nBAGHDAD (Wire) - A roadside bomb killed two Iraqi soldiers "
                "on patrol in Hawija on Tuesday."
            ),
            "Hawija",
        ),
        (
            "en",
            "Iraqi soldiers killed\nBAGHDAD — A roadside bomb killed two Iraqi soldiers on Tuesday.",
            None,
        ),
        (
            "en",
            "Iraqi army patrol hit\nRAMADI, Iraq — A roadside bomb killed two Iraqi soldiers on Tuesday.",
            "Ramadi",
        ),
    ],
)
def test_a_bureaus_dateline_is_no_place_of_the_deed(analyser, language, text, place):
    assert only_event(analyser, language, text).place == place


def test_a_bearing_gives_the_town_that_it_is_told_from(analyser):
    found = only_event(
        analyser,
        "en",
        "Bomb kills farmers in Diyala\nA roadside bomb killed two farmers in orchards north of Muqdadiyah "
        "in Diyala province on Tuesday, Iraqi police said.",
    )
    assert (found.place, found.governorate, found.geo_precision) == ("Muqdadiyah", "Diyala", 2)


def test_north_of_baghdad_claims_no_governorate(analyser):
    found = only_event(
        analyser,
        "en",
        "Car bomb kills pilgrims in Iraq\nA car bomb killed three pilgrims north of Baghdad on Tuesday.",
    )
    assert (found.place, found.governorate) == (None, None)
    assert found.lat is not None


def test_a_comma_parts_the_place_from_those_who_speak(analyser):
    found = only_event(
        analyser,
        "en",
        "Islamic State kills civilians in Iraq\nMortar shells killed four civilians in central Mosul, "
        "officials said on Tuesday.",
    )
    assert found.place == "Mosul"


def test_where_somebody_spoke_stands_in_where_nothing_else_is_named(analyser):
    found = only_event(
        analyser,
        "en",
        "Mortar attack kills Iraqi civilians\nA medical source in Mosul said that mortar shells killed four "
        "civilians on Tuesday.",
    )
    assert found.place == "Mosul"


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            (
                "Gunmen kill trader in Kirkuk\nGunmen shot dead the trader Salim al-Obeidi in Kirkuk on Tuesday, "
                "Iraqi police said."
            ),
            "Kirkuk",
        ),
        (
            "ar",
            (
                "مقتل شرطي بانفجار عبوة ناسفة في بعقوبة\nقتل شرطي عراقي بانفجار عبوة ناسفة في بعقوبة يوم الثلاثاء، "
                "ونقلت الجثة إلى مستشفى المدينة."
            ),
            "Baqubah",
        ),
    ],
)
def test_a_doubtful_name_outside_the_named_governorates_is_no_place(analyser, language, text, place):
    assert only_event(analyser, language, text).place == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            (
                "Rockets fired at US embassy in Baghdad\nThree rockets landed near the US embassy in the Green Zone "
                "on Tuesday, Iraqi police said."
            ),
            "Green Zone",
        ),
        (
            (
                "Air strike kills militants in Kirkuk\nAn Iraqi air strike killed four Islamic State militants in "
                "Hawija district on Tuesday."
            ),
            "Hawija",
        ),
        (
            (
                "Protesters shot dead in Nasiriyah\nSecurity forces shot dead two protesters on Zaytoun Bridge "
                "on Tuesday, an Iraqi medic said."
            ),
            "Zaytoun Bridge, Nasiriyah",
        ),
    ],
)
def test_the_more_exact_of_two_names_of_one_spot_wins(analyser, text, place):
    assert only_event(analyser, "en", text).place == place


def test_the_headlines_place_serves_a_first_sentence_without_one(analyser):
    found = only_event(
        analyser,
        "en",
        "Anger in Tarmiyah after an ugly night\nIslamic State gunmen shot dead three Iraqi soldiers at a checkpoint on Monday.",
    )
    assert found.place == "Tarmiyah"


def test_a_subdistrict_told_later_does_not_replace_the_town(analyser):
    found = only_event(
        analyser,
        "en",
        "Iraqi forces retake Tal Afar\nIraqi forces retook the centre of Tal Afar from Islamic State on Tuesday. "
        "Only Ayadiyah remains to be taken.",
    )
    assert found.place == "Tal Afar"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nantes : un réfugié irakien poignardé\nLa victime, un Irakien de 31 ans, a été poignardée samedi."),
        ("de", "Messerangriff in Regensburg\nEin Iraker wurde am Montag in Regensburg erstochen."),
        ("en", "Five Iraqis held in Calais raid\nFrench police arrested five Iraqis in Calais at dawn on Tuesday."),
    ],
)  # fmt: skip
def test_what_befalls_iraqis_in_a_town_abroad_is_no_event_in_iraq(
    analyser: Analyser, language: str, text: str
) -> None:
    assert not events_of(analyser, language, text)


def test_a_town_abroad_to_which_a_pipeline_leads_does_not_draw_the_deed_there(analyser: Analyser) -> None:
    text = (
        "Gunmen hit oil pipeline near Kirkuk\n"
        "Saboteurs blew up the line to the Turkish port of Ceyhan on Tuesday, an oil official said."
    )
    events = events_of(analyser, "en", text)
    assert {e.governorate for e in events} == {"Kirkuk"}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            "Two guards shot in Iraq\nGunmen shot two guards dead in Waziriya, near the Turkish embassy, on Tuesday.",
            "Waziriya",
        ),
        (
            "de",
            (
                "Angriff im Irak\nIn Dudschail nahe dem Luftwaffenstützpunkt Balad sind am Dienstag zwei Soldaten "
                "bei einem Angriff getötet worden."
            ),
            "Dujail",
        ),
        (
            "tr",
            (
                "Irak'ta saldırı\nSilahlı kişiler salı günü Bağdat Havalimanı yakınlarındaki Radvaniye'de bir ordu "
                "noktasına saldırdı, iki asker öldü."
            ),
            "Radwaniyah",
        ),
    ],
)
def test_what_a_deed_was_near_yields_to_where_it_was(analyser, language, text, place):
    analysis = analysis_of(analyser, language, text)
    assert [e.place for e in analysis.events] == [place]
    assert not {"airport", "embassy"} & {*analysis.terms, *analysis.events[0].targets}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            "Clerk shot dead in Iraq\nGunmen shot dead a clerk of the Mosul court in Hawija on Tuesday.",
            "Hawija",
        ),
        (
            "ar",
            "القبض على والي الفلوجة\nألقت القوات الأمنية القبض على ما يسمى والي الفلوجة في قضاء حديثة أمس.",
            "Haditha",
        ),
        (
            "es",
            (
                "Mueren dos policías en Irak\nUna bomba mató el martes a dos policías en Tikrit. Los heridos fueron "
                "trasladados a un hospital de Erbil."
            ),
            "Tikrit",
        ),
        (
            "ckb",
            (
                "تەقینەوەیەک لە دیالە\nبۆمبێک دوێنێ لە جەلەولا تەقییەوە و سێ پۆلیس بریندار بوون. بریندارەکان "
                "ڕەوانەی نەخۆشخانەیەک لە کەلار کران."
            ),
            "Jalawla",
        ),
    ],
)
def test_titles_origins_and_hospitals_are_not_where_it_happened(analyser, language, text, place):
    assert only_event(analyser, language, text).place == place


def test_hamlets_of_one_toll_are_told_by_the_town_that_they_lie_off(analyser):
    found = only_event(
        analyser,
        "ar",
        "غارات في الأنبار\nنفذ طيران الجيش أمس غارات على مناطق السجارية والمضيق وحصيبة شرقي الرمادي أسفرت عن مقتل "
        "20 من عناصر داعش.",
    )
    assert (found.place, found.killed) == ("Ramadi", 20)


def test_the_kurdistan_region_is_the_place_where_nothing_more_exact_is_told(analyser):
    text = "Turkish strike kills two\nA Turkish drone strike killed two people in the Kurdistan region on Tuesday"
    assert only_event(analyser, "en", f"{text}, Iraqi security sources said.").place == "Iraqi Kurdistan"
    assert only_event(analyser, "en", f"{text}, in Sidakan, Iraqi security sources said.").place == "Sidakan"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Ramadi police officer shot dead\nGunmen shot dead a police officer from Ramadi in Abu Ghraib on Tuesday.",
        ),
        (
            "fr",
            "Un policier de Ramadi abattu\nUn policier de Ramadi a été abattu mardi à Abou Ghraib par des inconnus.",
        ),
    ],
)
def test_a_headline_that_says_whose_man_was_shot_is_one_event_with_its_first_sentence(
    analyser, language, text
):
    assert only_event(analyser, language, text).place == "Abu Ghraib"


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        (
            "en",
            (
                "Missiles fired at two Iraqi bases\nThe IRGC fired missiles at Ain al-Asad in Anbar and "
                "another in Erbil on Tuesday, officials said."
            ),
            {"Al Asad Air Base": None, "Erbil": None},
        ),
        (
            "de",
            (
                "Raketen auf Stützpunkte im Irak\nDie Revolutionsgarden haben am Dienstag Raketen auf Ain al-Assad "
                "in der Provinz Anbar und den Flughafen von Erbil abgefeuert."
            ),
            {"Al Asad Air Base": None, "Erbil International Airport": None},
        ),
        (
            "tr",
            (
                "Irak'ın kuzeyine hava harekâtı\nMilli Savunma Bakanlığı, Gara ve Hakurk bölgelerine dün gece hava "
                "harekâtı düzenlendiğini bildirdi."
            ),
            {"Gara": None, "Hakurk": None},
        ),
        (
            "es",
            (
                "Cazas turcos bombardean Sinyar y el campo de Majmur; seis muertos\nSeis personas murieron el lunes "
                "en Sinyar en ataques aéreos de Turquía. Otro bombardeo alcanzó el campo de Majmur sin causar bajas."
            ),
            {"Sinjar": 6, "Makhmur Camp": 0},
        ),
    ],
)
def test_places_in_a_row_are_an_event_each_with_the_toll_told_there(analyser, language, text, places):
    found = events_of(analyser, language, text)
    assert {e.place: e.killed for e in found} == places


def test_a_place_behind_a_verb_is_in_no_row_with_the_one_before_it(analyser):
    text = "پنج زائر در بغداد کشته شدند\nبمبی روز دوشنبه پنج زائر را که عازم کاظمین بودند، در محله اعظمیه بغداد کشت."
    assert only_event(analyser, "fa", text).place == "Adhamiyah"


def test_a_government_that_condemns_is_no_place(analyser):
    found = only_event(
        analyser,
        "tr",
        "Bağdat, topçu ateşini kınadı\nDuhok'un Amediye ilçesi yakınlarında salı günü açılan topçu ateşinde üç çoban öldü.",
    )
    assert (found.place, found.killed) == ("Amedi", 3)


def test_a_doubtful_name_counts_in_a_row_of_towns(analyser):
    text = "تظاهرات في العراق\nخرجت أمس تظاهرات في البصرة وذي قار والحلة والنجف."
    events = events_of(analyser, "ar", text)
    assert [e.place for e in events] == ["Basra", "Dhi Qar", "Hillah", "Najaf"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Bombs kill nine\nBombs killed nine people across the capital on Tuesday, Iraqi police said.",
            "Baghdad",
        ),
        (
            (
                "Ten die in Iraq\nResidents of Mosul said ten civilians died in an air strike on a district held "
                "by Islamic State."
            ),
            "Mosul",
        ),
        (
            "Blast in Iraq\nA bomb at the Al-Salam mosque in Baquba killed four worshippers on Tuesday.",
            "Baqubah",
        ),
    ],
)
def test_the_capital_a_speakers_town_and_a_mosques_town_place_a_deed(analyser, text, place):
    assert only_event(analyser, "en", text).place == place


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "en",
            (
                "Convoy ambushed in Iraq\nA convoy taking soldiers from Kirkuk to Mosul was ambushed near "
                "Makhmour on Tuesday and six soldiers were killed."
            ),
            "Makhmur",
        ),
        (
            "de",
            (
                "Hinterhalt im Irak\nEin Konvoi auf dem Weg von Bagdad nach Mossul ist am Dienstag bei "
                "Baidschi in einen Hinterhalt geraten, sechs Soldaten starben."
            ),
            "Baiji",
        ),
        (
            "fa",
            (
                "کمین در عراق\nکاروان نظامی که از بغداد به موصل می‌رفت دیروز در نزدیکی بیجی در کمین "
                "داعش افتاد و شش سرباز عراقی کشته شدند."
            ),
            "Baiji",
        ),
        (
            "fr",
            "Attentat en Irak\nUne bombe a tué mardi deux soldats irakiens dans la Zone verte à Bagdad.",
            "Green Zone",
        ),
    ],
)
def test_the_ends_of_a_journey_are_not_where_it_was_cut_short(analyser, language, text, place):
    assert only_event(analyser, language, text).place == place


def test_a_dateline_gives_way_to_a_bearing_in_another_province(analyser):
    found = only_event(
        analyser,
        "en",
        "Three soldiers killed\nTIKRIT, Iraq - Three U.S. soldiers were killed when a bomb detonated during a "
        "patrol northwest of Khalis, Diyala province, on Tuesday.",
    )
    assert (found.place, found.governorate) == ("Khalis", "Diyala")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        (
            "en",
            "Arrest in Iraq\nIraqi intelligence announced on Tuesday the arrest of three ISIS suspects in Mosul.",
            None,
        ),
        (
            "de",
            (
                "Festnahme im Irak\nWie das Ministerium am Dienstag mitteilte, wurden am Montag in Mossul drei "
                "IS-Mitglieder festgenommen."
            ),
            "2026-03-09",
        ),
        (
            "tr",
            (
                "Irak'ta gözaltı\nSavunma Bakanlığı salı günü yaptığı açıklamada, pazartesi günü Musul'da üç "
                "DEAŞ üyesinin yakalandığını duyurdu."
            ),
            "2026-03-09",
        ),
    ],
)
def test_the_day_on_which_an_arrest_is_made_known_is_not_its_own(analyser, language, text, day):
    found = only_event(analyser, language, text)
    assert (found.date and found.date.isoformat()) == day


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "de",
            (
                "Granate in Kirkuk\nIn Kirkuk haben Unbekannte am Dienstag eine Handgranate auf ein Haus im "
                "Stadtteil Musalla geworfen."
            ),
            "Musalla, Kirkuk",
        ),
        (
            "fr",
            "Attentat à Mossoul\nDeux soldats ont été tués mardi par une bombe dans le quartier d'al-Mouthanna.",
            "Muthanna, Mosul",
        ),
        (
            "tr",
            "Musul'da gözaltı\nMusul'un Yermuk mahallesinde salı günü DEAŞ üyesi üç kişi yakalandı.",
            "Yarmouk, Mosul",
        ),
    ],
)
def test_a_quarter_is_known_behind_its_languages_word_for_quarters(analyser, language, text, place):
    assert only_event(analyser, language, text).place == place


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Irak\nDes milliers de personnes ont défilé mardi à Bassora pour dénoncer l'attaque du mausolée de Samarra.",
        ),
        (
            "en",
            "Iraq\nThousands marched in Basra on Tuesday to denounce the attack on the shrine in Samarra.",
        ),
        (
            "es",
            "Irak\nMiles de personas marcharon el martes en Basora para condenar el ataque al santuario de Samarra.",
        ),
    ],
)
def test_a_protest_is_not_where_its_cause_is(analyser, language, text):
    event = only_event(analyser, language, text)
    assert event.place == "Basra"


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fa", "انفجار بمب در سلیمان‌بیگ سه کشته بر جا گذاشت", "Sulaiman Bek"),
        ("ckb", "لە سەیدسادقدا بۆمبێک تەقییەوە و دوو پۆلیس کوژران", "Said Sadiq"),
        ("ckb", "لە پێنجوێن مینێک بە شوانێکدا تەقییەوە و بریندار بوو", "Penjwin"),
    ],
)
def test_names_written_as_one_are_found_and_a_shepherd_is_no_town(analyser, language, text, place):
    """A joiner between two words of a name vanishes; Sorani's ending for one person makes a noun of Shwan."""
    assert only_event(analyser, language, f"{text}\n").place == place


def test_each_of_two_deeds_keeps_the_place_that_its_own_sentence_tells(analyser):
    """A drone downed near an airport is not at the oil field that the same headline tells of next."""
    text = (
        "درۆنێک لە نزیک فڕۆکەخانەی هەولێر خرایە خوارەوە و دووانیش خورمەڵەیان کردە ئامانج\n"
        "دژەتیرۆر ڕایگەیاند، درۆنێک لە نزیک فڕۆکەخانەی هەولێر خرایە خوارەوە. "
        "چەند کاتژمێرێک دواتریش دوو درۆن لە کێڵگەی نەوتی خورمەڵە تەقینەوە."
    )
    places = [e.place for e in events_of(analyser, "ckb", text, published=None)]
    assert places == ["Erbil International Airport", "Khurmala oil field"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Turkish jets strike Qandil\nTurkish warplanes bombed PKK shelters in Qandil on Tuesday, the ministry in Ankara said.",
        ),
        (
            "de",
            (
                "Türkische Jets über Kandil\nTürkische Kampfflugzeuge haben am Dienstag Verstecke der PKK im Kandil-Gebirge"
                " bombardiert, hieß es in Ankara."
            ),
        ),
    ],
)
def test_the_government_that_sent_the_jets_does_not_take_the_mountains_out_of_iraq(analyser, language, text):
    assert only_event(analyser, language, text).place == "Qandil Mountains"


def test_a_dateline_with_the_agency_behind_a_stroke_gives_way_to_the_storys_place(analyser: Analyser) -> None:
    text = (
        "Officer shot dead north of Basra\nBasra / Wire: Gunmen shot dead an off-duty police officer "
        "in Al-Madina district on Tuesday evening as he drove home from a wake."
    )
    assert only_event(analyser, "en", text).place == "Al-Midaina"


def test_the_bearing_within_a_towns_alias_makes_it_a_landmark(analyser):
    text = "خطف في المحاويل\nخطف مسلحون صاحب محل في قضاء المحاويل شمالي الحلة ليل الاثنين."
    event = only_event(analyser, "ar", text, published=datetime(2018, 3, 21, 9, tzinfo=UTC))
    assert event.place in ("Mahawil", "Al-Mahawil District")


@pytest.mark.parametrize("desk", ["Bagdad", "Erbil", "Bagdad/Erbil", "Erbil/Bagdad"])
def test_two_desks_in_one_dateline_are_no_place_of_the_deed(analyser, desk):
    text = (
        "Mossul-Staudamm ist wieder in der Hand kurdischer Kräfte\n"
        f"{desk} (aww) – Elf Tage nach dem Verlust haben Peschmerga die Anlage nördlich von Mossul am Dienstag vollständig "
        "zurückgewonnen."
    )
    assert only_event(analyser, "de", text).place == "Mosul Dam"
