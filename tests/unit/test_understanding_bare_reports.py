"""Short local reports that leave out the day and the country, and what only looks like one; on the shipped lexicon."""

from __future__ import annotations

import pytest

from tests.support.reports import document
from worker.domain.model import Kind
from worker.domain.understanding.analyser import Analyser


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("en", "Bomb in Samarra wounds two guards", "A judge survived when a bomb went off beside his car in Samarra."),
        ("de", "Bombe in Samarra verletzt zwei Leibwächter", "Ein Richter blieb bei dem Bombenanschlag in Samarra unversehrt."),
        ("es", "Una bomba hiere a dos escoltas en Samarra", "Un fiscal salió ileso de la explosión de la bomba en Samarra."),
        ("ar", "هجوم على دورية في السعدية", "هاجم مسلحون دورية للشرطة قرب السعدية وقتلوا شرطيين اثنين."),
        ("ckb", "درۆنێک ئۆتۆمبێلێکی لە پێنجوێن پێکا", "درۆنێکی تورکیا ئۆتۆمبێلێکی لە نزیک پێنجوێن کردە ئامانج و سووتا."),
        ("fr", "Kalar : un oléoduc saboté à l'explosif", "Des inconnus ont fait sauter un oléoduc près de Kalar."),
    ],
)  # fmt: skip
def test_a_bare_report_of_a_blow_is_an_incident(
    analyser: Analyser, language: str, title: str, body: str
) -> None:
    analysis = analyser.analyse(document(language, title, body))
    assert analysis.relevant
    assert analysis.kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("en", "Gas bottle kills two in Samarra", "A gas bottle burst in a kitchen in Samarra; two people died. A leak is blamed."),
        ("ar", "كلاب سائبة تهاجم أطفالا في الديوانية", "أصيب خمسة أطفال بعضات كلاب سائبة هاجمتهم في الديوانية."),
        ("tr", "Zaho'da gaz tankeri patladı: 2 ölü", "Zaho'da LPG taşıyan bir tanker park hâlindeki TIR'a çarpıp infilak etti; iki sürücü öldü."),
        ("en", "Derby thriller in Basra", "Basra bombed the visitors' goal in a 3-1 win; two players were hurt."),
        ("en", "Bomb kills four in Aleppo", "A bomb killed four people in Aleppo, Syria, far from Qaim."),
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_not(analyser: Analyser, language: str, title: str, body: str) -> None:
    assert analyser.analyse(document(language, title, body)).kind is not Kind.INCIDENT


def test_a_cache_told_with_its_day_is_an_incident_whoever_had_buried_it(analyser: Analyser) -> None:
    body = (
        "Soldiers of the army's 59th Brigade found a cache on Tuesday in an orchard of Tarmiyah that Islamic State"
        " had buried years before under a hen house."
    )
    analysis = analyser.analyse(document("en", "Army finds IS arms cache north of Baghdad", body))
    assert analysis.kind is Kind.INCIDENT
    assert [e.sub_event_type for e in analysis.events] == ["Disrupted weapons use"]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Hunderte demonstrierten am Dienstag in Diwaniya. Für Freitag ist eine weitere Kundgebung angekündigt."),
        ("fr", "Des centaines de personnes ont manifesté mardi à Diwaniya. Un rassemblement est annoncé pour vendredi."),
    ],
)  # fmt: skip
def test_a_rally_for_a_day_to_come_has_not_happened(analyser: Analyser, language: str, body: str) -> None:
    events = analyser.analyse(document(language, "Diwaniya", body)).events
    assert [e.sub_event_type for e in events] == ["Peaceful protest"]


def test_what_a_headline_puts_into_a_country_far_off_is_no_incident(analyser: Analyser) -> None:
    body = (
        "Gunmen opened fire on a coach that was taking pilgrims home to Quetta from Karbala on Tuesday evening. Eight"
        " passengers died and fourteen were wounded, the provincial police said."
    )
    analysis = analyser.analyse(document("en", "Pakistan: eight pilgrims back from Iraq shot dead", body))
    assert analysis.kind is not Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "body", "count", "place"),
    [
        ("tr", "Duhok'un Etruş petrol sahasına pazartesi günü bir İHA düştü. 1-8 Mart tarihleri arasında Duhok ve Erbil'deki sahalara 17 İHA saldırısı yapıldı.", 17, None),
        ("en", "Turkish artillery shelled Hirure village on Monday night. Between March 1 and March 8 the Turkish army carried out 31 artillery attacks in Amedi district.", 31, "Amedi"),
    ],
)  # fmt: skip
def test_a_series_counted_behind_a_blow_has_the_one_place_that_it_names(
    analyser: Analyser, language: str, body: str, count: int, place: str | None
) -> None:
    events = analyser.analyse(document(language, "Duhok", body)).events
    assert [(e.count, e.place) for e in events[1:]] == [(count, place)]


def test_a_town_in_an_unknown_spelling_is_known_by_the_noun_behind_it(analyser: Analyser) -> None:
    body = "Irak'ta Hamamalil beldesinde pazartesi günü bomba patladı, iki kişi öldü."
    places = {e.place for e in analyser.analyse(document("tr", "Irak'ta saldırı", body)).events}
    assert "Hammam al-Alil" in places


def test_a_bare_blast_that_hurt_somebody_is_an_incident_and_a_burst_kiln_is_none(analyser: Analyser) -> None:
    blast = "Bağdat'ın Yeni Bağdat semtinde meydana gelen patlamada onlarca kişi öldü veya yaralandı."
    assert analyser.analyse(document("tr", "Bağdat'ta pazar yerinde patlama", blast)).kind is Kind.INCIDENT
    kiln = "In einer Ziegelei in Nahrawan ist ein Brennofen explodiert. Sechs Arbeiter kamen ums Leben."
    assert not analyser.analyse(document("de", "Irak: Sechs Arbeiter sterben bei Explosion", kiln)).relevant


def test_hail_storms_nothing(analyser: Analyser) -> None:
    body = "Farmers near Sinjar counted their losses after a ten-minute storm on Tuesday. Windscreens were smashed in Sinuni."
    assert not analyser.analyse(document("en", "Hailstones flatten wheat around Sinuni", body)).relevant
