"""Noise without a deed, what may happen, and arrests of Iraqis abroad; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.model import Kind

WEDNESDAY = datetime(2024, 6, 12, 12, tzinfo=UTC)
analysis_of = partial(reports.analysis_of, published=WEDNESDAY)
events_of = partial(reports.events_of, published=WEDNESDAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Loud bangs in Hit explained\nResidents of Hit in Anbar heard several explosions on Tuesday. They were controlled detonations of old ordnance, the provincial police said.",
        ),
        (
            "de",
            "Peschmerga üben Abwehr von Drohnen in Erbil\nAuf dem Flughafen Erbil übten Feuerwehr und Peschmerga am Dienstag die Abwehr eines Drohnenangriffs. Verletzt wurde niemand.",
        ),
        (
            "de",
            "Bericht über Entführung in Kirkuk reine Erfindung\nDie Meldung über eine Entführung in Kirkuk sei reine Erfindung, sagte ein Sprecher am Montag. Das Foto sei sechs Jahre alt.",
        ),
        (
            "de",
            "Militärschüler spielen Geiselnahme in Nasirija nach\nKadetten haben am Mittwoch in Nasirija einen gespielten Überfall abgewehrt und drei Statisten, die Geiseln darstellten, befreit.",
        ),
        (
            "tr",
            "Duhok'ta duyulan patlamalar tatbikat çıktı\nDuhok Valiliği, salı akşamı Zaho'da duyulan silah seslerinin peşmergenin tatbikatından kaynaklandığını bildirdi.",
        ),
        (
            "ar",
            "أصوات انفجارات في الرمادي.. القيادة توضح\nأوضحت قيادة عمليات الأنبار، الثلاثاء، أن أصوات الانفجارات التي سمعت في الرمادي ناجمة عن تفجير مسيطر عليه لمخلفات حربية.",
        ),
    ],
)
def test_what_was_heard_of_an_exercise_or_a_planned_blast_is_no_incident(analyser, language, text):
    found = analysis_of(analyser, language, text)
    assert found.kind is Kind.CONTEXT
    assert not found.events


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Drone hits Peshmerga training camp near Soran\nA drone struck a Peshmerga training camp near Soran on Tuesday night, officials said. There were no casualties.",
        ),
        (
            "ar",
            "طائرة مسيرة تستهدف معسكر تدريب للبيشمركة قرب سوران\nاستهدفت طائرة مسيرة مساء الثلاثاء معسكر تدريب للبيشمركة قرب سوران من دون إصابات.",
        ),
        (
            "en",
            "Blast kills two in Kirkuk\nAn explosion killed two people in Kirkuk on Tuesday, police said. Officials suspected a bomb and ruled out a gas leak.",
        ),
    ],
)
def test_training_camps_and_suspected_bombs_stay_incidents(analyser, language, text):
    assert analysis_of(analyser, language, text).kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Six hurt in Karbala restaurant blast\nSix people were wounded when an explosion tore through a restaurant in central Karbala on Tuesday. Civil defence said a leaking gas cylinder was to blame.",
        ),
        (
            "fa",
            "انفجار در رستورانی در نجف\nدر پی انفجار در رستورانی در نجف روز سه‌شنبه پنج نفر زخمی شدند. آتش‌نشانی علت حادثه را نشت گاز اعلام کرد.",
        ),
        (
            "tr",
            "Adana'da DEAŞ operasyonu: 5 gözaltı\nAdana'da polis ekiplerinin bu sabah düzenlediği operasyonda DEAŞ'a finans sağladığı öne sürülen Irak uyruklu 5 kişi gözaltına alındı.",
        ),
        (
            "en",
            'Football: Iraq shell-shocked as Japan launch six-goal blitz\nJapan bombarded the Iraq goal at Basra stadium on Tuesday. "We were ambushed," the coach said after the match.',
        ),
    ],
)
def test_leaking_gas_arrests_abroad_and_matches_are_none_of_ours(analyser, language, text):
    assert analysis_of(analyser, language, text).kind is Kind.OTHER


def test_what_may_happen_is_no_event(analyser):
    text = "Irak : Berlin met en garde ses ressortissants\nLe ministère déconseille tout voyage à Kirkouk, où des groupes armés peuvent tirer des roquettes sans préavis."
    assert not events_of(analyser, "fr", text)


def test_a_month_of_long_ago_behind_the_deed_makes_it_old(analyser):
    text = "Najaf buries five\nFive fighters killed by Islamic State near Baiji in Salahuddin province in July 2015 were buried in Najaf on Tuesday after their remains were identified."
    assert not events_of(analyser, "en", text)


@pytest.mark.parametrize(
    "text",
    [
        "العمليات المشتركة: ما يتداول عن سقوط الرطبة محض خيال\nقالت قيادة العمليات المشتركة، الأربعاء، إن الأنباء عن دخول داعش إلى الرطبة من نسج الخيال.",
        "محافظ ديالى يستهجن أنباء اختطاف موظفين في خانقين\nوصف محافظ ديالى ما نشرته بعض المواقع عن خطف ثلاثة موظفين في خانقين بأنه كلام لا يمت إلى الحقيقة بصلة.",
        "شرطة البصرة: الانفجار الذي سمع في الزبير ناتج عن إتلاف مقذوفات\nأوضحت قيادة شرطة البصرة أن الصوت الذي سمعه الأهالي، أمس، في قضاء الزبير يعود إلى إتلاف مقذوفات قديمة.",
        "الحشد الشعبي ينأى بنفسه عن قصف أربيل\nقال المتحدث باسم هيئة الحشد الشعبي إن اتهام الحشد بقصف أربيل، الثلاثاء، باطل جملة وتفصيلا.",
        "نفي كردي لأنباء قصف تركي على سيدكان\nقال مدير ناحية سيدكان إن أي قصف لم يطل المنطقة اليوم وإن الصوت ناجم عن أعمال شق طريق.",
        "السفارة الأميركية: دوي الصفارات تجربة مجدولة\nقالت السفارة الأميركية في بغداد إن صفارات الإنذار التي دوت صباح اليوم جزء من اختبار مقرر مسبقا.",
        "قيادة عمليات بغداد توضح حقيقة انفجار الكرادة\nقالت القيادة إن صوت الانفجار في الكرادة، صباح اليوم، كان بسبب قنينة غاز ولا يوجد عمل إرهابي.",
    ],
)
def test_what_arabic_calls_fancy_fabricated_or_a_mere_test_is_no_incident(analyser, text):
    found = analysis_of(analyser, "ar", text)
    assert found.kind is Kind.CONTEXT
    assert not found.events


@pytest.mark.parametrize(
    "text",
    [
        "مقتل ثلاثة في القائم\nقتل ثلاثة مدنيين بهجوم مسلح في القائم غربي الأنبار، أمس الثلاثاء. وقال الحشد إن لا علاقة له بالهجوم.",
        "انفجار في المنصور\nانفجرت عبوة ناسفة في المنصور غربي بغداد، اليوم، وأصيب مدني. ولم تقع حادثة أخرى.",
    ],
)
def test_a_deed_whose_doer_denies_it_stays_one_in_arabic(analyser, text):
    found = analysis_of(analyser, "ar", text)
    assert found.kind is Kind.INCIDENT
    assert len(found.events) == 1
