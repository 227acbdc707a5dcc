"""Iraq named by a public figure alone: headlines that say Maliki or Barzani and nothing else of the country."""

from __future__ import annotations

import pytest

from tests.support.lexicon import shipped_lexicon
from worker.domain.understanding.where.iraq import about_iraq
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.matcher import read
from worker.domain.understanding.words.meanings import Actor


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def tells_of_iraq(lexicon: Lexicon, language: str, text: str) -> bool:
    return about_iraq(read(text, lexicon.tongues[language]))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Saddam's former bodyguard found hanged"),
        ("en", "Maliki orders the army to mobilise"),
        ("en", "Drone hits Barzani's guesthouse"),
        ("en", "Moktada followers pour into the streets"),
        ("en", "Shia al-Sudani sacks two generals"),
        ("fr", "Noujaïfi réclame une enquête"),
        ("fr", "Oudaï et Qoussaï, les fils du dictateur"),
        ("fr", "Chia al-Soudani reçoit l'ambassadeur"),
        ("ar", "وفد يزور مكتب السيستاني"),
        ("ar", "رسالة للسيستاني بشأن السلاح"),
        ("ar", "وللحلبوسي رأي في القانون"),
        ("ar", "عزت الدوري يظهر في تسجيل صوتي"),
        ("ar", "لقاء يجمع علي الزيدي بقادة الكتل"),
        ("ckb", "تاڵەبانییەکان کۆدەبنەوە"),
        ("ckb", "بارزانیی باوک نامەیەکی نارد"),
        ("ckb", "موقتەدای سەدر فەرمان دەدات"),
        ("fa", "نوری مالکی خواستار رأی‌گیری شد"),
        ("fa", "دیدار با آیت‌الله سیستانی در دفترش"),
        ("fa", "ابو آلاء الولائی هشدار داد"),
        ("tr", "Maliki'den yeni hamle"),
        ("tr", "Kazımi'nin konutuna saldırı"),
        ("tr", "Sadr'ın çağrısı meydanları doldurdu"),
        ("tr", "Halbusi'yle görüşme"),
        ("es", "Nuyaifi pide armas para las tribus"),
        ("es", "Chia al Sudani destituye a dos generales"),
        ("es", "Alí el Químico, ante el juez"),
        ("de", "Chemie-Ali zum Tod verurteilt"),
        ("de", "Barzanis Rückzug hinterlässt ein Vakuum"),
        ("de", "Muktada al-Sadr ruft zu Protesten auf"),
    ],
)
def test_a_public_figure_of_iraq_names_it(lexicon: Lexicon, language: str, text: str) -> None:
    assert tells_of_iraq(lexicon, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "KRG suspends salaries"),
        ("de", "KRG weist Vorwürfe zurück"),
        ("fr", "Le gouvernement régional kurde proteste"),
        ("es", "El Gobierno Regional del Kurdistán protesta"),
        ("tr", "Kürt Bölgesel Yönetimi'nden açıklama"),
        ("de", "Jets fliegen Luftangriffe auf das Gara-Massiv"),
        ("en", "Bombers kill dozens at Balad shrine"),
    ],
)
def test_a_regional_government_and_places_by_their_usual_name_do(
    lexicon: Lexicon, language: str, text: str
) -> None:
    assert tells_of_iraq(lexicon, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Saddam Haftar inspects a brigade"),
        ("en", "Search for Musa al-Sadr's grave"),
        ("en", "Bani-Sadr dies in exile"),
        ("en", "Riyad al-Maliki addresses the council"),
        ("en", "Sudanese premier names a cabinet"),
        ("fr", "Le Premier ministre soudanais démissionne"),
        ("ar", "صدام بين مشجعي الفريقين"),  # a clash
        ("ar", "السوداني يسجل هدفين في الدوري"),  # a Sudanese scores in the league
        ("ar", "ضيق في الصدر"),  # the chest
        ("ar", "المالكي: اعتراض طائرة مسيرة أطلقها الحوثيون"),  # the spokesman in Riyadh
        ("fa", "حکومت طالبانی تشکیل شد"),  # of the Taliban
        ("fa", "امام موسی صدر"),
        ("tr", "Evin maliki dava açtı"),  # the owner of the house
        ("tr", "Saddam Hafter Ankara'da"),
        ("es", "El primer ministro sudanés dimite"),
        ("ckb", "سەدام حەفتەر گەیشتە ئەنقەرە"),
    ],
)
def test_a_namesake_or_a_common_word_does_not(lexicon: Lexicon, language: str, text: str) -> None:
    assert not tells_of_iraq(lexicon, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen fired at the convoy of Ali al-Zaidi"),
        ("fr", "Attentat contre Ali al-Zaidi"),
        ("ar", "استهداف موكب علي الزيدي"),
        ("ckb", "هێرش بۆ سەر عەلی زەیدی"),
        ("fa", "حمله به کاروان علی الزیدی"),
        ("tr", "Ali ez-Zeydi'nin konvoyuna saldırı"),
        ("es", "Atacan el convoy de Ali al Zaidi"),
        ("de", "Anschlag auf Ali al-Zaidi"),
    ],
)
def test_the_head_of_government_in_office_is_a_party(lexicon: Lexicon, language: str, text: str) -> None:
    hits = read(text, lexicon.tongues[language]).hits
    assert any(isinstance(h.meaning, Actor) and h.meaning.id == "prime_minister" for h in hits)
