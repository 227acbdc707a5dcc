"""Turkish, Persian and Sorani: where a clause ends, who was attacked, what was found; on the shipped lexicon."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import events_of, only_event
from worker.domain.understanding.words.matcher import read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "tr",
            "Irak'ta iki saldırı\nMusul'da bombanın patlaması sonucu iki polis öldü, Kerkük'te düzenlenen silahlı saldırıda üç sivil öldü.",
        ),
        (
            "tr",
            "Irak'ta iki saldırı\nMusul'da bombanın patlaması sonucu iki polis ölürken Kerkük'te düzenlenen silahlı saldırıda üç sivil öldü.",
        ),
        (
            "fa",
            "دو حمله در عراق\nدر انفجار بمب در موصل دو پلیس کشته شدند و در کرکوک سه غیرنظامی در تیراندازی افراد مسلح کشته شدند.",
        ),
        (
            "ckb",
            "دوو هێرش لە عێراق\nلە مووسڵ بۆمبێک تەقییەوە و دوو پۆلیس کوژران، لە کەرکووک چەکداران تەقەیان لە سێ هاووڵاتی کرد و کوشتیانن.",
        ),
    ],
)
def test_a_comma_or_connective_behind_the_verb_and_before_another_place_begins_another_deed(
    analyser, language, text
):
    found = events_of(analyser, language, text)
    assert [(e.place, e.killed) for e in found] == [("Mosul", 2), ("Kirkuk", 3)]


def test_a_comma_in_a_list_of_places_cuts_nothing(analyser):
    text = "Irak'ta hava harekâtı\nTürk uçakları Metina, Gara ve Hakurk'taki hedefleri bombaladı, PKK'lılara kayıp verdirdi."
    found = events_of(analyser, "tr", text)
    assert {e.sub_event_type for e in found} == {"Air/drone strike"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Havice'de Haşdi Şabi pusuya düştü\nKerkük'ün Havice ilçesinde dört Haşdi Şabi mensubu öldü."),
        ("tr", "Havice'de saldırı\nDEAŞ, Haşdi Şabi konvoyuna Havice'de saldırdı."),
        ("ckb", "هێزێکی حەشدی شەعبی کەوتە بۆسە\nلە حەویجە هێزێکی حەشدی شەعبی کەوتە بۆسەی داعش."),
    ],
)
def test_who_fell_into_an_ambush_or_had_something_attacked_is_no_doer(analyser, language, text):
    event = events_of(analyser, language, text)[0]
    assert "hashd" not in event.actors
    assert "hashd" in event.targets


def test_bases_of_a_country_that_are_attacked_are_not_its_air_raid(analyser):
    text = "ABD üslerine iki saldırı\nIrak'taki Harir Üssü dün roketlerle hedef alındı."
    event = events_of(analyser, "tr", text)[0]
    assert "us_forces" not in event.actors
    assert "us_forces" in event.targets


def test_belts_found_after_a_raid_make_no_suicide_bombing(analyser):
    text = "Hatra'da operasyon\nIrak ordusu Hatra çölünde beş DEAŞ'lıyı öldürdü, iki patlayıcı kemer buldu."
    event = events_of(analyser, "tr", text)[0]
    assert event.sub_event_type == "Armed clash"


def test_rebels_whose_arms_were_found_are_no_finders(analyser):
    text = "Rutba'da silah deposu\nEnbar'ın Rutba ilçesinde DEAŞ'a ait silah deposu bulundu."
    event = events_of(analyser, "tr", text)[0]
    assert (event.sub_event_type, event.actors, event.targets) == ("Disrupted weapons use", (), ("isis",))


def test_an_arms_depot_that_rockets_hit_was_not_found(analyser):
    text = "حمله به پایگاه\nشلیک راکت به پایگاه التاجی موجب انفجار انبار مهمات شد."
    event = events_of(analyser, "fa", text)[0]
    assert event.sub_event_type == "Shelling/artillery/missile attack"


def test_nobody_hurt_in_the_last_of_like_deeds_holds_for_those_before(analyser):
    text = "Drones downed\nA drone was shot down over Ain al-Asad on Tuesday. Another drone was shot down near Erbil airport at noon. Nobody was hurt."
    found = events_of(analyser, "en", text)
    assert [(e.place, e.wounded) for e in found] == [
        ("Al Asad Air Base", 0),
        ("Erbil International Airport", 0),
    ]


def test_a_market_is_no_sunday(analyser):
    text = "Bağdat'ta saldırı\nBağdat'ta bir pazar yerinde bomba patladı, iki kişi öldü."
    assert events_of(analyser, "tr", text)[0].date is None
    text = "Bağdat'ta saldırı\nBağdat'ta pazar günü bomba patladı, iki kişi öldü."
    assert events_of(analyser, "tr", text)[0].date == date(2026, 3, 8)


def test_a_meeting_on_the_day_of_a_massacre_years_ago_is_no_massacre(analyser):
    text = "سالگرد کشتار اسپایکر\nخانواده‌های دانشجویانی که در ژوئن ۲۰۱۴ در تکریت به دست داعش تیرباران شدند، روز یکشنبه در بغداد گرد هم آمدند."
    assert events_of(analyser, "fa", text) == ()


def test_a_base_in_a_province_is_not_the_base_of_that_name(analyser):
    text = "حمله داعش در عراق\nعناصر داعش دیروز به یک مقر ارتش عراق در استان کرکوک حمله کردند و سه سرباز کشته شدند."
    assert events_of(analyser, "fa", text)[0].place == "Kirkuk"


def test_a_bases_own_name_is_not_read_as_the_next_towns_base(analyser):
    text = "شلیک راکت\nدو راکت به پایگاه الصقر در جنوب بغداد شلیک شد."
    assert [e.place for e in events_of(analyser, "fa", text)] == ["Camp Saqr"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ckb", "تۆپباران\nدوێنێ و ئەمڕۆ تۆپخانەی تورکیا سنووری سیدەکانی تۆپباران کرد."),
        ("tr", "Top atışı\nDün ve bugün Türk topçusu Irak'ın Sidekan nahiyesini top ateşine tuttu."),
    ],
)
def test_yesterday_and_today_is_no_single_day(analyser, language, text):
    assert events_of(analyser, language, text)[0].date is None


def test_a_shepherd_is_no_town_of_that_name(analyser):
    text = "تەقینەوەی مین\nلە پێنجوێن مینێک تەقییەوە و شوانێکی عێراقی بریندار بوو."
    assert [e.place for e in events_of(analyser, "ckb", text)] == ["Penjwin"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ckb",
            "هێرشی داعش\nچەکدارانی داعش هێرشیان کردە سەر گوندێک لە خانەقین، سێ جووتیاریان کوشت و دوو کەسیان ڕفاند.",
        ),
        (
            "en",
            "Village attacked\nISIS men attacked a village near Khanaqin, killed three farmers and kidnapped two.",
        ),
    ],
)
def test_an_attack_that_killed_before_it_took_captives_is_an_attack(analyser, language, text):
    event = events_of(analyser, language, text)[0]
    assert (event.sub_event_type, event.killed) == ("Attack", 3)


def test_a_gas_bottle_that_burst_is_no_bombing(analyser):
    text = "Erbil'de tüp patladı\nErbil'de bir evde tüp patladı, üç kişi yaralandı."
    assert events_of(analyser, "tr", text) == ()


def test_a_headlines_count_ends_where_each_attack_is_told(analyser):
    text = "Two attacks in Iraq\nGunmen attacked a checkpoint in Kirkuk on Tuesday, killing two policemen. A roadside bomb killed a soldier in Baqubah."
    assert [e.count for e in events_of(analyser, "en", text)] == [None, None]


def test_what_stands_in_the_gap_of_a_general_phrase_keeps_its_meaning(analyser):
    text = "حمله به القائم\nپنج مقر کتائب حزب‌الله در القائم عراق دیروز هدف حملات هوایی آمریکا قرار گرفت."
    event = events_of(analyser, "fa", text)[0]
    assert event.sub_event_type == "Air/drone strike"


def test_beside_a_road_in_a_town_is_in_the_town(analyser):
    text = "انفجار در عراق\nچهار سرباز عراقی دیروز در انفجار بمب کنار جاده در فلوجه کشته شدند."
    assert events_of(analyser, "fa", text)[0].place == "Fallujah"


def test_on_the_eve_of_a_feast_is_not_the_capital_of_kazakhstan(analyser):
    tongue = analyser.lexicon.tongues["fa"]
    assert not read("در آستانه عید قربان", tongue).of(0).countries


def test_who_did_all_that_a_headline_sums_up_did_each(analyser):
    text = "DEAŞ saldırılarında 7 ölü\nDEAŞ saldırılarında Dakuk'ta biri kadın üç sivil öldürüldü. Celavla'da ise devriyeye açılan ateşte dört asker öldü."
    found = events_of(analyser, "tr", text)
    assert [(e.killed, "isis" in e.actors) for e in found] == [(3, True), (4, True)]


def test_a_preposition_glued_to_a_name_hides_it_not(analyser):
    text = "انفجار در عراق\nدیروز بمبی درکرکوک منفجر شد و دو نفر کشته شدند."
    assert events_of(analyser, "fa", text)[0].place == "Kirkuk"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "tr",
            "Dışişleri: Musul'daki rehinelerin kurtarılması için çalışıyoruz\nBakanlık ailelerle temas halinde.",
        ),
        ("fa", "درخواست فرانسه برای آزادی گروگان‌های فرانسوی در عراق\nپاریس با بغداد مذاکره می‌کند."),
        ("ckb", "کەسوکاری ڕفێنراوانی کەرکووک داوای ئازادکردنیان دەکەن\nکەسوکارەکان لە کەرکووک کۆبوونەوە."),
        ("tr", "BM: Irak'ta mayısta 38 sivil öldü\nRapora göre 64 sivil de yaralandı."),
        ("tr", "Bağdat'ta pazartesi günü yapılacak gösteri öncesi önlem\nPolis kontrolleri artırdı."),
        ("fa", "اعترافات عامل ترور فعال مدنی در بصره\nفیلم در تلویزیون عراق پخش شد."),
        ("ckb", "ئەمریکا: وەڵامی هەر هێرشێک بۆ سەر بنکەکانمان لە عێراق دەدەینەوە\nوتەبێژەکە وای گوت."),
    ],
)
def test_pleas_monthly_figures_confessions_and_what_is_to_come_are_no_events(analyser, language, text):
    assert events_of(analyser, language, text) == ()


def test_a_raid_on_places_of_two_countries_named_together_is_told_of_iraq_too(analyser):
    text = "حمله به القائم\nپنج مقر کتائب حزب‌الله در القائم عراق و البوکمال سوریه یکشنبه‌شب هدف حملات هوایی آمریکا قرار گرفت."
    event = events_of(analyser, "fa", text)[0]
    assert (event.sub_event_type, event.date) == ("Air/drone strike", date(2026, 3, 8))


def test_a_cause_before_the_verb_does_not_swallow_the_deed(analyser):
    text = "حمله آمریکا\nجنگنده‌های آمریکایی دیروز مقر کتائب حزب‌الله در جرف الصخر عراق را در واکنش به حمله راکتی به التاجی بمباران کردند."
    assert events_of(analyser, "fa", text)[0].sub_event_type == "Air/drone strike"


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("آشتی دو طایفه\nسران دو طایفه دیروز در شهر ناصریه سند صلح امضا کردند.", "Agreement", "Nasiriyah"),
        (
            "پایان نزاع عشایری\nعشایر ابوالخصیب دیروز با هم آشتی کردند و به دشمنی چندساله پایان دادند.",
            "Agreement",
            "Abu al-Khasib",
        ),
        (
            "واگذاری پاسگاه\nپیشمرگه دیروز پاسگاهی را در داقوق بدون درگیری به ارتش عراق سپرد.",
            "Non-violent transfer of territory",
            "Daquq",
        ),
        (
            "ترکیه پایگاه می‌سازد\nارتش ترکیه دیروز در بامرنی عراق قرارگاهی تازه برپا کرد.",
            "Headquarters or base established",
            "Bamarni",
        ),
        (
            "عقب‌نشینی حشد از سنجار\nحشدالشعبی دیروز مواضع خود را در سنجار تخلیه کرد.",
            "Change to group/activity",
            "Sinjar",
        ),
        (
            "تاراج در داقوق\nعناصر داعش دیشب اموال اهالی داقوق در کرکوک عراق را به یغما بردند و نخلستان‌ها را سوزاندند.",
            "Looting/property destruction",
            "Daquq",
        ),
        (
            "تجاوز در موصل\nسه شبه‌نظامی دیروز در موصل عراق به زنی آواره تجاوز کردند.",
            "Sexual violence",
            "Mosul",
        ),
        (
            "خفگی پیشمرگه‌ها\nداعش دیروز با خمپاره‌های آغشته به مواد سمی مواضع پیشمرگه را در سنجار کوبید.",
            "Chemical weapon",
            "Sinjar",
        ),
        (
            "جنگ دو طایفه\nمسلحان دو طایفه دیروز در شهر عماره به روی هم آتش گشودند و دو نفر کشته شدند.",
            "Armed clash",
            "Amarah",
        ),
        (
            "سقوط یک شهر\nعناصر داعش دیروز بر شهر رطبه در استان انبار چیره شدند.",
            "Non-state actor overtakes territory",
            "Rutba",
        ),
        (
            "شهر آزاد شد\nنیروهای عراقی دیروز شهر هیت را از چنگال تکفیری‌ها بیرون آوردند.",
            "Government regains territory",
            "Hit",
        ),
        (
            "پهپادها افتادند\nپدافند هوایی دیروز دو پهپاد را بر فراز اربیل به زیر کشید که کشته یا زخمی نداشت.",
            "Disrupted weapons use",
            "Erbil",
        ),
    ],
)
def test_persian_words_for_the_rarer_kinds_of_event(analyser, text, kind, place):
    event = only_event(analyser, "fa", text)
    assert (event.sub_event_type, event.place) == (kind, place)


@pytest.mark.parametrize(
    "text",
    [
        "سامانه تازه\nوزارت ارتباطات عراق دیروز در بغداد یک پایگاه داده جدید ایجاد کرد.",
        "سمپاشی\nوزارت کشاورزی عراق دیروز عملیات هوایی مبارزه با آفت خرما را با چهار بالگرد در بصره آغاز کرد.",
        "آتش در بازار\nآتشی که دیشب در بازار موصل زبانه کشید جان پنج نفر را گرفت.",
        "نیروگاه\nوزارت برق عراق دیروز نیروگاه تازه بصره را از سازنده تحویل گرفت.",
        "آشتی\nدو بازیگر سرشناس عراق دیروز در بغداد با هم آشتی کردند.",
        "فوتبال\nتیم ملی عراق دیشب در بصره اردن را زد و صدر گروه را گرفت.",
        "وعده ائتلاف\nائتلاف هفته آینده پایگاه تاجی را به ارتش عراق تحویل می‌دهد.",
        "شکایت\nبغداد دیروز درباره حمله اسرائیل به ایران به شورای امنیت یادداشت اعتراض داد.",
    ],
)
def test_persian_words_that_look_like_a_deed_make_none(analyser, text):
    assert events_of(analyser, "fa", text) == ()


@pytest.mark.parametrize(
    ("told", "killed", "wounded"),
    [
        ("ولی به کسی گزندی نرسید", 0, 0),
        ("ولی خون از دماغ کسی نریخت", 0, 0),
        ("ولی نه کشته‌ای داشت و نه زخمی", 0, 0),
        ("بی‌آنکه کسی کشته یا زخمی شود", 0, 0),
        ("ولی آسیب جانی در پی نداشت", 0, None),
        ("ولی هیچ‌یک از سربازان کشته نشدند", 0, None),
    ],
)
def test_persian_says_in_many_ways_that_nobody_was_hurt(analyser, told, killed, wounded):
    text = f"راکت در تاجی\nدیروز دو راکت به پایگاه تاجی در شمال بغداد اصابت کرد {told}."
    event = only_event(analyser, "fa", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("دو شب پیش", 9),
        ("دیشب دیرهنگام", 10),
        ("نیمه‌های شب گذشته", 10),
        ("غروب دیروز", 10),
        ("صبح پریروز", 9),
    ],
)
def test_persian_hours_of_the_last_days(analyser, when, day):
    text = f"ترور در بصره\n{when} افراد مسلح یک پیمانکار را در ابوالخصیب بصره ترور کردند."
    event = only_event(analyser, "fa", text)
    assert (event.date, event.killed) == (date(2026, 3, day), 1)


def test_who_owns_up_in_a_statement_is_the_doer(analyser):
    text = "انفجار در بغداد\nخودروی بمب‌گذاری‌شده دیروز در بغداد هشت نفر را کشت.\nگروه داعش با انتشار بیانیه‌ای مسئولیت این حمله را پذیرفت."
    assert "isis" in events_of(analyser, "fa", text)[0].actors


def test_what_was_fired_from_one_place_and_fell_at_another_is_one_deed(analyser):
    text = (
        "چوار ڕۆکێت بۆ پاڵاوگەیەک\nئەمڕۆ چوارشەممە چوار ڕۆکێت لە سنووری بەرتەڵە هاوێژراون و لە نزیک پاڵاوگەی کەورگۆسک"
        " کەوتوونەتە خوارەوە. کەس نەکوژراوە و بریندار نەبووە."
    )
    event = only_event(analyser, "ckb", text)
    assert (event.sub_event_type, event.killed) == ("Shelling/artillery/missile attack", 0)


@pytest.mark.parametrize(
    ("text", "kind", "killed", "wounded"),
    [
        ("بۆمبێکی چێنراو لە کەرکووک تەقییەوە\nئەمڕۆ بۆمبێکی چێنراو لە کەرکووک تەقییەوە و خوێن لە لووتی کەس نەهاتووە.", "Remote", 0, 0),
        ("هاوەن لە خانەقین\nئەمڕۆ دوو هاوەن لە نزیک خانەقین کەوتنە خوارەوە و هیچ زیانێکی مرۆیی نەبووە.", "Shelling", 0, 0),
        ("ڕۆکێت بۆ هەولێر\nئەمڕۆ سێ ڕۆکێت بەر هەولێر کەوتن؛ نە کوژراومان هەیە نە بریندار.", "Shelling", 0, 0),
        ("درۆنێک لە شنگال\nدوێنێ درۆنێک ئۆتۆمبێلێکی لە خانەسۆر پێکا، سێ کەس تێیدا کوژران و چواریش زامدار بوون.", "Air/drone", 3, 4),
        ("هێرش لە داقووق\nدوێنێ شەو لە داقووق چەکداران گوندنشینێکیان گوللەباران کرد و گیانی لێ سەند.", "Attack", 1, None),
        ("شەڕ لە حەمرین\nئەمڕۆ لە چیای حەمرین سوپا و داعش بەگژ یەکدا چوون و دوو سەرباز گیانیان بەخت کرد.", "Armed", 2, None),
        ("شەڕی دوو عەشیرەت لە بەسرە\nدوێنێ لە قوڕنەی بەسرە دوو عەشیرەت بەربوونە یەکتر؛ دوو کەس کوژران و شەشیش بریندارن.", "Armed", 2, 6),
        ("کەمینێک لە گەرمیان\nدوێنێ پێشمەرگە لە گەرمیان کەوتبوونە کەمینی داعشەوە، سێ پێشمەرگە شەهید کران.", "Armed", 3, None),
        ("غازی کلۆر لە گوێڕ\nدوێنێ داعش لە گوێڕ غازی کلۆری بەکار هێنا و حەوت پێشمەرگە تووشی هەناسەتەنگی بوون.", "Chemical", None, 7),
        ("نارنجۆکێک لە بەغدا\nدوێنێ لە سەدر سیتی لە بەغدا نارنجۆکێک فڕێدرایە ناو ماڵێک و ژنێک گیانی لەدەستدا.", "Grenade", 1, None),
    ],
)  # fmt: skip
def test_sorani_tells_who_fell_and_that_nobody_did_in_many_words(analyser, text, kind, killed, wounded):
    event = only_event(analyser, "ckb", text)
    assert event.sub_event_type.startswith(kind)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("دوو عەشیرەت لە ناسرییە ئاشت بوونەوە\nئەمڕۆ لە ناسرییە دوو عەشیرەت کۆتاییان بە شەڕەکەیان هێنا.", "Agreement", "Nasiriyah"),
        ("پێشمەرگە ناوچەکەی ڕادەستی سوپا کرد\nپێشمەرگە ئەمڕۆ ناحیەی زوممارییان بەبێ شەڕ ڕادەستی سوپای عێراق کرد.", "Non-violent transfer of territory", "Zummar"),
        ("بنکەیەکی تازە لە باتیفا\nسوپای تورکیا ئەمڕۆ لە باتیفا بنکەیەکی سەربازیی دامەزراند.", "Headquarters or base established", "Batifa"),
        ("گەریلا لە مەتین دەکشێنەوە\nپەکەکە ڕایگەیاند ئەمڕۆ گەریلاکانی لە چیای مەتین کشاندەوە.", "Change to group/activity", "Metina (Mount Matin)"),
        ("داعش ئاگر لە دەغڵی جووتیاران بەردەدا\nدوێنێ داعش لە داقووق ئاگریان لە ٢٠٠ دۆنم گەنم بەردا.", "Looting/property destruction", "Daquq"),
        ("ماڵی پارێزگار سووتێنرا\nدوێنێ لە ناسرییە خۆپیشاندەران ماڵی پارێزگاریان ئاگر دا.", "Violent demonstration", "Nasiriyah"),
        ("خۆپیشاندان لە هەولێر\nئەمڕۆ لە هەولێر هێزەکانی ئاسایش ڕێیان لە خۆپیشاندەران گرت.", "Protest with intervention", "Erbil"),
        ("خۆپیشاندان لە چەمچەماڵ\nدوێنێ لە خۆپیشاندانێکی چەمچەماڵ پاسەوانان تەقەیان لە خەڵک کرد.", "Excessive force against protesters", "Chamchamal"),
        ("داعش مووسڵی گرت\nئەمڕۆ داعش مووسڵی گرت و سوپا هەڵات.", "Non-state actor overtakes territory", "Mosul"),
        ("ڕوتبە لە داعش سەندرایەوە\nسوپا ئەمڕۆ ڕوتبەی لە چنگی داعش دەرهێنا.", "Government regains territory", "Rutba"),
        ("کرێکارانی تورک بەدیل گیران\nئەمڕۆ لە بەسرە گرووپێکی چەکدار چوار کرێکاری بە دیل گرت.", "Abduction/forced disappearance", "Basra"),
        ("کۆگایەکی داعش\nسوپا دوێنێ لە حەمرین کۆگایەکی بۆمب و گوللەهاوەنی دۆزیوەتەوە.", "Disrupted weapons use", "Hamrin Mountains"),
    ],
)  # fmt: skip
def test_sorani_words_the_rarer_deeds_in_many_ways(analyser, text, kind, place):
    event = only_event(analyser, "ckb", text)
    assert (event.sub_event_type, event.place) == (kind, place)


@pytest.mark.parametrize(
    "text",
    [
        "پۆلیس: کەس نەڕفێندراوە\nپۆلیسی کەرکووک ڕایگەیاند ڕووداوێکی لەو جۆرە نییە و هەواڵەکە درۆیە.",
        "مەشقێک لە کەرکووک\nسبەی لە کەرکووک مەشقێک بە فیشەکی ڕاستەقینە دەکرێت، گوێبیستی دەنگی تەقینەوە دەبن.",
        "سزای مەرگ بۆ تاوانی سپایکەر\nدادگا ئەمڕۆ سزای مەرگی بەسەر پێنج کەسدا سەپاند کە لە ٢٠١٤ سەربازانیان لە تکریت گوللەباران کردبوو.",
        "جووتیارێک لە کفری بە درۆن باخەکەی دەڕژێنێت\nدرۆنەکە ٢٠ لیتر دەرمان هەڵدەگرێت.",
        "مامۆستایان کۆ بوونەوە\nئەنجوومەنی زانکۆی سلێمانی کۆ بوونەوە و ناکۆکییەکەیان چارەسەر کرد.",
        "چیرۆکی شەڕ\nنووسەرێک لە هەولێر لە کتێبەکەیدا چیرۆکی شەڕی هەشت ساڵەی گێڕایەوە.",
        "بووتڵێکی گاز لە کفری تەقییەوە\nتەقینەوەی بووتڵێکی گاز لە کفری ماڵێکی خاپوور کرد.",
    ],
)
def test_sorani_denials_drills_trials_and_daily_life_are_no_events(analyser, text):
    assert events_of(analyser, "ckb", text) == ()


@pytest.mark.parametrize("word", ["ئاستی بەرز", "بەگوێرەی یاسا", "کارە باشەکان", "هێندە باش"])
def test_everyday_words_of_sorani_are_no_names_of_the_next_language(analyser, word):
    hits = read(f"لە عێراق {word}", analyser.lexicon.tongues["ckb"]).hits
    assert {h.key for h in hits if h.group == "geo"} <= {"country:IQ:names", "place:iraq"}


@pytest.mark.parametrize(
    "text",
    [
        "ئاسایش: هیچ کەسێک لە چەمچەماڵ نەڕفێنراوە\nئاسایشی سلێمانی ئەو هەواڵانەی بە بوختان وەسف کرد کە دەڵێن گەنجێک لە چەمچەماڵ لەلایەن چەکدارانەوە ڕفێنراوە.",
        "هێرشکردنە سەر عەین ئەسەد ڕاستی نییە\nشانەی ڕاگەیاندنی ئەمنی ئەو زانیارییانەی پووچەڵکردەوە کە باس لە کەوتنە خوارەوەی مووشەک دەکەن لە بنکەی عەین ئەسەد.",
        "قایمقامی کەلار: ئەوەی گوێتان لێبوو تەقینەوە نەبوو\nقایمقامی کەلار گوتی ئەو دەنگە بەرزەی دوێنێ شەو بیسترا هی هەورەتریشقە بوو.",
        "وەزارەتی ناوخۆ: ڤیدیۆکە کۆنە\nئەو ڤیدیۆیەی تەقەکردن لە خۆپیشاندەران لە بەسرە نیشان دەدات فەبرەکەیە و هی وڵاتێکی دیکەیە.",
        "ساڵیادی ئازادکردنی تکریت\nلە ساڵیادی ئازادکردنی تکریت ڕێوڕەسمێک بەڕێوەچوو.",
        "پارێزگاری نوێ شوێنی ئەوی پێشووی گرتەوە\nپارێزگاری نوێی کەرکووک دەستبەکار بوو و شوێنی پارێزگاری پێشووی گرتەوە.",
        "یاریزانێک قاچی شکا\nیاریزانێکی یانەی هەولێر لە یارییەکەدا قاچی شکا و گەیەندرایە نەخۆشخانە.",
        "کۆمپانیایەک چالاکییەکانی ڕاگرت\nکۆمپانیایەکی نەوتی بیانی لە هەولێر چالاکییەکانی هەڵپەسارد بەهۆی نرخەوە.",
        "گۆزەیەکی کۆن\nتیمێکی شوێنەوارناسی لە هەولێر گۆزەیەکی کۆنی لەژێر خاک دەرهێنا.",
        "خەباتی کرێکاران\nکرێکارانی هەولێر دەڵێن خەباتی مەدەنی بەردەوام دەبێت.",
    ],
)
def test_sorani_denials_and_everyday_uses_of_the_same_words_are_no_incident(analyser, text):
    assert events_of(analyser, "ckb", text) == ()


@pytest.mark.parametrize(
    ("text", "sort", "place"),
    [
        (
            "پێشمەرگە لە مەندەلی دەکشێتەوە\nبەبێ ئەوەی فیشەکێک بتەقێنرێت، پێشمەرگە ئەمڕۆ مەندەلی چۆڵ کرد و سوپای عێراق جێگەی گرتەوە.",
            "Non-violent transfer of territory",
            "Mandali",
        ),
        (
            "بنکەی کەی وان درایەوە بە عێراق\nهێزەکانی هاوپەیمانان ئەمڕۆ بنکەی کەی وانیان دایەوە دەست سوپای عێراق و ئاڵای ئەمریکا داگیرا.",
            "Non-violent transfer of territory",
            "K-1 Air Base (K1)",
        ),
        (
            "ئازادکردنی تکریت ڕاگەیەندرا\nهێزە عێراقییەکان و حەشدی شەعبی ئەمڕۆ ناوەندی شاری تکریتیان لە داعش پاککردەوە.",
            "Government regains territory",
            "Tikrit",
        ),
        (
            "مووسڵ\nچەکدارانی داعش شەوی دوێنێ چوونە ناو مووسڵ و بینای پارێزگایان گرت.",
            "Non-state actor overtakes territory",
            "Mosul",
        ),
        (
            "دەرچووان دەروازەی پاڵاوگەی بازیانیان داخست\nدەیان دەرچووی زانکۆ ئەمڕۆ بەردەم پاڵاوگەی بازیانیان گرت و ڕێگەیان نەدا تانکەرەکان بچنە ژوورەوە.",
            "Peaceful protest",
            "Bazyan",
        ),
        (
            "مامۆستایان لە هەڵەبجە شارەوانییان داخست\nمامۆستایانی ناڕازی ئەمڕۆ دەرگای شارەوانی هەڵەبجەیان داخست و تایەیان سووتاند.",
            "Peaceful protest",
            "Halabja",
        ),
        (
            "سوپا بڵاوەی بە جووتیارانی سەرگەڕان کرد\nدەیان جووتیار ئەمڕۆ لە سەرگەڕان دژی داگیرکردنی زەوییەکانیان کۆبوونەوە. هێزێکی سوپا بە زۆر بڵاوەی پێکردن.",
            "Protest with intervention",
            "Sargaran",
        ),
        (
            "لقی حزبێک لە چەمچەماڵ ئاگری تێبەردرا\nخۆپیشاندەران ئەمڕۆ پەلاماری بارەگای حزبێکیان دا لە چەمچەماڵ و ئاگریان تێبەردا.",
            "Violent demonstration",
            "Chamchamal",
        ),
        (
            "دوکان لە دووزخورماتوو ئاگریان تێبەردرا\nچەکداران ئێوارەی دوێنێ ئاگریان لە ١٥ دوکان و شەش ئۆتۆمبێل بەردا لە دووزخورماتوو.",
            "Looting/property destruction",
            "Tuz Khurmatu",
        ),
        (
            "سێ دۆمەڵانکەر بە دەستی داعش کەوتن\nدوێنێ سێ هاووڵاتی کە بۆ کۆکردنەوەی دۆمەڵان چووبوونە سنووری جەلەولا، کەوتنە دەستی داعش و چارەنووسیان نادیارە.",
            "Abduction/forced disappearance",
            "Jalawla",
        ),
        (
            "سەدر بارەگاکانی سەرایا سەلام دادەخات\nموقتەدا سەدر فەرمانیدا هەموو بارەگاکانی سەرایا سەلام لە بەسرە دابخرێن و چەکەکانیان ڕادەست بکەن.",
            "Change to group/activity",
            "Basra",
        ),
        (
            "چەک و تەقەمەنی نێژراو لە قەیارە\nپۆلیسی نەینەوا لە قەیارە بڕێک چەک و جبەخانەی نێژراوی هەڵکەند.",
            "Disrupted weapons use",
            "Qayyarah",
        ),
        (
            "لە ڕۆژنامەنووسێکیان دا\nسێ کەسی دەمامکدار ئەمڕۆ بە دار و باتووم لە ڕۆژنامەنووسێکیان دا لە هەولێر و دەستیان شکاند.",
            "Attack",
            "Erbil",
        ),
        (
            "تۆپباران لە سیدەکان\nتۆپخانەی تورکیا دوێنێ سیدەکانی تۆپباران کرد. نزیکەی ١٢ گوللە کەوتوونەتە نێو ڕەزەکان و پارچەی گوللە بەر ژنێک کەوت.",
            "Shelling/artillery/missile attack",
            "Sidakan",
        ),
        (
            "دوو شوان ڕفێنران\nئێوارەی دوێنێ گروپێکی چەکدار لە دەوروبەری داقووق دوو شوانیان لەگەڵ خۆیان برد.",
            "Abduction/forced disappearance",
            "Daquq",
        ),
        (
            "ئاسایش چالاکوانێکی برد\nهێزێکی ئاسایش ئەمڕۆ چالاکوانێکی لە هەولێر لەگەڵ خۆی برد. خێزانەکەی نازانن لە کوێیە.",
            "Arrests",
            "Erbil",
        ),
    ],
)
def test_what_sorani_reporters_write_for_it(analyser, text, sort, place):
    found = events_of(analyser, "ckb", text)
    assert [(e.sub_event_type, e.place) for e in found] == [(sort, place)]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "تەقینەوە لە دوبز\nبۆمبێک بەر ئۆتۆمبێلی ئەفسەرێکی پۆلیس کەوت لە دوبز، ئەفسەرەکە شەهید بوو.",
            1,
            None,
        ),
        ("تەقە لە تکریت\nچەکداران تەقەیان لە کاسبکارێک کرد لە تکریت و گوللەیەک بەر شانی کەوت.", None, 1),
        (
            "فرمێسکڕێژ لە سلێمانی\nپۆلیس گازی فرمێسکڕێژی لە خۆپیشاندەران بەکارهێنا لە سلێمانی و هەشت خۆپیشاندەر بەهۆی هەڵمژینی گازەوە خنکان.",
            None,
            8,
        ),
        (
            "هێرش لە ڕەشاد\nداعش هێرشی کردە سەر پۆلیسی فیدراڵ لە ناحیەی ڕەشاد لە کەرکووک. سەرەتا باس لە شەش کوژراو دەکرا، بەڵام فەرماندەیی دواتر ڕاستی کردەوە کە چوار پۆلیس شەهید بوون.",
            4,
            None,
        ),
    ],
)
def test_sorani_words_for_the_dead_and_the_hurt(analyser, text, killed, wounded):
    event = events_of(analyser, "ckb", text)[0]
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("مین لە سیدەکان\nشوانێکی تەمەن ٣٤ ساڵ پێرێ لە ناحیەی سیدەکان پێی لە مینێک نا و قاچی چەپیان بڕییەوە.", None, 1),
        ("درۆنێک لە ڕانیە\nدرۆنێک دوێنێ لە ڕانیە ماتۆڕسکیلێکی پێکا و لاوێک هەردوو لاقی پەڕی.", None, 1),
        ("درۆنێک لە شەنگال\nدرۆنێک دوێنێ لە شەنگال ئۆتۆمبێلێکی پێکا. شۆفێرەکە بە سووتاوی ڕزگاری بوو و دەستی ڕاستی لەدەستدا.", None, 1),
        ("تەقینەوە لە سەدر سیتی\nدوێنێ بۆمبێک لە شاری سەدر لە بەغدا تەقییەوە. نۆ کەس ڕەوانەی نەخۆشخانە کران.", None, 9),
        ("تەقە لە بازگەیەک\nچەکداران دوێنێ لە تازەخورماتوو تەقەیان لە بازگەیەکی پۆلیس کرد، پۆلیسێک شەهید بو و دو پۆلیس بریندار بون.", 1, 2),
        ("تەقە لە بەسرە\nچەکداران دوێنێ لە بەسرە تەقەیان لە چالاکوانێک کرد. لە شوێنی خۆی گیانی دەرچوو و هاوڕێیەکیشی فیشەک بەر شانی کەوت.", 1, 1),
        ("گوللەباران لە بەسرە\nچەکداران ئەمڕۆ لە بەسرە گوللەبارانی چالاکوانێکیان کرد. لە نەخۆشخانە دوا هەناسەی دا.", 1, None),
        ("هێرشی مووشەکی لە کۆیە\nپزیشکان نەیانتوانی ژیانی بریندارێکی هێرشە مووشەکییەکەی دوێنێی کۆیە ڕزگار بکەن.", 1, None),
        ("لێدان لە دۆڵی شای\nبە لێدانێکی ئاسمانی دوێنێ لە دۆڵی شای حەوت داعش ڕەوانەی دۆزەخ کران.", 7, None),
        ("تەقینەوە لە کازمیە\nبۆمبێک ئەمڕۆ لە کازمیە تەقییەوە. ئاماری کوژراوان لە ٩ کەسدا وەستا و ٢١ بریندار هەن.", 9, 21),
        ("ڕۆکێت لە ناوچەی سەوز\nڕۆکێتێکی کاتیۆشا دوێنێ کەوتە ناوچەی سەوز لە بەغدا. کەس لێی نەقەوماوە.", 0, 0),
        ("هێرش لە داقووق\nچەکداران دوێنێ تەقەیان لە بازگەیەک لە داقووق کرد بەبێ ئەوەی کەس بپێکرێت.", 0, 0),
        ("ڕۆکێت لە عەین ئەسەد\nپێنج ڕۆکێت ئەمڕۆ لە بنکەی عەین ئەسەد کەوتن. هیچ حاڵەتێکی مردن تۆمار نەکراوە.", 0, None),
        ("شوان ڕفێنران\nداعش دوێنێ لە داقووق چوار شوانی ڕفاند. کەسوکاریان دەڵێن پەیوەندییەکی تەلەفۆنییان پێکراوە.", None, None),
    ],
)  # fmt: skip
def test_sorani_tells_of_bodies_hospitals_and_last_breaths(analyser, text, killed, wounded):
    event = events_of(analyser, "ckb", text)[0]
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "sort", "place"),
    [
        ("سوپا لە کەرکووک\nسوپای عێراق دوێنێ فڕۆکەخانەی کەرکووکی لە پێشمەرگە وەرگرت.", "Non-violent transfer of territory", "Kirkuk International Airport"),
        ("بەشیر\nپێشمەرگە دوێنێ گوندی بەشیرییان لە دەستی داعش گرتەوە.", "Government regains territory", "Bashir"),
        ("لیوای ٥٩\nسوپای عێراق دوێنێ لە شەنگال بارەگایەکی بۆ لیوای ٥٩ قوت کردەوە.", "Headquarters or base established", "Sinjar"),
        ("ڕێککەوتنی شەنگال\nبەغدا و هەولێر ئەمڕۆ ڕێککەوتنێکیان بۆ ئاساییکردنەوەی دۆخی شەنگال واژۆ کرد.", "Agreement", "Sinjar"),
        ("دەرچووان\nسەدان دەرچوو ئەمڕۆ لەبەردەم پاڵاوگەی شوعەیبە لە بەسرە لافیتەیان هەڵگرتبوو و داوای دامەزراندنیان دەکرد.", "Peaceful protest", "Shuaiba refinery"),
        ("کەناڵی دیجلە\nدەیان کەس دوێنێ هەڵیانکوتایە سەر نووسینگەی کەناڵی دیجلە لە بەغدا و تێکیان شکاند.", "Violent demonstration", "Baghdad"),
        ("شەڕی هۆزەکان\nدوێنێ لە بەسرە دەمەقاڵەی نێوان دوو عەشیرەت بوو بە شەڕێکی چەکداری و دوو کەس کوژران.", "Armed clash", "Basra"),
        ("تاوانبارێک گیرا\nپۆلیسی سلێمانی دوێنێ چوار داواکراوی بە تۆمەتی تیرۆر لە چوارتا گرت و خستییە پشتی شیشەکانەوە.", "Arrests", "Chwarta"),
        ("فڕۆکەکانی هاوپەیمانان قەرەچووغیان هەژاند\nئەمڕۆ فڕۆکەی جەنگیی هاوپەیمانیی نێودەوڵەتی دوو ئەشکەوتی چیای قەرەچووغی ڕووخاند.", "Air/drone strike", "Mount Qarachogh"),
        ("مين لة سيدةكان\nدوێنێ لة ناحيةي سيدةكان مينێك بة شوانێكدا تةقييةوة و بريندار بوو.", "Remote explosive/landmine/IED", "Sidakan"),
        ("پۆليسي فيدراڵ\nپۆليسي فيدراڵي ئەمڕۆ لە دۆڵي زەغەيتوون عەمبارێكي چەكي دۆزييەوە.", "Disrupted weapons use", "Wadi Zghaitoun"),
    ],
)  # fmt: skip
def test_sorani_deeds_as_other_reporters_word_them(analyser, text, sort, place):
    event = events_of(analyser, "ckb", text)[0]
    assert (event.sub_event_type, event.place) == (sort, place)


@pytest.mark.parametrize(
    "text",
    [
        "هاتوچۆ لە دەربەندیخان\nدوێنێ دوو ئۆتۆمبێل بەریەککەوتن، سێ کەس ڕەوانەی نەخۆشخانە کران.",
        "شەکرە لە کوردستان\nنەخۆشێک لە هەولێر بەهۆی شەکرەوە قاچی بڕدرایەوە.",
        "هونەرمەند کۆچی دوایی کرد\nهونەرمەندێک ئەمڕۆ لە نەخۆشخانەیەکی سلێمانی دوا هەناسەی دا.",
        "پرۆژەی نوێ\nشارەوانیی دهۆک ١٢ تاوەری نوێی دروست کرد و کۆنەکانی خست.",
        "پارچەی فڕۆکە\nپارچەی فڕۆکەیەکی بچووک کەوتە گوندێک لە ئامێدی، گرفتی تەکنیکی بووە.",
        "میدالیا\nقوتابییەکی سلێمانی لە ئۆلۆمپیادی زانستی میدالیای زێڕی دەست کەوت.",
        "گۆڕی بەکۆمەڵ\nلە شەنگال دوێنێ گۆڕێکی بەکۆمەڵ هەڵدرایەوە و تەرمی ٢٤ ئێزدی دەرهێنران.",
        "خۆپیشاندان هەڵپەسێردرا\nمامۆستایان بڕیاریان دا خۆپیشاندانی سبەی لە سلێمانی هەڵپەسێرن.",
        "بانگەواز\nچالاکوانان داوای خۆپیشاندان دەکەن بۆ سبەی لە گۆڕەپانی تەحریر لە بەغدا.",
        "ڤیدیۆی کۆن\nپۆلیسی دهۆک: ڤیدیۆی ڕفاندنی منداڵەکە هی ساڵی پارە و لە وڵاتێکی دیکە ڕوویداوە.",
        "نەوتی هەرێم\nدوای دوو ساڵ و نیو، نەوتی هەرێم بەرەو جەیهان بەڕێکەوت.",
        "لە جەژندا\nهەزاران گەشتیار لە جەژندا ڕژانە ناو فڕۆکەخانەی هەولێر.",
        "لە پێنجوێن\nڕێکخراوێک ڕایگەیاند دوو ناوچەی پێنجوێن لە مین پاککرانەوە و بۆ خاوەنەکانیان گەڕێنرانەوە.",
    ],
)
def test_the_same_sorani_words_in_other_senses_are_no_event(analyser, text):
    assert events_of(analyser, "ckb", text) == ()


def test_an_old_man_is_no_day_before_yesterday_in_sorani(analyser):
    text = "تەقینەوە لە سۆران\nپیاوێکی پیری گوندنشین لە سۆران بەهۆی تەقینەوەی مینێکەوە بریندار بوو."
    assert events_of(analyser, "ckb", text)[0].date is None


def test_the_same_night_and_likewise_begin_another_deed_in_sorani(analyser):
    text = "هێرش بۆ سەر دوو کێڵگەی نەوت\nدرۆنێک هێرشی کردە سەر کێڵگەی سەرسەنگ لە دهۆک. هەمان شەو کێڵگەی تاوکێش لە زاخۆ بەهەمان شێوە کرایە ئامانج."
    found = events_of(analyser, "ckb", text)
    assert [(e.sub_event_type, e.place) for e in found] == [
        ("Air/drone strike", "Sarsang oil field"),
        ("Air/drone strike", "Tawke"),
    ]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (
            (
                "استانداری دیاله حمله داعش به مقدادیه را تکذیب کرد\n"
                "استاندار دیاله گفت گزارش‌های منتشرشده درباره حمله مسلحانه به روستاهای مقدادیه از اساس دروغ و خیال‌پردازی است."
            ),
            (),
        ),
        (
            (
                "انفجار در فرودگاه اربیل؟ مقام‌ها می‌گویند صدای ژنراتور بود\n"
                "مدیر فرودگاه اربیل گفت هیچ حمله‌ای به فرودگاه انجام نشده و صدای مهیب ناشی از ترکیدن ژنراتور برق بود."
            ),
            (),
        ),
        (
            (
                "ائتلاف بین‌المللی: ادعای بمباران مواضع حشد افسانه است\n"
                "سخنگوی ائتلاف گفت نیروهای ائتلاف دیشب هیچ عملیاتی در القائم انجام نداده‌اند و این گزارش‌ها سراسر جعلی است."
            ),
            (),
        ),
        (
            (
                "مسئول محلی: ربوده شدن سه مهندس در واسط حقیقت ندارد\n"
                "فرماندار کوت خبر ربوده شدن سه مهندس خارجی را کذب محض خواند و گفت همه آنان در محل کار خود هستند."
            ),
            (),
        ),
        (
            (
                "پیشمرگه از پاسگاه‌های زمار عقب نشست و ارتش جای آن را گرفت\n"
                "منابع محلی گفتند نیروهای پیشمرگه سه‌شنبه بدون شلیک یک گلوله از سه پاسگاه در زمار خارج شدند و واحدهای ارتش عراق در آن مستقر شدند."
            ),
            ("Non-violent transfer of territory",),
        ),
        (
            (
                "پرچم عراق بر فراز پایگاه تاجی جای پرچم ائتلاف را گرفت\n"
                "در مراسمی در روز یکشنبه پرچم ائتلاف پایین کشیده شد و اختیار پایگاه به نیروهای عراقی سپرده شد."
            ),
            ("Non-violent transfer of territory",),
        ),
        (
            (
                "نیروهای عراقی بدون درگیری وارد طوزخورماتو شدند\n"
                "پس از عقب‌نشینی پیشمرگه، پلیس فدرال بامداد دوشنبه بی هیچ مقاومتی کنترل طوزخورماتو را به دست گرفت."
            ),
            ("Non-violent transfer of territory",),
        ),
        (
            (
                "پلیس مرزی جایگزین حشد در گذرگاه القائم شد\n"
                "به گزارش منابع امنیتی، یگان‌های حشد الشعبی روز یکشنبه گذرگاه القائم را ترک کردند و مرزبانی عراق جایگزین آنها شد."
            ),
            ("Non-violent transfer of territory",),
        ),
        (
            (
                "تلعفر در دست داعش\n"
                "یک مقام محلی گفت تلعفر دوشنبه سقوط کرد و اکنون در اختیار تروریست‌های داعش است."
            ),
            ("Non-state actor overtakes territory",),
        ),
        (
            (
                "بسته شدن جاده بغداد - کوت از سوی معترضان\n"
                "ساکنان ناحیه عزیزیه دوشنبه با آتش زدن لاستیک جاده بغداد - کوت را در اعتراض به قطعی برق مسدود کردند."
            ),
            ("Peaceful protest",),
        ),
        (
            (
                "نیروهای قراردادی درِ شهرداری دیوانیه را بستند\n"
                "کارکنان قراردادی یکشنبه ساختمان شهرداری دیوانیه را تعطیل کردند و خواستار تبدیل وضعیت شدند."
            ),
            ("Peaceful protest",),
        ),
        (
            (
                "کشته شدن دو معترض در ناصریه\n"
                "نیروهای امنیتی روز سه‌شنبه در میدان حبوبی ناصریه به روی معترضان آتش گشودند؛ دو نفر کشته و ۲۰ نفر زخمی شدند."
            ),
            ("Excessive force against protesters",),
        ),
        (
            (
                "ضرب و شتم یک خبرنگار در دهوک\n"
                "نقابداران یکشنبه در مرکز دهوک خبرنگار یک شبکه محلی را کتک زدند و دستش را شکستند."
            ),
            ("Attack",),
        ),
        (
            (
                "عصائب دفاتر شاخه نظامی خود را در بصره بست\n"
                "عصائب اهل حق دوشنبه همه دفاتر بازوی نظامی خود در بصره را تعطیل کرد."
            ),
            ("Change to group/activity",),
        ),
        (
            (
                "اعزام یگان‌های واکنش سریع به سنجار\n"
                "سه تیپ واکنش سریع دوشنبه به سنجار اعزام شد و در شمال شهر استقرار یافت."
            ),
            ("Change to group/activity",),
        ),
        (
            (
                "مقتدی صدر سرایا السلام را منجمد کرد\n"
                "مقتدی صدر سه‌شنبه فعالیت سرایا السلام را در همه استان‌ها به حال تعلیق درآورد."
            ),
            ("Change to group/activity",),
        ),
        (
            (
                "انفجار دو دکل برق در جنوب کرکوک\n"
                "وزارت برق گفت دو دکل فشار قوی دوشنبه در نزدیکی داقوق با بمب منهدم شد."
            ),
            ("Remote explosive/landmine/IED",),
        ),
        (
            (
                "از زیر خاک درآوردن ۵۰ خمپاره در فلوجه\n"
                "تیم مهندسی سه‌شنبه در حومه فلوجه ۵۰ گلوله خمپاره را از زیر خاک بیرون کشید و در همان محل منفجر کرد."
            ),
            ("Disrupted weapons use",),
        ),
        (
            (
                "کشف پناهگاه داعش در کوه‌های حمرین\n"
                "نیروهای ارتش دوشنبه پناهگاهی متعلق به داعش در حمرین یافتند که در آن شش جلیقه انفجاری و مقداری مهمات بود."
            ),
            ("Disrupted weapons use",),
        ),
        (
            (
                "بمب چسبان زیر خودروی یک افسر در بعقوبه بی‌خطر شد\n"
                "نیروهای امنیتی سه‌شنبه بمب چسبانی را که زیر خودروی یک افسر در بعقوبه نصب شده بود از کار انداختند."
            ),
            ("Disrupted weapons use",),
        ),
        (
            (
                "کتائب حزب‌الله دست داشتن در حمله به سفارت آمریکا را رد کرد\n"
                "این گروه سه‌شنبه گفت اتهام دخالت در راکت‌باران سفارت آمریکا در بغداد را مردود می‌داند."
            ),
            (),
        ),
        (
            (
                "فرماندار سنجار: بمباران تازه‌ای در کار نبود\n"
                "فرماندار سنجار گفت گزارش‌های مربوط به حمله هوایی ترکیه در روز یکشنبه غلط است و هیچ جنگنده‌ای بمباران نکرده است."
            ),
            (),
        ),
        (
            (
                "تحویل ایست بازرسی آلتون کوپری به پلیس فدرال\n"
                "پیشمرگه دوشنبه ایست بازرسی آلتون کوپری را خالی کرد و پلیس فدرال در آنجا مستقر شد."
            ),
            ("Non-violent transfer of territory",),
        ),
        (
            (
                "ارتش وارد قائم شد\n"
                "یگان‌های ارتش عراق یکشنبه کنترل شهر مرزی القائم در استان انبار را دوباره به دست آوردند."
            ),
            ("Government regains territory",),
        ),
        (
            (
                "حرکت النجباء از توقف موقت حملات خبر داد\n"
                "حرکت النجباء یکشنبه اعلام کرد عملیات خود علیه پایگاه‌های آمریکا در عراق را به طور موقت کنار می‌گذارد."
            ),
            ("Change to group/activity",),
        ),
        (
            ("انهدام ۳۰ مین در شرق بصره\nیگان مهندسی سه‌شنبه ۳۰ مین جنگ را در شلمچه جمع‌آوری و منفجر کرد."),
            ("Disrupted weapons use",),
        ),
        (
            ("زمان بازگشایی پایگاه اینترنتی وزارت نفت عراق\nاین پایگاه جایگزین نیروهای انسانی در ثبت‌نام شد."),
            (),
        ),
        (
            ("آتش زدن لاستیک ممنوع شد\nاداره محیط زیست بغداد سوزاندن لاستیک در کوره‌ها را ممنوع کرد."),
            (),
        ),
        (
            ("سقوط بهای نفت بصره\nبهای نفت بصره سقوط کرد و به ۷۰ دلار رسید."),
            (),
        ),
        (
            ("گوشت منجمد در بازار بغداد\nوزارت بازرگانی واردات گوشت مرغ را منجمد اعلام کرد."),
            (),
        ),
    ],
)
def test_persian_reporters_word_a_deed_in_many_ways(analyser, text, types):
    assert tuple(e.sub_event_type for e in events_of(analyser, "fa", text)) == types


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("نارنجک در بصره\nنارنجکی دیروز به حیاط خانه‌ای در بصره انداختند؛ انفجار تنها شیشه‌ها را شکست.", 0, 0),
        ("سقوط راکت بر فرودگاه بغداد\nسه راکت دیروز به فرودگاه بغداد خورد. کارکنان همگی سالم‌اند.", 0, 0),
        ("راکت‌باران پایگاه بلد\nسه راکت دیروز به پایگاه بلد خورد و خسارت‌ها فقط مادی بود.", 0, 0),
        (
            "ترور وکیل در بصره\nافراد مسلح دیروز به یک وکیل در بصره حمله کردند و او را به قتل رساندند.",
            1,
            None,
        ),
    ],
)
def test_persian_tells_who_was_hurt_without_a_figure(analyser, text, killed, wounded):
    event = only_event(analyser, "fa", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("مین در رطبه\nچوپانی دیروز در صحرای رطبه روی مین رفت و پای راست خود را از دست داد.", None, 1),
        ("راکت در اربیل\nسه راکت دیروز به اربیل خورد. سه کارگر ترکش خوردند.", None, 3),
        (
            "بمب در مقدادیه\nبمبی دیروز در بازار مقدادیه منفجر شد و دو نفر کشته شدند. ۲۸ تن دیگر به بیمارستان منتقل شدند.",
            2,
            28,
        ),
        (
            "بمب در فلوجه\nبمبی دیروز در فلوجه منفجر شد. دو پلیس کشته شدند و نه تن دیگر در بیمارستان تحت مداوا هستند.",
            2,
            9,
        ),
        ("نارنجک در بصره\nنارنجکی دیروز به خانه‌ای در بصره انداختند. دو کودک بریدگی و سوختگی دارند.", None, 2),
        (
            "پهپاد در حریر\nپهپادی دیروز به پایگاه حریر اربیل خورد. دو نظامی به مراقبت پزشکی نیاز پیدا کردند.",
            None,
            2,
        ),
        ("بمب در شرقاط\nبمبی دیروز در شرقاط منفجر شد. دو رزمنده آسمانی شدند و سه تن دیگر مجروح‌اند.", 2, 3),
        (
            "حمله به رشاد\nداعش دیروز به روستایی در کرکوک حمله کرد. شش روستایی بهای آن را با جان خود پرداختند.",
            6,
            None,
        ),
        (
            "بمب در کربلا\nبمبی دیروز در کربلا منفجر شد. شمار کشته‌ها که ابتدا پنج نفر اعلام شده بود به سه نفر اصلاح شد.",
            3,
            None,
        ),
        (
            "بمب در سامرا\nبمبی دیروز در سامرا منفجر شد. تاکنون ۲۳ جسد از زیر آوار بیرون کشیده شده است.",
            23,
            None,
        ),
        (
            "خودروی بمب‌گذاری‌شده در شهرک صدر\nخودروی بمب‌گذاری‌شده دیروز در شهرک صدر منفجر شد. اداره بهداشت رصافه از ۱۷ کشته و ۴۰ زخمی سخن می‌گوید.",
            17,
            40,
        ),
        ("راکت در بلد\nسه راکت دیروز به پایگاه بلد خورد و نه کشته داشت و نه زخمی.", 0, 0),
        (
            "بمب در بهرز\nبمبی دیروز در بهرز منفجر شد. آسیبی به جان کسی نرسید و تنها شیشه چند مغازه شکست.",
            0,
            0,
        ),
        ("راکت در بغداد\nدو راکت دیروز به فرودگاه بغداد افتاد. ما هیچ مورد فوتی ثبت نکردیم.", 0, None),
        ("خمپاره در خانقین\nدو گلوله خمپاره دیروز به خانقین خورد و جز خسارت مادی پیامدی نداشت.", 0, 0),
        (
            "پهپاد در سرسنگ\nدو پهپاد دیروز به میدان نفتی سرسنگ در دهوک خورد. به کارکنان آسیبی وارد نشده است.",
            0,
            0,
        ),
    ],
)
def test_persian_tells_the_dead_and_the_hurt_by_what_befell_them(analyser, text, killed, wounded):
    event = only_event(analyser, "fa", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (
            "درگیری در حمرین\nعناصر داعش دیروز با نیروهای ارتش عراق در حمرین درگیر شدند.",
            ("Armed clash",),
        ),
        (
            "جنگ دو عشیره در قرنه\nدو عشیره دیروز در القرنه بصره با مسلسل و آرپی‌جی به جان هم افتادند.",
            ("Armed clash",),
        ),
        (
            "خنثی شدن اعضای پ‌ک‌ک\nوزارت دفاع ترکیه گفت پنج عضو پ‌ک‌ک دیروز در هاکورک در شمال عراق خنثی شدند.",
            ("Armed clash",),
        ),
        (
            "سقوط سنجار\nداعش دیروز شهر سنجار را محاصره کرد و شهر به دست آنان افتاد.",
            ("Non-state actor overtakes territory",),
        ),
        (
            "بشیر آزاد شد\nنیروهای حشد شعبی دیروز داعش را از روستای بشیر در جنوب کرکوک بیرون راندند.",
            ("Government regains territory",),
        ),
        (
            "مرکز هماهنگی در کرکوک\nارتش عراق و پیشمرگه دیروز مرکز هماهنگی مشترک را در کرکوک گشودند.",
            ("Headquarters or base established",),
        ),
        (
            "پ‌ک‌ک سلاح‌هایش را سوزاند\nگروهی از اعضای پ‌ک‌ک دیروز در سلیمانیه سلاح‌های خود را به آتش کشیدند.",
            ("Change to group/activity",),
        ),
        (
            "معلمان در دیگله\nنیروهای آسایش دیروز مانع عبور معلمان معترض از ایست بازرسی دیگله شدند.",
            ("Protest with intervention",),
        ),
        (
            "گلوله پلاستیکی در بصره\nپلیس دیروز در بصره با گاز اشک‌آور و گلوله پلاستیکی به سراغ تظاهرکنندگان رفت.",
            ("Protest with intervention",),
        ),
        (
            "حمله به دفتر حزب در بغداد\nهواداران حشد شعبی دیروز به دفتر حزب دموکرات کردستان در بغداد ریختند و آن را آتش زدند.",
            ("Violent demonstration",),
        ),
        (
            "یورش به رستوران در بغداد\nنقاب‌پوشان دیروز به رستورانی در کراده بغداد ریختند و شیشه‌ها را خرد کردند.",
            ("Looting/property destruction",),
        ),
        (
            "چهار داعشی در دام\nاطلاعات نظامی عراق گفت چهار داعشی دیروز در موصل در دام نیروهایش گرفتار شدند.",
            ("Arrests",),
        ),
        (
            "عامل انفجار کراده بازداشت شد\nامنیت ملی عراق دیروز عامل انفجار کراده را در اربیل بازداشت کرد.",
            ("Arrests",),
        ),
        ("فراخوان تظاهرات\nجریان صدر از هواداران خود خواست جمعه در میدان تحریر بغداد تظاهرات کنند.", ()),
        ("گور جمعی در کوجو\nکارشناسان دیروز گور جمعی قربانیان داعش را در کوجوی سنجار گشودند.", ()),
        ("بیماران در نجف\nچهل زائر دیروز به علت مسمومیت غذایی در نجف به بیمارستان منتقل شدند.", ()),
        ("شادی هواداران\nهواداران تیم الزوراء دیروز به دفتر باشگاه در بغداد ریختند و شادی کردند.", ()),
        ("حذف از جام\nتیم ملی عراق دیروز با شکست برابر اردن در بغداد حذف شد.", ()),
        ("اورژانس بصره\nوزیر بهداشت عراق دیروز مرکز هماهنگی اورژانس را در بصره افتتاح کرد.", ()),
        ("گله‌ها در موصل\nدامداران نینوا گله‌های خود را دیروز با خود بردند تا در بازار موصل بفروشند.", ()),
        ("صف بانک\nبازنشستگان دیروز مقابل بانک رافدین در بغداد برای دریافت حقوق جمع شدند.", ()),
        ("آموزش پهپاد\nشرکت نفت بصره دیروز پهپادهایی برای فیلم‌برداری از خطوط لوله به کار گرفت.", ()),
    ],
)
def test_persian_plurals_and_idioms_tell_a_deed_and_look_alikes_none(analyser, text, types):
    assert tuple(e.sub_event_type for e in events_of(analyser, "fa", text)) == types
