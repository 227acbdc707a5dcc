"""What the Arabic, Sorani and Persian files make of sentences that reporters write, through the real engine.

Each row: a sentence, the concepts that it must be seen to speak of (a leading `-`: must not), and what the
event drawn from it says. The models that decide on relevance take no part, so that a new training run
cannot change what is expected here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.lexicon import shipped_lexicon
from tests.support.reports import concepts_read, document
from worker.domain.model import Event
from worker.domain.understanding.analyser import Analyser, Understood
from worker.domain.understanding.assembly.drafts import drafts
from worker.domain.understanding.assembly.events import build

PUBLISHED = datetime(2021, 3, 10, 12, 0, tzinfo=UTC)  # a Wednesday
AIR = "Air/drone strike"
SHELL = "Shelling/artillery/missile attack"
BOMB = "Remote explosive/landmine/IED"

Row = tuple[str, str, dict[str, Any]]

ARABIC: list[Row] = [
    (
        "مقتل جنديين وإصابة ثلاثة آخرين بانفجار عبوة ناسفة في كركوك",
        "ied killed wounded soldiers",
        {"sub_event_type": BOMB, "killed": 2, "wounded": 3},
    ),
    (
        "استشهاد ضابط وإصابة شرطيين بهجوم لداعش في ديالى",
        "killed wounded soldiers police attack",
        {"killed": 1, "wounded": 2},
    ),
    (
        "انفجار سيارتين مفخختين في بعقوبة يخلف ١٢ قتيلاً و٢٠ جريحاً",
        "car_bomb killed wounded",
        {"sub_event_type": BOMB, "killed": 12, "wounded": 20},
    ),
    (
        "سقوط ثلاثة صواريخ كاتيوشا قرب مطار بغداد دون وقوع خسائر بشرية",
        "rocket rocket_attack airport none_hurt",
        {"sub_event_type": SHELL, "killed": 0, "wounded": 0},
    ),
    (
        "طائرة مسيرة مفخخة تستهدف قاعدة حرير في أربيل",
        "drone drone_attack base -suicide_bombing",
        {"sub_event_type": AIR},
    ),
    ("انتحاري يفجر نفسه وسط سوق في مدينة الصدر", "suicide market", {"sub_event_type": "Suicide bomb"}),
    (
        "مسلحون مجهولون يغتالون مختار قرية شمالي بعقوبة",
        "gunmen assassination official",
        {"sub_event_type": "Attack", "killed": 1},
    ),
    (
        "اختطاف مواطن على يد مسلحين في قضاء الرطبة",
        "abduction civilians gunmen",
        {"sub_event_type": "Abduction/forced disappearance"},
    ),
    (
        "القوات الأمنية تضبط كدسا للأعتدة في الموصل",
        "seize_arms security_forces",
        {"sub_event_type": "Disrupted weapons use"},
    ),
    ("إلقاء القبض على أربعة إرهابيين في كركوك", "arrest militants", {"sub_event_type": "Arrests"}),
    ("الإطاحة بثلاثة متهمين بالإرهاب في بغداد", "arrest", {"sub_event_type": "Arrests"}),
    (
        "تفكيك عبوة ناسفة زرعت على جانب طريق في الأنبار",
        "defuse ied",
        {"sub_event_type": "Disrupted weapons use"},
    ),
    ("اشتباكات مسلحة بين عشيرتين في البصرة", "clash tribesmen", {"sub_event_type": "Armed clash"}),
    ("قصف مدفعي تركي يطال قرى في قضاء العمادية", "shelling artillery", {"sub_event_type": SHELL}),
    ("طيران التحالف الدولي ينفذ ضربة جوية في جبال حمرين", "airstrike", {"sub_event_type": AIR}),
    ("كمين لداعش يوقع خمسة شهداء من الحشد في صلاح الدين", "ambush killed", {"killed": 5}),
    ("استهداف رتل للدعم اللوجستي بعبوة ناسفة في بابل", "convoy ied hit", {"sub_event_type": BOMB}),
    (
        "تظاهر المئات من الخريجين في الناصرية للمطالبة بالتعيين",
        "protest",
        {"sub_event_type": "Peaceful protest"},
    ),
    (
        "محتجون يحرقون مقرات أحزاب في الناصرية",
        "riot party_office",
        {"sub_event_type": "Violent demonstration"},
    ),
    (
        "القوات العراقية تستعيد السيطرة على قرى جنوب الموصل",
        "retake security_forces",
        {"sub_event_type": "Government regains territory"},
    ),
    (
        "داعش يسيطر على مدينة الرمادي",
        "overrun",
        {"sub_event_type": "Non-state actor overtakes territory"},
    ),
    ("إسقاط طائرة مسيرة قرب قاعدة عين الأسد", "intercept drone", {"sub_event_type": "Disrupted weapons use"}),
    ("العثور على جثث ثلاثة أشخاص شمالي سامراء", "found_bodies killed", {"killed": 3}),
    ("إلقاء رمانة يدوية على منزل ضابط في العمارة", "grenade homes", {"sub_event_type": "Grenade"}),
    (
        "مصرع خمسة وعشرين شخصاً بتفجير انتحاري في بغداد",
        "killed suicide_bombing",
        {"sub_event_type": "Suicide bomb", "killed": 25},
    ),
    (
        "ما لا يقل عن ثلاثة قتلى وخمسة جرحى بهجوم مسلح في كركوك",
        "killed wounded at_least -gunmen",
        {"killed": 3, "wounded": 5},
    ),
    ("الحشد الشعبي ينفي تعرض مقراته للقصف", "denial", {}),
    ("العراق يحيي الذكرى السنوية لتفجير الكرادة", "anniversary", {}),
    ("الحكم بالإعدام على مدان بالإرهاب", "trial terrorism", {}),
    ("الجيش ينفذ تمريناً بالذخيرة الحية غرب الأنبار", "drill", {}),
    ("ولم تعلن أي جهة مسؤوليتها عن الهجوم", "no_claim -claim", {}),
    ("تنظيم داعش يتبنى الهجوم على نقطة تفتيش في كركوك", "claim checkpoint", {}),
    ("هدف مبكر يمنح المنتخب الفوز في تصفيات كأس العالم", "sport -hit", {}),
    ("وكانت القوات الأمنية قد انتشرت اليوم", "security_forces -launch -ordinal_unit", {}),
    ("محافظة نينوى تعلن خطة لإعمار المدينة", "-official", {}),
    ("جامعة بغداد تستقبل طلبتها", "school -mosque", {}),
    ("دوريات النجدة تواصل عملها", "patrol -sport", {}),
    ("الطريق يبعد عشرة كلم عن المدينة", "-negation", {}),
    ("وصلت التعزيزات إلى الموصل وإلى بغداد بعد هجوم مسلح", "attack -title_of", {}),
    ("استهداف أبنية حكومية بقذائف هاون في الرمادي", "mortar -civilians", {}),
    ("خرجت يوم الأحد تظاهرات في البصرة", "protest -no_protest", {}),
    ("استمرار مسلسل الاغتيالات في بغداد", "assassination -artwork", {}),
    ("تعويض أسر الجنود القتلى في الأنبار", "soldiers -abduction", {}),
    (
        "مقتل 20 شخصا بهجوم انتحاري على سوق قبل أن تطوق القوات المكان",
        "suicide_bombing -in_time",
        {"killed": 20},
    ),
    ("أسقطت طائرات التحالف قنابل على مواقع داعش في تلعفر", "launch -intercept", {}),
    ("تظاهر المئات في بغداد احتجاجا على تركيا", "protest -no_protest", {}),
    ("عالجت المستشفى جرحى انفجار عبوة ناسفة", "ied wounded -defuse", {}),
    ("نقلا عن مصدر أمني أشار إلى مقتل شرطي في بعقوبة", "killed police -taken_to", {}),
    ("التنظيم الذي يسيطر على مدينة الموصل", "no_deed -take_ground", {}),
    ("القوات الأمنية استخدمت قنابل صوتية ضد المتظاهرين", "protesters -grenade", {}),
    ("تتقدم القوات بحذر شديد من المبنى", "-warning", {}),
]

SORANI: list[Row] = [
    (
        "دوو سەرباز کوژران و سێ کەس بریندار بوون لە تەقینەوەی بۆمبێکی چێنراو لە کەرکووک",
        "ied killed wounded soldiers",
        {"sub_event_type": BOMB, "killed": 2, "wounded": 3},
    ),
    ("سەربازێک شەهید بوو لە هێرشێکی داعش لە دیالە", "killed attack soldiers", {"killed": 1}),
    (
        "هێرشێکی درۆنی کرایە سەر فڕۆکەخانەی هەولێر و زیانی گیانی لێنەکەوتەوە",
        "drone_attack airport none_killed",
        {"sub_event_type": AIR, "killed": 0},
    ),
    ("پێنج ڕۆکێت ئاراستەی بنکەی عەین ئەسەد کران", "rocket base", {"sub_event_type": SHELL}),
    ("ئۆتۆمبێلێکی بۆمبڕێژکراو لە بەغدا تەقییەوە", "car_bomb explosion", {"sub_event_type": BOMB}),
    ("خۆکوژێک خۆی تەقاندەوە لە بازاڕێکی بەغدا", "suicide market", {"sub_event_type": "Suicide bomb"}),
    (
        "چەکدارانی نەناسراو چالاکوانێکیان لە بەسرە تیرۆرکرد",
        "gunmen activist assassination",
        {"sub_event_type": "Attack"},
    ),
    (
        "چەکدارانی داعش دوو هاووڵاتییان لە خانەقین ڕفاند",
        "abduction actor:isis",
        {"sub_event_type": "Abduction/forced disappearance"},
    ),
    (
        "هێزە ئەمنییەکان پێنج تیرۆریستیان لە کەرکووک دەستگیرکرد",
        "arrest security_forces militants",
        {"sub_event_type": "Arrests"},
    ),
    ("کۆگایەکی چەک و تەقەمەنی لە مووسڵ دۆزرایەوە", "arms_cache", {"sub_event_type": "Disrupted weapons use"}),
    (
        "بۆمبێکی چێنراو لە سنووری داقوق پووچەڵکرایەوە",
        "defuse ied",
        {"sub_event_type": "Disrupted weapons use"},
    ),
    (
        "شەڕ و پێکدادان لە نێوان پێشمەرگە و داعش لە گەرمیان",
        "clash -accident",
        {"sub_event_type": "Armed clash"},
    ),
    ("سوپای تورکیا گوندێکی سەر بە ئامێدی تۆپباران کرد", "shelling", {"sub_event_type": SHELL}),
    (
        "فڕۆکە جەنگییەکانی تورکیا بناری قەندیلیان بۆردومان کرد",
        "aircraft bombardment",
        {"sub_event_type": AIR},
    ),
    ("پێشمەرگە کەوتە بۆسەی داعش لە نزیک کفری", "ambush", {"sub_event_type": "Armed clash"}),
    (
        "کاروانێکی لۆجستیی هاوپەیمانان لە بابل بە بۆمبی چێنراو کرایە ئامانج",
        "convoy ied hit",
        {"sub_event_type": BOMB},
    ),
    ("سەدان مامۆستا لە سلێمانی خۆپیشاندانیان کرد", "protest", {"sub_event_type": "Peaceful protest"}),
    (
        "خۆپیشاندەران بارەگای پارتییان سووتاند",
        "riot party_office protesters",
        {"sub_event_type": "Violent demonstration"},
    ),
    ("تەرمی سێ کەس لە سنجار دۆزرایەوە", "found_bodies killed", {"killed": 3}),
    ("نارنجۆکێک گیرایە ماڵی پارێزەرێک لە هەولێر", "grenade homes", {}),
    (
        "بەلایەنی کەم حەوت کەس کوژران و دوازدە کەس بریندار بوون",
        "at_least killed wounded",
        {"killed": 7, "wounded": 12},
    ),
    ("سی و پێنج کەس بریندار بوون لە تەقینەوەکەی بەغدا", "wounded explosion", {"wounded": 35}),
    (
        "درۆنێک لە ئاسمانی هەولێر خرایە خوارەوە",
        "intercept drone",
        {"sub_event_type": "Disrupted weapons use"},
    ),
    ("هیچ لایەنێک بەرپرسیارێتیی هێرشەکەی نەگرتووەتە ئەستۆ", "no_claim -claim", {}),
    ("داعش بەرپرسیارێتیی هێرشەکەی گرتە ئەستۆ", "claim attack", {}),
    ("وەزارەتی پێشمەرگە هەواڵی هێرشەکەی ڕەتکردەوە", "denial", {}),
    ("لە ساڵیادی کیمیابارانکردنی هەڵەبجە ڕێوڕەسمێک بەڕێوەچوو", "anniversary", {}),
    ("دادگا حوکمی لەسێدارەدانی بەسەر تیرۆریستێکدا سەپاند", "trial", {}),
    ("مەشقێکی سەربازیی هاوبەش لە هەولێر ئەنجامدرا", "drill", {}),
    ("هەڵبژاردەی عێراق دوو گۆڵی تۆمارکرد", "sport", {}),
    ("ڕووداوێکی هاتوچۆ لەسەر ڕێگای کەرکووک گیانی سێ کەسی سەند", "traffic", {}),
    ("خاڵێکی پشکنین لە نزیک داقوق بووە ئامانجی چەکداران", "checkpoint gunmen -sport", {}),
    ("ئەمە لەوانەیە کاریگەری هەبێت", "-including", {}),
    ("پێنج کەس بریندار بوون و دوو کەس گیانیان لەدەستدا", "wounded -died_later", {}),
    ("چەکدارانی داعش چوونە ناو گوندێک لە کەرکووک", "actor:isis -retake", {}),
    ("سەرۆکوەزیران لەبارەی ئەم پرسە لێدوانی دا", "-civilians -funeral", {}),
    ("بڕیار درا مووشەکەکان بگوازرێنەوە", "missile no_deed -hit", {}),
    ("هێرش بۆ سەر خەڵکی سنجار", "attack -from_place", {}),
]

PERSIAN: list[Row] = [
    (
        "دو سرباز کشته و سه نفر زخمی شدند در انفجار بمب کنار جاده‌ای در کرکوک",
        "ied killed wounded soldiers",
        {"sub_event_type": BOMB, "killed": 2, "wounded": 3},
    ),
    ("کشته شدن پنج نیروی حشد شعبی در حمله داعش در دیاله", "killed attack", {"killed": 5}),
    (
        "حمله پهپادی به فرودگاه اربیل تلفات جانی نداشت",
        "drone_attack airport none_hurt",
        {"sub_event_type": AIR, "killed": 0, "wounded": 0},
    ),
    ("اصابت چند راکت به منطقه سبز بغداد", "rocket rocket_attack green_zone", {"sub_event_type": SHELL}),
    ("حمله موشکی به پایگاه عین‌الاسد", "missile_attack base", {"sub_event_type": SHELL}),
    (
        "انفجار خودروی بمب‌گذاری‌شده در بعقوبه ۱۲ کشته و ۲۰ زخمی بر جای گذاشت",
        "car_bomb killed wounded",
        {"sub_event_type": BOMB, "killed": 12, "wounded": 20},
    ),
    (
        "عامل انتحاری خود را در بازاری در بغداد منفجر کرد",
        "suicide market",
        {"sub_event_type": "Suicide bomb"},
    ),
    (
        "ترور یک فعال مدنی در بصره به دست افراد مسلح ناشناس",
        "assassination activist gunmen",
        {"sub_event_type": "Attack"},
    ),
    ("داعش سه شهروند را در خانقین ربود", "abduction", {"sub_event_type": "Abduction/forced disappearance"}),
    ("بازداشت چهار تروریست داعشی در کرکوک", "arrest militants", {"sub_event_type": "Arrests"}),
    ("کشف انبار مهمات داعش در موصل", "seize_arms", {"sub_event_type": "Disrupted weapons use"}),
    ("خنثی‌سازی بمب در نزدیکی بغداد", "defuse", {"sub_event_type": "Disrupted weapons use"}),
    ("درگیری مسلحانه دو عشیره در میسان", "clash tribesmen", {"sub_event_type": "Armed clash"}),
    ("حمله توپخانه‌ای ترکیه به روستاهای دهوک", "shelling artillery", {"sub_event_type": SHELL}),
    ("جنگنده‌های ترکیه کوهستان قندیل را بمباران کردند", "aircraft airstrike", {"sub_event_type": AIR}),
    (
        "کاروان لجستیک ائتلاف آمریکا در بابل هدف بمب کنار جاده‌ای قرار گرفت",
        "convoy ied",
        {"sub_event_type": BOMB},
    ),
    ("تظاهرات صدها نفر در ناصریه", "protest", {"sub_event_type": "Peaceful protest"}),
    (
        "آتش زدن مقر احزاب به دست معترضان در ناصریه",
        "riot party_office protesters",
        {"sub_event_type": "Violent demonstration"},
    ),
    (
        "نیروهای عراقی روستاهای جنوب موصل را آزاد کردند",
        "retake security_forces",
        {"sub_event_type": "Government regains territory"},
    ),
    (
        "پدافند هوایی پهپاد را در نزدیکی عین‌الاسد سرنگون کرد",
        "intercept drone",
        {"sub_event_type": "Disrupted weapons use"},
    ),
    ("کشف جسد سه نفر در سامرا", "found_bodies killed", {"killed": 3}),
    (
        "نارنجک دستی به سوی خانه یک قاضی در العماره پرتاب شد",
        "grenade homes official",
        {"sub_event_type": "Grenade"},
    ),
    ("دست‌کم بیست و پنج نفر در انفجار بغداد جان باختند", "at_least killed explosion", {"killed": 25}),
    ("شش پلیس در حمله داعش زخمی شدند", "wounded police", {"wounded": 6}),
    ("هیچ گروهی مسئولیت این حمله را بر عهده نگرفته است", "no_claim -claim", {}),
    ("داعش مسئولیت این حمله را بر عهده گرفت", "claim attack", {}),
    ("حشد شعبی خبر حمله به مقرهایش را تکذیب کرد", "denial", {}),
    ("مراسم سالگرد انفجار کراده در بغداد برگزار شد", "anniversary", {}),
    ("دادگاه عراق سه تروریست را به اعدام محکوم کرد", "trial", {}),
    ("رزمایش مشترک ارتش عراق در الانبار", "drill army", {}),
    ("حمله هوایی در حمرین", "airstrike -weather", {"sub_event_type": AIR}),
    ("تیم ملی فوتبال عراق با گل مهاجم خود پیروز شد", "sport", {}),
    ("آنها محل را ترک کردند", "-country:TR:people", {}),
    ("تصادف رانندگی در جاده کرکوک", "traffic", {}),
    (
        "قبل از ظهر امروز در حمله انتحاری در بغداد ده نفر کشته شدند",
        "suicide_bombing -in_time",
        {"killed": 10},
    ),
    ("۵ نفر مجروح و ۲ نفر جان باختند", "wounded -died_later", {}),
    ("نخست وزیر وارد شهر نجف شد", "-retake", {}),
    ("این فیلم لحظه انفجار را نشان می‌دهد", "explosion -artwork", {}),
    ("حمله به بیمارستان الرمادی", "attack -taken_to", {}),
    ("مجروحان به بیمارستان منتقل شدند", "wounded taken_to", {}),
    ("رهبر جریان صدر تظاهرات را لغو کرد", "protest -no_protest", {}),
]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    """The shipped lexicon; no models are needed."""
    return Analyser(shipped_lexicon(), {})


def understood(analyser: Analyser, code: str, sentence: str) -> Understood:
    """What is understood of a headline in a feed about Iraq, before any model decides."""
    return analyser.understand(document(code, sentence, "", published=PUBLISHED, feed_scope="iraq"))


def first_event(analyser: Analyser, code: str, sentence: str) -> Event:
    """The event that a sentence tells, whatever a model would make of it."""
    seen = understood(analyser, code, sentence)
    found = drafts(seen.frames)
    assert found
    return build(seen.scene, found[0], 1.0)


def _rows() -> list[Any]:
    """All rows with their language, named so that a failure tells which sentence."""
    return [
        pytest.param(code, *row, id=f"{code}-{number:02}")
        for code, rows in (("ar", ARABIC), ("ckb", SORANI), ("fa", PERSIAN))
        for number, row in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(("code", "sentence", "concepts", "event"), _rows())
def test_sentence_is_understood(
    analyser: Analyser, code: str, sentence: str, concepts: str, event: dict[str, Any]
) -> None:
    """The concepts of a sentence are found and its event is coded as an ACLED coder would."""
    keys = concepts_read(code, sentence + "\n")
    wanted = {c for c in concepts.split() if not c.startswith("-")}
    refused = {c[1:] for c in concepts.split() if c.startswith("-")}
    assert wanted <= keys
    assert not refused & keys
    if not event:
        return
    coded = first_event(analyser, code, sentence)
    assert {name: getattr(coded, name) for name in event} == event


@pytest.mark.parametrize(
    ("code", "sentence", "day"),
    [
        ("ar", "انفجرت عبوة ناسفة في كركوك مساء أمس الثلاثاء", "2021-03-09"),
        ("ar", "قتل شرطي في بعقوبة يوم الاثنين", "2021-03-08"),
        ("ar", "انفجرت عبوة ناسفة في كركوك في 5 آذار", "2021-03-05"),
        ("ar", "انفجرت عبوة ناسفة في كركوك في 28 شباط/فبراير", "2021-02-28"),
        ("ar", "أفاد مصدر أمني، الأربعاء، بانفجار عبوة ناسفة في كركوك ظهر الثلاثاء", "2021-03-09"),
        ("ckb", "دوێنێ بۆمبێکی چێنراو لە کەرکووک تەقییەوە", "2021-03-09"),
        ("ckb", "ڕۆژی دووشەممە بۆمبێکی چێنراو لە کەرکووک تەقییەوە", "2021-03-08"),
        ("ckb", "لە ٥ی ئازار بۆمبێکی چێنراو لە کەرکووک تەقییەوە", "2021-03-05"),
        ("ckb", "لە پێنجی ئازار بۆمبێکی چێنراو لە کەرکووک تەقییەوە", "2021-03-05"),
        ("fa", "دیروز بمب کنار جاده‌ای در کرکوک منفجر شد", "2021-03-09"),
        ("fa", "روز دوشنبه بمب کنار جاده‌ای در کرکوک منفجر شد", "2021-03-08"),
        ("fa", "۵ مارس بمب کنار جاده‌ای در کرکوک منفجر شد", "2021-03-05"),
    ],
)
def test_date_words_are_resolved_against_publication(
    analyser: Analyser, code: str, sentence: str, day: str
) -> None:
    """Weekdays, yesterday and the months of each naming lead to the day of the event."""
    assert str(first_event(analyser, code, sentence).date) == day


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        (
            "لە شەڕێکدا لە کەرکووک سەربازێک گیانی لەدەستدا، فەرماندەی لیوای ٥٠ بە سووکی بریندار بوو",
            {"wounded": None},
        ),
        ("بۆمبێکی چێنراو لە کەرکووک تەقییەوە و شۆفێرەکەی کوژرا", {"killed": 1}),
        ("ماتۆڕسکیلێکی بۆمبڕێژکراو لە کەرکووک تەقییەوە", {"weapons": ("ied",)}),
        ("بۆمبێکی چێنراو لە باشووری پردێ تەقییەوە", {"place": "Altun Kupri"}),
    ],
)
def test_kurdish_units_drivers_and_motorcycle_bombs_are_told_apart(
    analyser: Analyser, sentence: str, event: dict[str, object]
) -> None:
    """A brigade's number is no toll; the vehicle's driver is one person; a motorcycle bomb is an explosive device."""
    coded = first_event(analyser, "ckb", sentence)
    assert {name: getattr(coded, name) for name in event} == event


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        (
            "لە کەلار چەقۆیان لە پشتی مامۆستایەک دا",
            {"sub_event_type": "Attack", "place": "Kalar"},
        ),
        (
            "دوێنێ لە کەرکووک چوار سەرباز شەهادەتیان نۆشی کاتێک چەکداران ڕەشاشیان لێ بەستن",
            {"killed": 4},
        ),
        (
            "لە پێنجوێن دوو جووتیار چوونە سەر مینێک و ژیانیان کۆتایی هات",
            {"sub_event_type": BOMB, "killed": 2, "place": "Penjwin"},
        ),
        ("تۆپخانەی تورکیا شاخەکانی شێلادزێی داکوتا", {"sub_event_type": SHELL, "place": "Shiladze"}),
        (
            "چەند کەسێکی چەکدار پارێزەرێکیان لە حیللە ڕاپێچی شوێنێکی نادیار کرد",
            {"sub_event_type": "Abduction/forced disappearance"},
        ),
        ("ئاسایشی هەڵەبجە سێ ئەندامی داعشی کەلەپچە کرد", {"sub_event_type": "Arrests", "killed": None}),
        (
            "حەشد ژێرزەمینێکی چەکی لە ڕاوە ئاشکرا کرد",
            {"sub_event_type": "Disrupted weapons use"},
        ),
        (
            "پێشمەرگە گوندێکی مەخمووری لە داعش ستاندەوە",
            {"sub_event_type": "Government regains territory"},
        ),
        (
            "ئاڵای ڕەش لە گوندێکی نزیک خانەقین هەڵواسرا",
            {"sub_event_type": "Non-state actor overtakes territory"},
        ),
        (
            "دەرچووانی نەوت لە عەمارە خێوەتیان هەڵدا و داوای دامەزراندن دەکەن",
            {"sub_event_type": "Peaceful protest"},
        ),
        (
            "ئۆفیسی ڕێکخراوێکی خێرخوازی لە کووت ژێروژوور کرا",
            {"sub_event_type": "Looting/property destruction"},
        ),
        ("لە سەماوە بۆمبێکی سەر ڕێگا تەقییەوە، خێزانەکە ساغ و سەلامەتن", {"killed": 0, "wounded": 0}),
    ],
)
def test_kurdish_reporters_many_ways_of_telling_a_deed(
    analyser: Analyser, sentence: str, event: dict[str, object]
) -> None:
    """Idioms of war reporting and everyday verbs lead to the same deed as the plain words."""
    coded = first_event(analyser, "ckb", sentence)
    assert {name: getattr(coded, name) for name in event} == event


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("بۆنی نانی گەرم شارۆچکەکەی گرتەوە", "retake"),
        ("فەرماندەی ئۆپەراسیۆنەکانی دیالە سەردانی قوتابخانەیەکی کرد", "operation"),
        ("یەکەم کوتانی دژە پەتا لە کووت دەستی پێکرد", "shelling"),
        ("یاریزانەکە دەرفەتێکی لە دەست دا و یانەکە دۆڕا", "wounded"),
        ("تۆپی یارییەکە بەر ستوون کەوت", "shelling"),
        ("ئۆتۆمبێلێکی بێ تابلۆ لە شەقام وەستابوو", "culture"),
        ("مۆم لەسەر کێکی لەدایکبوون داگیرسا", "protest"),
        ("چەقۆی چێشتخانەکە تیژ کرایەوە", "stabbing"),
        ("دژ بە بۆردومانی گوندەکانیان گردبوونەوەیەکی ناڕەزایی سازکرا", "airstrike"),
        ("پۆلیسی هاتوچۆ کەمینی خێرایی لە ڕێگاکە دانا", "ambush"),
        ("هونەرمەندەکە تابلۆی سیاسیی کۆن دەفرۆشێت", "looting"),
    ],
)
def test_kurdish_words_of_deeds_in_innocent_sentences(sentence: str, absent: str) -> None:
    """Pounding of vaccines, smells that fill a town and commanders' titles tell no deed."""
    assert absent not in concepts_read("ckb", sentence)


CLASH = "Armed clash"
ARMS = "Disrupted weapons use"


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        (
            "مغازه‌ای در بصره به مسلسل بسته شد و صاحب مغازه درجا جان سپرد",
            {"sub_event_type": "Attack", "killed": 1},
        ),
        (
            "پزشکی در کرکوک چاقو خورد",
            {"sub_event_type": "Attack", "wounded": 1},
        ),
        ("سه پیشمرگه در درگیری با داعش در کفری به خون غلتیدند", {"sub_event_type": CLASH, "killed": 3}),
        ("چوپانی در سنجار قربانی مین شد", {"sub_event_type": BOMB, "place": "Sinjar"}),
        ("خمپاره‌های سرگردان در ابوصیدا سه خانه را ویران کرد", {"sub_event_type": SHELL}),
        ("وانتی در سنجار طعمه پهپاد شد", {"sub_event_type": AIR}),
        (
            "مردان مسلح فعال مدنی را در کربلا سوار خودرو کردند و بردند",
            {"sub_event_type": "Abduction/forced disappearance"},
        ),
        ("پلیس بعقوبه چهار متهم را به بازداشتگاه برد", {"sub_event_type": "Arrests", "place": "Baqubah"}),
        ("پدافند عین‌الاسد دو پهپاد را در هوا زد", {"sub_event_type": ARMS}),
        (
            "ارتش میدان نفتی عجیل را از چنگ گروه‌های مسلح درآورد",
            {"sub_event_type": "Government regains territory"},
        ),
        (
            "قرارگاه حشد در عکاشات افتتاح شد",
            {"sub_event_type": "Headquarters or base established"},
        ),
        (
            "ده‌ها نفر از اهالی کلار با چوب و سنگ به کمپ کارگران ریختند",
            {"sub_event_type": "Mob violence"},
        ),
        ("زنجیره انسانی مادران در میدان التحریر", {"sub_event_type": "Peaceful protest"}),
        (
            "گلوله جنگی به سینه معترضان در ناصریه؛ دو معترض جان از کف دادند",
            {"sub_event_type": "Excessive force against protesters"},
        ),
        ("بمبی در رانیه منفجر شد اما نه راننده خراشی برداشت و نه همراهش", {"killed": 0, "wounded": 0}),
    ],
)
def test_persian_idioms_of_reporters_tell_the_deed_and_its_toll(
    analyser: Analyser, sentence: str, event: dict[str, object]
) -> None:
    """The many ways in which Persian tells a deed, a death, a wound or an escape."""
    coded = first_event(analyser, "fa", sentence)
    assert {name: getattr(coded, name) for name in event} == event


@pytest.mark.parametrize(
    ("sentence", "absent"),
    [
        ("قیمت طلا در بازار بغداد به هوا رفت", "explosion"),
        ("مهاجم الشرطه نقش زمین شد و داور پنالتی گرفت", "kill"),
        ("تلاش تیم ملی عراق در اردن شکست خورد", "foil"),
        ("لوح سومری از دل خاک ذی‌قار بیرون آمد", "seize_arms"),
        ("این نمایشگاه نظر دانشجویان را جلب کرد", "arrest"),
        ("نامزدها در بغداد به هم رسیدند و آشتی کردند", "clash"),
        ("کلنگ راه‌آهن شلمچه به زمین خورد", "hit"),
        ("باران سیل‌آسا در دهوک راه روستاها را بند آورد", "protest"),
        ("پروژه مین‌روبی بصره امسال بودجه گرفت", "defuse"),
        ("آتش‌بازی گل‌ها در ورزشگاه بصره تماشاگران را به وجد آورد", "arson"),
        ("نمایندگان بر سر بودجه به توافق رسیدند", "truce"),
        ("سرقت گوشی یک جوان در بازار اربیل", "abduction"),
        ("هیچ راکتی در کی‌وان فرود نیامده است", "hit"),
        ("خیاطی در خیابان کربلا", "protest"),
    ],
)
def test_persian_idioms_leave_everyday_sentences_alone(sentence: str, absent: str) -> None:
    """The same verbs in sport, business, weather and other everyday talk tell no deed."""
    assert absent not in concepts_read("fa", sentence + "\n")


ATTACK, CLASH, SEIZED, ARREST, TAKEN = (
    "Attack",
    "Armed clash",
    "Disrupted weapons use",
    "Arrests",
    "Abduction/forced disappearance",
)


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("رصاص مسلحين يردي شيخ عشيرة في سامراء", {"sub_event_type": ATTACK, "killed": 1}),
        (
            "عاجله مجهولان بثلاث رصاصات قرب داره في بعقوبة ولفظ أنفاسه",
            {"sub_event_type": ATTACK, "killed": 1},
        ),
        ("سدد ملثم طعنات إلى صاحب محل في كركوك", {"sub_event_type": ATTACK, "weapons": ("knife",)}),
        ("اصطدمت قوة من الجيش بمفرزة لداعش قرب كفري", {"sub_event_type": CLASH}),
        ("داست سيارة رعاة لغماً من مخلفات داعش قرب بيجي", {"sub_event_type": BOMB}),
        ("مفخخة مركونة تضرب سوقاً في بعقوبة", {"sub_event_type": BOMB, "weapons": ("car_bomb",)}),
        ("انهمرت خمس قذائف هاون على بيوت قرية في المقدادية", {"sub_event_type": SHELL}),
        ("درون تركية تطارد سيارة في سنجار", {"sub_event_type": AIR, "weapons": ("drone",)}),
        ("ألقت طائرتان أربع قنابل على كهف لداعش في حمرين", {"sub_event_type": AIR}),
        ("دحرج مجهول رمانة دفاعية أمام دار في البصرة", {"sub_event_type": "Grenade"}),
        ("قيادي في داعش خلف القضبان في الموصل", {"sub_event_type": ARREST}),
        ("نفق في حديثة يخفي ترسانة صواريخ", {"sub_event_type": SEIZED}),
        ("عطل الخبراء عبوة ناسفة مزروعة في جلولاء", {"sub_event_type": SEIZED}),
        ("موظفون يفترشون الأرض أمام مبنى محافظة ذي قار", {"sub_event_type": "Peaceful protest"}),
        (
            "الشرطة تمنع خريجين من الوصول إلى وزارة النفط في بغداد",
            {"sub_event_type": "Protest with intervention"},
        ),
        (
            "أياد عابثة تحطم شواهد قبور في كركوك",
            {"sub_event_type": "Looting/property destruction"},
        ),
    ],
)
def test_arabic_deeds_are_found_in_whatever_words_they_are_told(
    analyser: Analyser, sentence: str, event: dict[str, object]
) -> None:
    """Idioms of short briefs tell the same deeds as the agencies' set phrases."""
    coded = first_event(analyser, "ar", sentence)
    assert {name: getattr(coded, name) for name in event} == event


@pytest.mark.parametrize(
    "sentence",
    [
        "تردي الخدمات في البصرة يثير غضب الأهالي",
        "المنتخب العراقي يتلقى هدفين في البصرة",
        "المدرب يصوب نحو اللقب في أربيل",
        "قص محافظ كربلاء شريط افتتاح المستشفى",
        "القاضي أحيل إلى التقاعد في بغداد",
        "النص يقع في فخ التكرار منذ الحلقة الرابعة",
        "سقوط أمطار غزيرة على دهوك",
        "الشركة تفقد اثنين من عملائها في بغداد",
        "نزف لكم بشرى افتتاح الجسر في الموصل",
        "وزارة الصحة تعالج آلاف المرضى في النجف",
        "طائرة رباعية المحركات تهبط في مطار النجف",
        "السلاح خارج سيطرة الدولة موضوع نقاش في بغداد",
    ],
)
def test_arabic_words_of_other_matters_tell_no_deed(analyser: Analyser, sentence: str) -> None:
    """The words of those idioms in sport, trade and weather make no event."""
    assert not drafts(understood(analyser, "ar", sentence).frames)
