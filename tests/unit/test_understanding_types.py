"""What a type of event can have as arms, doers and targets, and what its words leave out; on the shipped lexicon."""

from __future__ import annotations

import pytest

from tests.support.reports import analysis_of, events_of, only_event
from worker.domain.understanding.analyser import Analyser


def test_a_raid_by_a_drone_has_the_drone_as_its_arm(analyser: Analyser) -> None:
    event = only_event(
        analyser, "ar", "غارة بطائرة مسيرة في سنجار\nاستهدفت غارة بطائرة مسيرة عجلة في سنجار الثلاثاء."
    )
    assert (event.sub_event_type, set(event.weapons)) == ("Air/drone strike", {"drone"})


def test_rubber_bullets_that_hurt_a_crowd_are_excessive_force_against_civilians(analyser: Analyser) -> None:
    text = "جرحى في تظاهرة بالبصرة\nأصيب تسعة متظاهرين بالرصاص المطاطي وسط البصرة أمس الثلاثاء."
    event = only_event(analyser, "ar", text)
    assert event.sub_event_type == "Excessive force against protesters"
    assert (set(event.targets), event.wounded) == ({"civilians"}, 9)


def test_pylons_blown_up_with_devices_are_a_bombing(analyser: Analyser) -> None:
    text = "تفجير برج للطاقة في الحويجة\nأقدم مسلحون على تفجير برج لنقل الطاقة بعبوتين ناسفتين في قضاء الحويجة الثلاثاء."
    event = only_event(analyser, "ar", text)
    assert event.sub_event_type == "Remote explosive/landmine/IED"
    assert "power_line" in event.targets


def test_car_bombs_that_were_destroyed_do_not_make_a_fight_a_bombing(analyser: Analyser) -> None:
    text = (
        "عملية في الرمادي\nقتل الجيش العراقي تسعة من داعش ودمر ثلاث عجلات مفخخة في اشتباك بالرمادي الثلاثاء."
    )
    event = only_event(analyser, "ar", text)
    assert (event.sub_event_type, event.killed) == ("Armed clash", 9)


def test_a_place_near_another_is_no_second_target(analyser: Analyser) -> None:
    text = "صاروخ على معسكر\nسقط صاروخ كاتيوشا مساء الثلاثاء على معسكر التاجي قرب مطار بغداد الدولي."
    assert len(events_of(analyser, "ar", text)) == 1


def test_a_bomb_for_the_relief_is_an_event_beside_the_attack(analyser: Analyser) -> None:
    text = (
        "هجوم في العظيم\nقتل ثلاثة جنود وأصيب خمسة بهجوم لداعش على نقطة للجيش في العظيم أمس الثلاثاء.\n"
        "وانفجرت عبوة ناسفة على قوة إسناد في العظيم ما أسفر عن إصابة عنصرين من الحشد الشعبي."
    )
    found = events_of(analyser, "ar", text)
    assert [(e.sub_event_type, e.wounded) for e in found] == [
        ("Armed clash", 5),
        ("Remote explosive/landmine/IED", 2),
    ]


def test_destroys_is_not_read_as_palmyra(analyser: Analyser) -> None:
    text = "القوة الجوية تدمر مضافة لداعش في جبال حمرين\nالقوة الجوية تدمر مضافة لداعش في جبال حمرين وتقتل ستة إرهابيين."
    event = only_event(analyser, "ar", text)
    assert (event.sub_event_type, event.killed) == ("Air/drone strike", 6)


def test_behind_the_verb_who_killed_stands_before_the_one_killed(analyser: Analyser) -> None:
    text = "هجوم في بعقوبة\nقتل مسلحون مجهولون شرطياً في بعقوبة الثلاثاء."
    event = only_event(analyser, "ar", text)
    assert (event.killed, set(event.targets)) == (1, {"police"})


def test_dead_elsewhere_are_an_event_of_their_own_and_a_similar_one_has_its_type(analyser: Analyser) -> None:
    text = (
        "القوات تستعيد منطقة في الرمادي\nاستعادت القوات الأمنية منطقة البوغانم في الرمادي الثلاثاء.\n"
        "وفي بغداد قتل شخصان بانفجار في قضاء أبو غريب.\nوفي حادث مماثل قتل شخص في منطقة اليوسفية."
    )
    blasts = [
        e for e in events_of(analyser, "ar", text) if e.sub_event_type == "Remote explosive/landmine/IED"
    ]
    assert [(e.place, e.killed) for e in blasts] == [("Abu Ghraib", 2), ("Yusufiyah", 1)]


def test_a_quarter_is_not_the_namesake_in_another_governorate(analyser: Analyser) -> None:
    text = "عبوة في كركوك\nأبطلت الشرطة مفعول عبوة ناسفة في حي القادسية بكركوك الثلاثاء."
    assert [e.place for e in events_of(analyser, "ar", text)] == ["Kirkuk"]


def test_a_brigades_number_counts_nobody(analyser: Analyser) -> None:
    text = "عبوة في حمرين\nاستشهد آمر اللواء 28 بانفجار عبوة ناسفة في حمرين الثلاثاء."
    assert [e.killed for e in events_of(analyser, "ar", text)] == [1]


def test_arms_of_those_who_were_seized_do_not_make_the_raid_a_shelling(analyser: Analyser) -> None:
    text = "اعتقال 14 شخصاً في الكوت\nداهمت قوة أمنية مقراً في الكوت الثلاثاء واعتقلت 14 شخصاً بحوزتهم منصات صواريخ."
    assert [e.sub_event_type for e in events_of(analyser, "ar", text)] == ["Arrests"]


def test_a_protest_is_where_its_people_come_from_if_no_other_place_is_told(analyser: Analyser) -> None:
    text = "احتجاج على انقطاع الماء\nتظاهر المئات من أهالي البصرة الثلاثاء احتجاجاً على انقطاع الماء."
    assert [e.place for e in events_of(analyser, "ar", text)] == ["Basra"]


def test_arrests_told_beside_the_dead_are_an_event_of_their_own(analyser: Analyser) -> None:
    text = "نزاع في البصرة\nقتل شخصان في نزاع عشائري في ناحية الدير بالبصرة الثلاثاء، فيما اعتقلت القوات الأمنية سبعة من طرفي النزاع."
    assert [e.sub_event_type for e in events_of(analyser, "ar", text)] == ["Armed clash", "Arrests"]


def test_kidnappers_who_are_caught_are_arrests(analyser: Analyser) -> None:
    text = "اعتقال عصابة في بغداد\nاعتقلت قوة أمنية عصابة مختصة بخطف الأطفال في منطقة الطوبجي الثلاثاء."
    assert [e.sub_event_type for e in events_of(analyser, "ar", text)] == ["Arrests"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Jihadists caught\nTwo IS fighters captured by tribesmen near Tikrit were flown to Baghdad on Tuesday.",
            "Arrests",
        ),
        (
            "en",
            "Commander caught\nAn Islamic State leader was captured in the city of Kirkuk on Tuesday.",
            "Arrests",
        ),
        (
            "en",
            "Four caught\nIraqi police seized four militants in a village near Hawija on Tuesday.",
            "Arrests",
        ),
        (
            "en",
            "Recruits shot\nGunmen opened fire on a crowd of police recruits in Mosul on Tuesday, killing nine.",
            "Attack",
        ),
        (
            "en",
            "Warrants\nIn execution of arrest warrants, police arrested nine suspects in Basra on Tuesday.",
            "Arrests",
        ),
        (
            "en",
            "Mosque blast\nA bomb blew up outside a Shiite mosque in Baquba on Tuesday, killing seven worshippers.",
            "Remote explosive/landmine/IED",
        ),
        (
            "en",
            "Graduates hit\nA roadside bomb hit a bus of police graduates in Baghdad on Tuesday, killing six.",
            "Remote explosive/landmine/IED",
        ),
        (
            "de",
            "Bombe in Bagdad\nEin Angreifer zündete am Dienstag eine Bombe an einem Kontrollpunkt in Bagdad; drei Soldaten starben.",
            "Remote explosive/landmine/IED",
        ),
        (
            "de",
            "Anschlag bei Trauerfeier\nBei einem Selbstmordanschlag auf eine Beisetzung in Bakuba sind am Dienstag neun Menschen getötet worden.",
            "Suicide bomb",
        ),
        (
            "de",
            "Neue Serie von Anschlägen\nEine neue Serie von Bombenanschlägen hat am Dienstag in Bagdad elf Menschen getötet.",
            "Remote explosive/landmine/IED",
        ),
        (
            "de",
            "Stadt gefallen\nKämpfer des IS nahmen am Dienstag die Stadt Tikrit ein.",
            "Non-state actor overtakes territory",
        ),
    ],
)
def test_words_with_two_senses_make_no_other_deed(
    analyser: Analyser, language: str, text: str, expected: str
) -> None:
    assert events_of(analyser, language, text)[0].sub_event_type == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Temple found\nThe remains of a temple 4,000 years old were discovered near Nasiriyah on Tuesday.",
        ),
        (
            "de",
            "Öleinnahmen sinken\nDie Einnahmen der Regierung in Bagdad sanken am Dienstag auf 5 Milliarden Dollar.",
        ),
    ],
)
def test_finds_and_revenues_are_no_deeds(analyser: Analyser, language: str, text: str) -> None:
    assert not events_of(analyser, language, text)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Irak : quatre miliciens tués dans une embuscade\nUn convoi du Hachd al-Chaabi est tombé mardi dans une embuscade près de Touz Khourmatou. Quatre hommes ont été tués.",
            "Armed clash",
        ),
        (
            "es",
            "Emboscada contra camioneros cerca de Baiyi\nTres camioneros murieron el martes en una emboscada cerca de Baiyi.",
            "Attack",
        ),
        (
            "tr",
            "Basra'da valilik taşlandı\nBasra'da salı günü valilik binasını taşlayan göstericilere polis göz yaşartıcı gazla müdahale etti.",
            "Violent demonstration",
        ),
        (
            "ar",
            "متظاهرون يقتحمون مجلس ذي قار\nاقتحم متظاهرون مساء الثلاثاء مبنى مجلس محافظة ذي قار في الناصرية وردت قوات الأمن بالغاز المسيل للدموع.",
            "Violent demonstration",
        ),
        (
            "en",
            "Police fire tear gas at protesters in Kut\nPolice used tear gas and water cannon on Tuesday to disperse protesters in Kut.",
            "Protest with intervention",
        ),
        (
            "de",
            "Iran beschießt Choman\nArtillerie der Revolutionsgarden und mindestens drei Drohnen haben am Dienstag Stellungen bei Choman getroffen.",
            "Shelling/artillery/missile attack",
        ),
        (
            "fr",
            "Des hommes armés ouvrent le feu sur un sit-in\nDes hommes armés ont ouvert le feu mardi soir sur un parking occupé par des manifestants à Bagdad.",
            "Attack",
        ),
        (
            "en",
            "Army launches drive to take back Baiji\nIraqi troops moved towards Baiji on Tuesday in a drive to retake the town from Islamic State and fought militants on its outskirts.",
            "Armed clash",
        ),
    ],
)
def test_crowds_ambushes_and_drives_have_the_type_of_what_was_done(
    analyser: Analyser, language: str, text: str, expected: str
) -> None:
    assert events_of(analyser, language, text)[0].sub_event_type == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Killing in Hit\nIslamic State militants in Hit on Tuesday publicly killed six captured Iraqi soldiers.",
            "Attack",
        ),
        (
            "Suicide attack in Samarra\nA suicide attacker set off a bomb-packed ambulance in Samarra on Tuesday before detonating his explosive vest, killing 11 people.",
            "Suicide bomb",
        ),
        (
            "Islamic State kills villagers near Nimrud\nIslamic State militants executed 40 people who were celebrating the liberation of their village near Nimrud by Iraqi forces on Tuesday.",
            "Attack",
        ),
    ],
)
def test_what_is_told_of_victims_or_of_a_second_charge_gives_no_type(
    analyser: Analyser, text: str, kind: str
) -> None:
    assert [e.sub_event_type for e in events_of(analyser, "en", text)] == [kind]


@pytest.mark.parametrize(
    ("text", "kind", "weapon"),
    [
        (
            "Two rockets at Ain al-Asad\nThey came down outside the base in Anbar on Tuesday night. Nobody was hurt.",
            "Shelling/artillery/missile attack",
            "rocket",
        ),
        (
            "Grenade at a judge's house in Amara\nTwo men threw it over the wall on Tuesday night, police in Maysan said.",
            "Grenade",
            "grenade",
        ),
        (
            "Rockets for the army\nGunmen attacked a checkpoint near Hawija on Tuesday, killing two soldiers.",
            "Armed clash",
            None,
        ),
    ],
)
def test_what_a_headline_without_a_verb_names_is_what_came_down(analyser, text, kind, weapon):
    event = only_event(analyser, "en", text)
    assert (event.sub_event_type, event.weapons) == (kind, (weapon,) if weapon else ())


def test_the_arms_of_an_event_are_a_term_wherever_the_text_names_them(analyser):
    text = "Car bomb in Karrada\nIt went off outside a restaurant in Baghdad on Tuesday evening, killing three people."
    analysis = analysis_of(analyser, "en", text)
    assert "car_bomb" in analysis.terms


def test_a_truce_is_news_beside_the_fighting_that_it_ends(analyser):
    text = (
        "Clans sign truce in Al-Islah\nElders of the two clans signed a truce of one year in Al-Islah, east of Nasiriyah, "
        "on Tuesday, a local official said. On Monday three men had died there in a gun battle."
    )
    truce, clash = events_of(analyser, "en", text)
    assert (truce.sub_event_type, truce.actors, truce.targets) == ("Agreement", ("tribal_gunmen",), ())
    assert (clash.sub_event_type, clash.killed) == ("Armed clash", 3)
    assert truce.date > clash.date


def test_a_move_of_forces_is_none_beside_the_fighting(analyser):
    text = (
        "Clashes near Hawija\nThree soldiers were killed in clashes near Hawija on Tuesday. "
        "Reinforcements were deployed there on Wednesday."
    )
    assert [e.sub_event_type for e in events_of(analyser, "en", text)] == ["Armed clash"]


def test_whom_a_new_base_is_built_against_is_no_doer(analyser):
    text = (
        "New Turkish base above Kani Masi\nTurkish soldiers set up a new base above Kani Masi in Duhok on Tuesday to cut "
        "the PKK's paths, villagers at a checkpoint said."
    )
    event = only_event(analyser, "en", text)
    assert (event.actors, event.targets) == (("turkish_forces",), ())


def test_forces_on_duty_under_fire_of_small_arms_are_in_a_fight(analyser: Analyser) -> None:
    text = "حمله به پیشمرگه در داقوق\nداعش دیشب با مسلسل یک سنگر پیشمرگه را در داقوق زیر آتش گرفت."
    event = only_event(analyser, "fa", text)
    assert event.sub_event_type == "Armed clash"


def test_a_killing_in_the_headline_is_what_the_first_sentence_tells_of_a_mob(analyser: Analyser) -> None:
    text = "کشته شدن یک جوان در کوفه\nاهالی خشمگین دیروز در کوفه جوان ۲۰ ساله‌ای را که دزدش می‌خواندند زیر مشت و لگد گرفتند."
    event = only_event(analyser, "fa", text)
    assert (event.sub_event_type, event.killed) == ("Mob violence", 1)


def test_the_police_whom_a_crowd_fights_are_no_doers_of_the_riot(analyser: Analyser) -> None:
    text = "ناآرامی در ناصریه\nمعترضان دیروز در ناصریه با کوکتل مولوتف به پلیس ضدشورش حمله بردند و دفتر یک حزب را آتش زدند."
    event = only_event(analyser, "fa", text)
    assert (event.sub_event_type, set(event.actors)) == ("Violent demonstration", {"protesters"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Teachers dispersed in Basra\nPolice used tear gas to disperse teachers in Basra on Tuesday."),
        (
            "de",
            "Tränengas gegen Lehrer\nAm Dienstag trieb die Polizei in Basra Lehrer mit Tränengas auseinander.",
        ),
        (
            "fr",
            "Enseignants dispersés à Bassora\nLa police a dispersé mardi des enseignants à coups de gaz lacrymogène à Bassora.",
        ),
    ],
)
def test_whoever_was_dispersed_had_protested(analyser: Analyser, language: str, text: str) -> None:
    event = only_event(analyser, language, text)
    assert (event.sub_event_type, event.actors) == ("Protest with intervention", ("protesters",))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "ISIS launches chemical attack on Peshmerga\nISIS hit the Peshmerga with a mustard gas attack. In the attack with"
                " mortar shells on Tuesday near Makhmour 60 fighters were wounded."
            ),
        ),
        (
            "de",
            (
                "IS setzt Giftgas gegen Peschmerga ein\nDer IS hat Peschmerga mit Giftgas beschossen. Bei dem Angriff mit"
                " Mörsergranaten am Dienstag nahe Machmur wurden 60 Kämpfer verletzt."
            ),
        ),
    ],
)
def test_the_shells_that_brought_gas_are_no_further_event(
    analyser: Analyser, language: str, text: str
) -> None:
    event = only_event(analyser, language, text)
    assert (event.sub_event_type, event.place, event.wounded) == ("Chemical weapon", "Makhmur", 60)
    assert event.weapons == ("mortar",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("هدنة عشائرية\nوقعت عشيرتان متنازعتان في القرنة أمس الثلاثاء وثيقة صلح برعاية وجهاء.", "Agreement"),
        (
            "تهدئة في سنجار\nتوصل الجيش العراقي ومسلحو حزب العمال الكردستاني أمس الثلاثاء إلى اتفاق لوقف القتال في سنوني.",
            "Agreement",
        ),
        (
            "تسليم معبر\nتسلمت قوات الجيش العراقي أمس الثلاثاء معبر فيشخابور من البيشمركة بالتفاهم.",
            "Non-violent transfer of territory",
        ),
        (
            "ثكنة تركية\nشيدت القوات التركية أمس الثلاثاء ثكنة جديدة في مرتفعات سيدكان شمال أربيل.",
            "Headquarters or base established",
        ),
        (
            "مقابر مخربة\nحطم مسلحون شواهد قبور في مقبرة مسيحية ببرطلة في نينوى أمس الثلاثاء.",
            "Looting/property destruction",
        ),
        (
            "حرق بيادر\nأضرم مسلحون النار في بيادر حنطة بقضاء الحويجة ليلة أمس الثلاثاء.",
            "Looting/property destruction",
        ),
        (
            "سحل في الناصرية\nقتل حشد غاضب شابا في الناصرية أمس الثلاثاء وعلقوا جثته على عمود كهرباء.",
            "Mob violence",
        ),
        (
            "محتجون في الكوت\nأشعل محتجون الإطارات وقذفوا قوات الأمن بالحجارة في الكوت أمس الثلاثاء.",
            "Violent demonstration",
        ),
        (
            "تفريق وقفة\nفرقت قوات الأمن وقفة للخريجين أمام مبنى محافظة البصرة أمس الثلاثاء بخراطيم المياه.",
            "Protest with intervention",
        ),
        (
            "قناصة في بغداد\nاستهدف قناصة متظاهرين في ساحة التحرير ببغداد أمس الثلاثاء وقتلوا ثلاثة.",
            "Excessive force against protesters",
        ),
        (
            "غاز في سنجار\nأطلق تنظيم داعش ثلاث قذائف محملة بغاز الكلور على خطوط البيشمركة في سنجار أمس الثلاثاء.",
            "Chemical weapon",
        ),
        (
            "هتك عرض\nأقدم مسلحون من داعش على هتك عرض فتاة في تلعفر أمس الثلاثاء.",
            "Sexual violence",
        ),
        (
            "القيروان محررة\nأكملت ألوية الحشد الشعبي أمس الثلاثاء تحرير مركز ناحية القيروان بالكامل.",
            "Government regains territory",
        ),
        (
            "الرطبة\nوقعت مدينة الرطبة غربي الأنبار في أيدي مسلحي داعش مساء أمس الثلاثاء.",
            "Non-state actor overtakes territory",
        ),
        (
            "مخبأ في الرطبة\nعثرت قوة من حرس الحدود على مخبأ ضم ستين قنبرة هاون في الرطبة أمس الثلاثاء.",
            "Disrupted weapons use",
        ),
        (
            "طريق مقطوع\nأغلق عشرات الأهالي طريق البصرة عند مدخل الهارثة أمس الثلاثاء احتجاجا على ملوحة المياه.",
            "Peaceful protest",
        ),
        (
            "ناشط مفقود\nأخذ مسلحون ناشطا من منزله في بغداد الجديدة أمس الثلاثاء إلى جهة غير معلومة.",
            "Abduction/forced disappearance",
        ),
        (
            "ممول داعش\nأوقعت مفارز الاستخبارات العسكرية بأحد ممولي داعش في أيمن الموصل أمس الثلاثاء.",
            "Arrests",
        ),
    ],
)
def test_rarer_deeds_are_known_by_the_words_of_many_reporters(
    analyser: Analyser, text: str, kind: str
) -> None:
    assert [e.sub_event_type for e in events_of(analyser, "ar", text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "وزير جديد\nتسلم وزير التربية الجديد مهام عمله في بغداد أمس الثلاثاء.",
        "أجهزة للجامعة\nتسلمت جامعة الموصل أجهزة مختبرية من منظمة دولية أمس الثلاثاء.",
        "مقر لمصرف\nافتتح مصرف الرافدين مقرا جديدا له في الموصل أمس الثلاثاء.",
        "كتلة تنسحب\nانسحبت كتلة النصر من تحالف العزم في بغداد أمس الثلاثاء.",
        "علم في الملعب\nرفع مشجعون العلم العراقي فوق مدرجات ملعب الموصل أمس الثلاثاء.",
        "صلح زوجين\nتصالح زوجان في محكمة الكرخ ببغداد أمس الثلاثاء بعد خلاف.",
        "طريق للصيانة\nأغلقت مديرية الطرق طريق بغداد الموصل أمس الثلاثاء لأعمال الصيانة.",
        "تجاوزات\nهدمت بلدية الموصل منازل متجاوزة في حي الرفاعي أمس الثلاثاء.",
        "رش النخيل\nقصفت طائرات زراعية حشرة الدوباس في بساتين أبي الخصيب بالبصرة أمس الثلاثاء.",
        "ضباع\nهاجم قطيع من الضباع قرية في المشرح شرقي العمارة أمس الثلاثاء وأصاب فلاحا.",
        "سيطرة على الكرة\nسيطر الزوراء على مجريات المباراة أمام الشرطة في بغداد أمس الثلاثاء.",
        "اتفاق النفط\nوقع العراق وتركيا أمس الثلاثاء اتفاقا لاستئناف تصدير النفط عبر جيهان.",
    ],
)
def test_the_same_words_said_of_office_sport_and_daily_life_tell_no_deed(
    analyser: Analyser, text: str
) -> None:
    assert events_of(analyser, "ar", text) == ()


@pytest.mark.parametrize(
    ("tail", "killed", "wounded"),
    [
        ("ولم تسجل وفيات", 0, None),
        ("ولم يصب أحد من السائقين", None, 0),
        ("وارتقى جنديان", 2, None),
        ("ولم تسفر عن ضحايا", 0, 0),
        ("وبترت ساق راعي أغنام", None, 1),
        ("ولا معلومات عن خسائر", None, None),
    ],
)
def test_tolls_are_read_in_the_words_of_statements(analyser: Analyser, tail: str, killed, wounded) -> None:
    text = f"انفجار\nانفجرت عبوة ناسفة على دورية للجيش في الطارمية أمس الثلاثاء {tail}."
    assert [(e.killed, e.wounded) for e in events_of(analyser, "ar", text)] == [(killed, wounded)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "The clans of Maysan in Iraq buried the hatchet in Amarah on Tuesday after a month's feud.",
            "Agreement",
        ),
        (
            "The guns fell silent in Sinjar on Tuesday after commanders brokered a cessation of hostilities.",
            "Agreement",
        ),
        (
            "Peshmerga pulled back from Makhmour without a fight on Tuesday as federal police moved in.",
            "Non-violent transfer of territory",
        ),
        (
            "Coalition troops left Taqaddum base on Tuesday and the keys were given to Iraqi commanders.",
            "Non-violent transfer of territory",
        ),
        (
            "The Turkish army is erecting a fortified post on Mount Matin in Duhok, residents said on Tuesday.",
            "Headquarters or base established",
        ),
        ("Two Hashd brigades in Nineveh were merged into one on Tuesday.", "Change to group/activity"),
        (
            "Iraqi Shiite factions called a halt to their attacks on American bases on Tuesday.",
            "Change to group/activity",
        ),
        (
            "ISIS militants dynamited the tomb of a prophet in Mosul on Tuesday.",
            "Looting/property destruction",
        ),
        ("Militiamen stripped shops in Tikrit bare on Tuesday.", "Looting/property destruction"),
        (
            "Relatives of the dead set upon a suspect in Nasiriyah on Tuesday and beat him to death.",
            "Mob violence",
        ),
        (
            "Sadr supporters scaled the walls of the Swedish embassy in Baghdad on Tuesday.",
            "Violent demonstration",
        ),
        ("Demonstrators lobbed stones at riot police in Baghdad on Tuesday.", "Violent demonstration"),
        (
            "Anti-riot units cleared teachers from outside parliament in Sulaymaniyah on Tuesday with water hoses.",
            "Protest with intervention",
        ),
        (
            "Snipers picked off protesters in Baghdad's Tahrir Square on Tuesday, killing six.",
            "Excessive force against protesters",
        ),
        (
            "Shells laced with a mustard-like agent hit Peshmerga trenches near Makhmour on Tuesday.",
            "Chemical weapon",
        ),
        ("Elite forces dislodged the jihadists from Ramadi on Tuesday.", "Government regains territory"),
        ("Daesh now controls Qaim, whose garrison fled on Tuesday.", "Non-state actor overtakes territory"),
        (
            "Police came across a tunnel with rockets and mortars near Rutba on Tuesday.",
            "Disrupted weapons use",
        ),
        (
            "Men in black hustled an activist into a car in Baghdad's Zayouna district on Tuesday.",
            "Abduction/forced disappearance",
        ),
        ("Seven wanted men were pulled in during dawn raids in Tarmiyah on Tuesday.", "Arrests"),
    ],
)
def test_english_words_of_the_rarer_types(analyser: Analyser, body: str, kind: str) -> None:
    assert [e.sub_event_type for e in events_of(analyser, "en", "\n" + body)] == [kind]


@pytest.mark.parametrize(
    "body",
    [
        "The Basra Oil Company suspended operations at Rumaila on Tuesday for maintenance.",
        "Iraq's football team flattened Oman 4-0 in Basra on Tuesday.",
        "Storms flattened houses in Kirkuk on Tuesday.",
        "Baghdad and Ankara signed a memorandum on water on Tuesday.",
        "A gas lorry blew up at a filling station in Kirkuk on Tuesday, killing three; no bomb was involved.",
        "The prime minister and the Kurdish president shook hands in Erbil on Tuesday.",
        "Iraq's defence ministry said on Tuesday that no trace of explosives was found after a blast in a bakery.",
        "A crowd pushed into a shopping centre in Erbil for the sales on Tuesday.",
        "Iraqi archaeologists dug in at Babylon on Tuesday.",
        "Two men were taken to hospital in Erbil on Tuesday after inhaling toxic fumes from a generator.",
        "The band left the stage in Baghdad in protest at the sound on Tuesday.",
        "Police picked up litter along the Tigris in Baghdad on Tuesday.",
    ],
)
def test_english_words_of_the_rarer_types_in_innocent_sentences(analyser: Analyser, body: str) -> None:
    assert events_of(analyser, "en", "\n" + body) == ()


@pytest.mark.parametrize(
    ("body", "killed", "wounded"),
    [
        ("A bomb in a bus killed no one in Baghdad on Tuesday.", 0, None),
        ("Two rockets fell near Balad air base on Tuesday; neither hurt anyone.", None, 0),
        ("Two rockets fell near Balad air base on Tuesday. There was no loss of life or injury.", 0, 0),
        (
            "A roadside bomb in Mosul on Tuesday cost three policemen their lives and put nine in hospital.",
            3,
            9,
        ),
        ("Gunmen shot a shopkeeper in Basra on Tuesday; he did not survive.", 1, None),
        ("A blast in Tal Afar on Tuesday claimed six lives; 21 more needed treatment.", 6, 21),
    ],
)
def test_english_words_of_tolls(
    analyser: Analyser, body: str, killed: int | None, wounded: int | None
) -> None:
    event = only_event(analyser, "en", "\n" + body)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (
            (
                "Decenas de titulados universitarios bloquearon el martes la puerta de la refinería de Shuaiba, en Basora, "
                "para reclamar un empleo."
            ),
            "Peaceful protest",
        ),
        (
            (
                "Transportistas de Basora impidieron el martes el paso de camiones por Safwan para exigir más fletes. "
                "La concentración, pacífica, duró seis horas."
            ),
            "Peaceful protest",
        ),
        (
            (
                "La Policía dispersó el martes con gases lacrimógenos y agua a presión una sentada de licenciados ante la "
                "gobernación de Kut, en Wasit."
            ),
            "Protest with intervention",
        ),
        (
            (
                "Fuerzas peshmerga dejaron el martes sus posiciones al norte de Majmur y una brigada del Ejército iraquí las "
                "relevó sin incidentes."
            ),
            "Non-violent transfer of territory",
        ),
        (
            (
                "La coalición internacional entregó formalmente este martes la base aérea de Qayara, al sur de Mosul, a las "
                "fuerzas iraquíes."
            ),
            "Non-violent transfer of territory",
        ),
        (
            (
                "Las fuerzas peshmerga retomaron el martes Zumar, al noroeste de Mosul, después de que los yihadistas "
                "huyeran."
            ),
            "Government regains territory",
        ),
        (
            (
                "Varios encapuchados propinaron el martes una paliza a un periodista en Sulaimaniya, en el Kurdistán iraquí, y "
                "le partieron un brazo."
            ),
            "Attack",
        ),
        (
            (
                "Una multitud golpeó hasta la muerte el martes a un hombre acusado de disparar contra los manifestantes en "
                "Ciudad Sadr, en Bagdad."
            ),
            "Mob violence",
        ),
        (
            (
                "Cuatro recolectores de trufas cayeron el martes en poder del Estado Islámico en el desierto de Rutba, en Al "
                "Anbar."
            ),
            "Abduction/forced disappearance",
        ),
        (
            "Cinco vecinos fueron capturados el martes por miembros del Dáesh cerca de Nujaib, en Al Anbar.",
            "Abduction/forced disappearance",
        ),
        (
            (
                "La milicia Kataib Hezbolá anunció el martes en Bagdad que deja en suspenso sus operaciones contra las fuerzas "
                "de Estados Unidos."
            ),
            "Change to group/activity",
        ),
        (
            (
                "Dos clanes de Al Islah, en Dhi Qar, suscribieron el martes una «atwa» de un mes por mediación de jeques de "
                "Nasiriya."
            ),
            "Agreement",
        ),
        (
            (
                "El consejero de Seguridad Nacional iraquí y su homólogo iraní rubricaron el martes en Bagdad un protocolo para "
                "blindar la frontera común."
            ),
            "Agreement",
        ),
        (
            "Un artefacto agujereó el martes el oleoducto a la altura de Hamam al Alil, al sur de Mosul.",
            "Remote explosive/landmine/IED",
        ),
        (
            (
                "El Servicio Antiterrorista dio el martes con un refugio del EI en Hamrin, en Diyala, que guardaba doce bombas "
                "de fabricación casera. Las destruyó in situ."
            ),
            "Disrupted weapons use",
        ),
    ],
)
def test_spanish_words_of_the_rarer_types(analyser: Analyser, body: str, type_: str) -> None:
    assert [e.sub_event_type for e in events_of(analyser, "es", "\n" + body)] == [type_]


@pytest.mark.parametrize(
    "body",
    [
        "El equipo iraquí Al Shorta recibió una paliza el martes ante Al Hilal en Basora.",
        "Una misión italiana desenterró el martes en Nasiriya un almacén con vasijas y puntas de lanza de bronce.",
        "El Ministerio de Petróleo firmó el martes en Bagdad un memorando de entendimiento con una compañía china.",
        "Los médicos del hospital de Basora se concentran desde el martes en la lucha contra el cáncer.",
        "Millones de peregrinos cerraron el martes las calles de Kerbala. Los vecinos ofrecieron comida.",
        "El nuevo gobernador de Kirkuk ocupó su lugar el martes tras la jubilación de su predecesor.",
        "La explosión de un neumático hizo volcar un autobús el martes cerca de Duhok. Tres personas murieron.",
        "El presidente iraquí recordó el martes a los 5.000 mártires de Halabja en un acto en la ciudad.",
        "Ingenieros de la Compañía del Norte cerraron el martes tres pozos de Kirkuk para revisarlos.",
        "Dos obreros fueron atendidos el martes por asfixia tras una fuga de cloro en una fábrica de Bagdad.",
        "El actor bagdadí se dejó la vida en los escenarios de Bagdad, dijo el martes su director.",
        "El Parlamento tomó el martes en Bagdad el relevo del Gobierno en la reforma electoral.",
        "La noticia de un ataque contra la base de Ain al Asad es un infundio, dijo el martes la Célula de Seguridad.",
        "El ruido oído el martes en Erbil procedía de una prueba de sirenas; no hubo explosión alguna.",
        "La Policía de Nasiriya aseguró el martes que no hay nada de verdad en el asesinato de un juez.",
        "El Mando descartó el martes que un misil impactara en el aeropuerto de Bagdad.",
    ],
)
def test_spanish_words_of_the_rarer_types_in_innocent_sentences(analyser: Analyser, body: str) -> None:
    assert events_of(analyser, "es", "\n" + body) == ()


@pytest.mark.parametrize(
    ("body", "killed", "wounded"),
    [
        (
            (
                "Un artefacto explotó el martes al paso de una patrulla en Muqdadiya, en Diyala. El oficial cayó mártir y dos "
                "soldados fueron llevados al hospital con heridas de metralla."
            ),
            1,
            2,
        ),
        (
            (
                "Un policía se dejó la vida el martes en una emboscada del EI en Hamrin; tres compañeros fueron atendidos de "
                "heridas de bala."
            ),
            1,
            3,
        ),
        (
            (
                "Un dron cayó el martes en el campo de gas de Khor Mor, en Sulaimaniya. Todos los empleados se encuentran "
                "bien."
            ),
            0,
            0,
        ),
        (
            (
                "Un proyectil de mortero cayó el martes sobre una casa de Faluya. Tres miembros de la familia resultaron "
                "muertos y otros dos recibieron asistencia médica."
            ),
            3,
            2,
        ),
        (
            (
                "Al menos 30 personas, 12 de ellas agentes, resultaron heridas el martes en choques entre manifestantes y "
                "antidisturbios en Basora."
            ),
            None,
            30,
        ),
        ("El comandante de la Brigada 41 cayó mártir el martes en un ataque del EI en Samarra.", 1, None),
    ],
)
def test_spanish_words_of_tolls(
    analyser: Analyser, body: str, killed: int | None, wounded: int | None
) -> None:
    event = only_event(analyser, "es", "\n" + body)
    assert (event.killed, event.wounded) == (killed, wounded)


def test_a_device_of_the_same_kind_elsewhere_is_a_further_deed_in_spanish(analyser: Analyser) -> None:
    body = (
        "Un dron atacó el martes la base de Harir, en Erbil, sin causar daños. Otro aparato de iguales características "
        "cayó el lunes en un campo cercano a Duhok."
    )
    assert [e.sub_event_type for e in events_of(analyser, "es", "\n" + body)] == ["Air/drone strike"] * 2
