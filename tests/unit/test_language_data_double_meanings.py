"""Arabic, Sorani and Persian words that mean something else more often: read in the phrase that is meant, and in no other."""

from __future__ import annotations

import pytest

from tests.support.lexicon import shipped_lexicon
from worker.domain.understanding.words.matcher import read


def concepts(language: str, text: str) -> set[str]:
    return {hit.key for hit in read(text, shipped_lexicon().tongues[language]).hits}


@pytest.mark.parametrize(
    ("language", "concept", "text"),
    [
        ("ar", "looting", "دمرت القوات فجر الجمعة وكرا في دير الزور"),
        ("ar", "looting", "تفجير كنيسة في بغداد أوقع 50 قتيلا"),
        ("ar", "guards", "مقتل ضابط في الحرس الثوري الإيراني قرب أربيل"),
        ("ar", "drill", "أطلقت القوات العتاد الحي على المتظاهرين في الناصرية"),
        ("ar", "take_ground", "احتلت بغداد المرتبة الأولى في التلوث"),
        ("ar", "take_ground", "فقدان السيطرة على كركوك"),
        ("ar", "overrun", "لجنة التحقيق في سقوط الموصل تسلم تقريرها"),
        ("ar", "intercept", "حيدت مسيرة تركية عنصرين من العمال الكردستاني"),
        ("ar", "launcher", "قال على منصة إكس إن الهجوم وقع في كركوك"),
        ("ar", "noise", "انفجار قرب مركز فرز الأصوات في كركوك"),
        ("ar", "fire_on_crowd", "تظاهر العشرات في الناصرية للمطالبة بمحاسبة قتلة المتظاهرين"),
        ("ar", "none_wounded", "أصيب الجندي ولم يصب غيره"),
        ("ar", "there", "قتل ثلاثة أشخاص وهناك جرحى"),
        ("ckb", "guards", "کوژرانی فەرماندەیەکی پاسەوانانی شۆڕشی ئێران لە هەولێر"),
        ("ckb", "demand", "داواکاری گشتی لە هەولێر لێکۆڵینەوەی کرد"),
        ("ckb", "take_ground", "تەپوتۆز هەولێری گرت"),
        ("ckb", "noise", "ئەو دەنگانەی لە هەڵبژاردن بەدەستیهێناون"),
        ("fa", "launcher", "حمله به سکوی نفتی در بصره"),
        ("fa", "guards", "شورای نگهبان ایران حمله به کرکوک را محکوم کرد"),
        ("fa", "there", "از آنجا که حمله در کرکوک رخ داد"),
        ("fa", "planned_blast", "انفجار مهمات عمل‌نکرده دو کودک را در موصل کشت"),
    ],
)
def test_the_everyday_meaning_is_not_taken_for_the_deed(language, concept, text):
    assert concept not in concepts(language, text)


@pytest.mark.parametrize(
    ("language", "concept", "text"),
    [
        ("ar", "looting", "فجر تنظيم داعش كنيسة الطاهرة في الموصل"),
        ("ar", "guards", "مقتل اثنين من أفراد حمايته في هجوم"),
        ("ar", "drill", "أصوات الانفجارات ناجمة عن رماية بالعتاد الحي"),
        ("ar", "overrun", "سقوط الرطبة أمس"),
        ("ar", "launcher", "العثور على منصة إطلاق صواريخ"),
        ("ar", "intercept", "تحييد طائرة مسيرة مفخخة قرب مطار أربيل"),
        ("ar", "drone_attack", "تحييد 3 إرهابيين بطائرة مسيرة في حمرين"),
        ("ckb", "guards", "دوو پاسەوانی بەرپرسەکە کوژران"),
        ("ckb", "take_ground", "چەکدارەکان شاری ڕاوەیان گرت"),
        ("ckb", "dispersal", "هێزە ئەمنییەکان ڕێگەیان لە خۆپیشاندەران گرت"),
        ("fa", "launcher", "کشف سکوی پرتاب موشک در بغداد"),
        ("fa", "there", "در آنجا دو تن کشته شدند"),
    ],
)
def test_the_phrase_that_is_meant_is_read(language, concept, text):
    assert concept in concepts(language, text)


def test_a_man_quoted_is_not_who_died():
    text = "او گفت در این حمله ۵ نفر جان باختند"
    hits = read(text, shipped_lexicon().tongues["fa"]).hits
    assert all(hit.phrase.value != 1 for hit in hits if hit.key == "killed")
