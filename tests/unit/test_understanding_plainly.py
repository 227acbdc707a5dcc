"""Who struck and says so, what captors let know, who fell and what only a match or an accident was; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from worker.domain.model import Document, Kind
from worker.domain.understanding.analyser import Analyser

WEDNESDAY = datetime(2024, 5, 15, 12, tzinfo=UTC)


def analysis(analyser: Analyser, language: str, text: str):
    return analyser.analyse(Document(text, (text + "\n").index("\n"), language, WEDNESDAY))


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("en", "US military says it hit a militia's command post in Iraq", "us_forces"),
        ("ar", "الجيش الأمريكي يعلن أنه استهدف مقرا للفصائل في العراق", "us_forces"),
        ("fr", "L'armée américaine affirme avoir frappé un dépôt d'une milice en Irak", "us_forces"),
        ("en", "Iran's Guards say they hit a spy headquarters in Erbil", "irgc"),
        (
            "en",
            "Region at war, live: Israeli jets bomb Popular Mobilisation depot in Iraq; oil jumps",
            "israel",
        ),
    ],
)
def test_who_tells_what_he_did_himself_is_its_doer_from_the_air(analyser, language, text, actor):
    seen = analysis(analyser, language, text)
    assert seen.kind is Kind.INCIDENT
    (event,) = seen.events
    assert event.sub_event_type == "Air/drone strike"
    assert list(event.actors) == [actor]


def test_a_threat_of_captors_is_their_abduction_and_kills_nobody(analyser):
    text = "Group threatens to behead two engineers\nA militant group in Iraq said it had kidnapped two engineers and would behead them within 48 hours."
    seen = analysis(analyser, "en", text)
    assert seen.kind is Kind.INCIDENT
    assert [(e.sub_event_type, e.killed) for e in seen.events] == [("Abduction/forced disappearance", None)]


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        ("en", "Colonel, two guards killed by bomb in Mosul", 3),
        ("en", "Bomb in Mosul\nA bomb killed a captain and two soldiers in Mosul on Tuesday.", 3),
        ("ar", "انفجار في الموصل\nقتل ملازم وجنديان بانفجار عبوة ناسفة في الموصل يوم الثلاثاء.", 3),
    ],
)
def test_officers_told_by_rank_are_counted(analyser, language, text, killed):
    assert [e.killed for e in analysis(analyser, language, text).events] == [killed]


@pytest.mark.parametrize(
    "text",
    [
        "Air Force gunned down in title race\nAl-Zawraa ambushed the Air Force 3-1 at Al-Shaab Stadium in Baghdad on Friday, their midfield opening fire early.",
        "Fuel tanker blows up in Basra, killing six\nSix people were killed on Tuesday when a fuel tanker exploded in Basra. Police said it was an accident and that reports of a car bomb were untrue.",
        "‘House to House’ storms early access\nThe shooter that drops players into Fallujah is out on Steam. Squads dodge mortar fire and call in air strikes.",
        "Lights out from Mosul to Basra\nPower went off from Mosul to Basra on Tuesday after a line tripped in the heat, the electricity ministry said.",
    ],
)
def test_matches_games_accidents_and_failures_are_none_of_ours(analyser, text):
    assert analysis(analyser, "en", text).kind is Kind.OTHER


def test_a_quake_strikes_nobody_from_the_air(analyser):
    text = "Powerful quake strikes Sulaymaniyah, four dead\nAn earthquake hit the Halabja border on Tuesday, killing four people."
    assert analysis(analyser, "en", text).events == ()


def test_a_headline_of_two_halves_is_two_deeds(analyser):
    text = "Teacher shot dead in Basra; rockets hit Erbil airport"
    told = [(e.sub_event_type, e.governorate) for e in analysis(analyser, "en", text).events]
    assert told == [("Attack", "Basra"), ("Shelling/artillery/missile attack", "Erbil")]


def test_a_headlines_bombing_is_the_air_strike_told_below_it_on_its_own_day(analyser):
    text = "Militia base in Babil bombed\nHILLA, Iraq, May 15 (GW) - A militia base at Kalsu was bombed from the air on Tuesday evening, killing two fighters, police said."
    told = [(e.sub_event_type, e.place, str(e.date)) for e in analysis(analyser, "en", text).events]
    assert told == [("Air/drone strike", "Camp Kalsu", "2024-05-14")]


@pytest.mark.parametrize(
    "text",
    [
        "Car bomb kills nine in Karbala ahead of Shi'ite commemorations\nA car bomb killed nine people in Karbala on Monday.",
        "Militants execute six\nIslamic State shot dead six men in Qaim on Monday on charges of spying, a relative said.",
    ],
)
def test_a_feast_is_no_anniversary_and_what_gunmen_charge_is_no_trial(analyser, text):
    analysis = analyser.analyse(Document(text, text.index("\n"), "en", WEDNESDAY))
    assert analysis.kind is Kind.INCIDENT


@pytest.mark.parametrize(
    ("language", "text", "kind", "actors"),
    [
        (
            "en",
            "Kataib Hezbollah suspends attacks on US troops\nThe Iraqi faction announced in Baghdad on Tuesday a halt to its attacks.",
            "Change to group/activity",
            ["kataib_hezbollah"],
        ),
        (
            "es",
            "El PKK monta un campamento cerca de Sinyar\nLos guerrilleros se instalaron el lunes en Sinyar.",
            "Headquarters or base established",
            ["pkk"],
        ),
        (
            "es",
            "La coalición entrega la base de Qayara\nEl traspaso al ejército iraquí se hizo el lunes en Qayara.",
            "Non-violent transfer of territory",
            ["coalition"],
        ),
    ],
)
def test_a_party_s_move_of_the_last_days_is_an_incident_that_hits_nobody(
    analyser, language, text, kind, actors
):
    seen = analysis(analyser, language, text)
    assert seen.kind is Kind.INCIDENT
    (event,) = seen.events
    assert (event.sub_event_type, list(event.targets)) == (kind, [])
    assert set(actors) <= set(event.actors)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Bagdad y Ankara firman un memorando sobre el agua\nLo rubricaron el lunes en Bagdad."),
        (
            "es",
            "El PKK no entrega las armas\nUno de sus jefes negó el lunes que la organización deje las armas.",
        ),
        (
            "es",
            "Irak abrirá una nueva base en Rutba\nEl ministro prevé instalar una base militar, dijo el lunes.",
        ),
        (
            "en",
            "Five years since the militia laid down its arms in Basra\nThe anniversary was marked in Basra on Monday.",
        ),
    ],
)
def test_a_move_that_is_planned_denied_remembered_or_between_states_is_none(analyser, language, text):
    assert analysis(analyser, language, text).kind is not Kind.INCIDENT


def test_who_occupies_a_square_since_a_day_does_not_date_what_happened_there(analyser):
    text = "Abren fuego contra los acampados\nLa madrugada del martes unos encapuchados atacaron la plaza de Nasiriya que los jóvenes ocupan desde el sábado y mataron a tres manifestantes."
    (event,) = analysis(analyser, "es", text).events
    assert event.date == date(2024, 5, 14)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "ar",
            "الجيش التركي يشيد ثكنة في العمادية\nأنشأت القوات التركية أمس الثلاثاء ثكنة على قمة جبل في قضاء العمادية.",
            "Headquarters or base established",
        ),
        (
            "ar",
            "البيشمركة تتسلم جلولاء من الجيش\nتسلمت قوات البيشمركة أمس الثلاثاء مواقع الجيش في جلولاء بالتفاهم.",
            "Non-violent transfer of territory",
        ),
        (
            "ar",
            "حركة النجباء تعلق عملياتها ضد القوات الأمريكية\nأعلنت حركة النجباء مساء أمس الثلاثاء تعليق عملياتها العسكرية ضد القوات الأمريكية في العراق.",
            "Change to group/activity",
        ),
        (
            "ar",
            "خطف صيادين في الثرثار\nخطف عناصر داعش صيادين في منطقة الثرثار فجر أمس الثلاثاء.",
            "Abduction/forced disappearance",
        ),
        (
            "ar",
            "رمانة يدوية على منزل\nألقى مسلحون رمانة يدوية على منزل قاض في بعقوبة أمس الثلاثاء.",
            "Grenade",
        ),
    ],
)
def test_a_move_or_a_deed_told_with_party_place_and_day_is_an_incident_though_nobody_was_hurt(
    analyser, language, text, kind
):
    seen = analysis(analyser, language, text)
    assert (seen.kind, [e.sub_event_type for e in seen.events]) == (Kind.INCIDENT, [kind])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "ذكرى تسليم قاعدة التاجي\nفي مثل هذا اليوم تسلم الجيش العراقي قاعدة التاجي من التحالف."),
        ("ar", "النجباء تنفي تعليق عملياتها\nنفت حركة النجباء أمس تعليق عملياتها ضد القوات الأمريكية."),
        (
            "ar",
            "أنقرة: قواتنا باقية\nقال مصدر تركي الخميس إن إعلان حزب العمال الكردستاني حل نفسه لا يعني إغلاق القواعد في دهوك.",
        ),
    ],
)
def test_a_move_that_is_old_denied_or_only_spoken_of_is_none(analyser, language, text):
    assert analysis(analyser, language, text).events == ()


def test_a_crowd_that_sits_across_the_road_to_a_field_protests_there(analyser):
    seen = analysis(
        analyser,
        "en",
        "Graduates sit down on road to field\nJobless graduates sat across the road to the West Qurna 2 field on Tuesday.",
    )
    assert (seen.relevant, seen.kind) == (True, Kind.INCIDENT)
    assert [e.sub_event_type for e in seen.events] == ["Peaceful protest"]


def test_the_bomb_below_a_headline_on_a_drone_is_what_it_dropped(analyser):
    text = (
        "Three refugees killed by drone in Makhmour\nThe bomb hit a park in Makhmour camp in Iraq on Tuesday. "
        "Two people were wounded, a lawmaker said."
    )
    (event,) = analysis(analyser, "en", text).events
    assert (event.sub_event_type, event.weapons, event.killed, event.wounded) == (
        "Air/drone strike",
        ("drone",),
        3,
        2,
    )
    text = (
        "Three killed by drone in Makhmour\nA roadside bomb killed two soldiers in Baquba, Iraq, on Tuesday."
    )
    assert [e.killed for e in analysis(analyser, "en", text).events] == [3, 2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            (
                "Police: no oil workers were kidnapped near Dibis\nKirkuk police on Tuesday called untrue posts which said "
                "that armed men had abducted three oil workers on the Dibis road."
            ),
            Kind.CONTEXT,
        ),
        (
            "No casualties in rocket attack on base in Anbar\nTwo rockets hit the base of Ain al-Asad on Tuesday.",
            Kind.INCIDENT,
        ),
        (
            "No one hurt as bomb hits convoy near Diwaniya\nA roadside bomb hit a convoy near Diwaniya on Tuesday.",
            Kind.INCIDENT,
        ),
        (
            "No claim yet for bombing in Baquba\nA car bomb killed two in Baquba, Iraq, on Tuesday.",
            Kind.INCIDENT,
        ),
    ],
)
def test_a_headline_that_denies_the_deed_is_none_and_one_that_denies_its_dead_is(analyser, text, kind):
    assert analysis(analyser, "en", text).kind is kind


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "Peshmerga leave Sinjar, Hashd moves in\nKurdish Peshmerga forces withdrew from Sinjar on Tuesday and Hashd fighters took their place without a shot being fired.",
            "Non-violent transfer of territory",
        ),
        (
            "Federal forces enter Bashiqa as Kurds pull out\nIraqi federal police entered Bashiqa on Tuesday after Peshmerga fighters withdrew. There was no fighting.",
            "Non-violent transfer of territory",
        ),
        (
            "Iraqi flag raised over Khanaqin after Peshmerga departure\nThe flag was hoisted in Khanaqin on Tuesday, hours after Peshmerga units left.",
            "Non-violent transfer of territory",
        ),
        (
            "Village of Imam Gharbi is back in government hands\nFederal police regained the village of Imam Gharbi, south of Mosul, on Monday.",
            "Government regains territory",
        ),
        (
            "Capture of Sinjar by Islamic State sends thousands fleeing\nIslamic State fighters captured Sinjar on Sunday, officials said.",
            "Non-state actor overtakes territory",
        ),
        (
            "Graduates block refinery gate in Baiji\nDozens of unemployed graduates staged a sit-in on Tuesday outside the Baiji refinery and kept lorries from going in.",
            "Peaceful protest",
        ),
        (
            "Sit-in at Baghdad health ministry dispersed by force\nA sit-in by medical graduates outside the health ministry in Baghdad was dispersed by force on Tuesday.",
            "Protest with intervention",
        ),
        (
            "Youths set municipality on fire in Rifai\nYouths set the municipality building in Rifai, Dhi Qar, on fire on Monday in a protest over water.",
            "Violent demonstration",
        ),
        (
            "Masked men beat up activist in Nasiriyah\nMasked men beat up an activist in Nasiriyah on Monday night and left him with a broken arm.",
            "Attack",
        ),
        (
            "Truffle hunters taken by IS in Anbar desert\nIS members led off seven truffle hunters in the desert west of Rutba on Monday.",
            "Abduction/forced disappearance",
        ),
        (
            "Islamic State captures four border guards near Walid\nIslamic State fighters captured four border guards at the Walid crossing on Monday.",
            "Abduction/forced disappearance",
        ),
        (
            "Harakat al-Nujaba shuts offices of its armed wing in Basra\nThe group has closed the offices of its military wing in Basra, it said on Tuesday.",
            "Change to group/activity",
        ),
        (
            "Baghdad, Tehran initial border security protocol\nIraq and Iran initialled a border security protocol in Baghdad on Tuesday.",
            "Agreement",
        ),
        (
            "Houses of clan burnt in Muqdadiya\nGunmen burnt nine houses of a clan in Muqdadiya on Monday in revenge for a killing.",
            "Looting/property destruction",
        ),
        (
            "Hideout unearthed near Hawija\nA Federal Police force dug up a hideout near Hawija on Tuesday containing eight drums of C4 and mortar shells.",
            "Disrupted weapons use",
        ),
    ],
)
def test_a_deed_is_known_in_the_words_of_other_reporters(analyser, text, type_):
    assert [e.sub_event_type for e in analysis(analyser, "en", text).events] == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "Erbil calls reports of Mossad office fantasy\nAn interior ministry official in Erbil on Tuesday described as fantasy stories on Iranian websites that a team had stormed an Israeli centre and killed agents.",
        "Anbar governor scoffs at story of IS attack on Rutba\nThe governor of Anbar on Tuesday said the story of an attack by Islamic State gunmen on Rutba was made up and had no basis in fact.",
        "Army: video of downed drone in Diyala is old\nThe Joint Operations Command said that a clip shared on Tuesday showing a drone shot down over Diyala was filmed years ago in another country.",
        "Ministry pours cold water on kidnapping reports\nThe ministry said on Tuesday that reports of the kidnapping of four girls in Mosul were groundless and that no such case had been registered.",
        "Duhok mayor: bangs were quarry blasts\nThe mayor of Amedi in Duhok said on Tuesday that the bangs people heard were blasts in a stone quarry.",
        "Workers pitch tents for Arbaeen pilgrims in Karbala\nVolunteers pitched tents for pilgrims on the road to Karbala on Tuesday.",
        "Crowd waves banners at Iraq match in Basra\nFans held up placards and banners at the stadium in Basra on Monday.",
        "Fire burns ten shops in Basra market\nTen shops were burned on Tuesday in a blaze in a Basra market caused by a short circuit, civil defence said.",
        "Iraqi bank closes three offices in Basra\nThe bank closed its three offices in Basra on Tuesday for maintenance.",
        "Iraq signs gas agreement with Turkmenistan\nThe oil ministry signed a memorandum on gas supplies in Baghdad on Tuesday.",
    ],
)
def test_what_is_called_fantasy_old_or_is_everyday_life_is_no_event(analyser, text):
    seen = analysis(analyser, "en", text)
    assert seen.kind is not Kind.INCIDENT
    assert seen.events == ()


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Drone strikes Sarsang oil field; all staff safe\nA drone struck the Sarsang oil field in Duhok on Tuesday. All workers are safe, the operator said.",
            0,
            0,
        ),
        (
            "Rocket lands near Baghdad airport, no one came to harm\nA rocket landed on the perimeter of Baghdad airport on Tuesday. The damage was material only.",
            0,
            0,
        ),
        (
            "Six sustain burns in Kirkuk car bomb\nSix people sustained burns when a car bomb exploded in Kirkuk on Tuesday.",
            None,
            6,
        ),
        (
            "Car bomb kills 4 before it could reach Karbala\nA car bomb exploded on Tuesday at a checkpoint before it could reach Karbala, killing four soldiers.",
            4,
            None,
        ),
    ],
)
def test_the_hurt_and_the_unhurt_are_counted_in_other_words(analyser, text, killed, wounded):
    (event,) = analysis(analyser, "en", text).events
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "البيشمركة تنسحب من ناحية ربيعة والجيش يحل محلها\nانسحبت قوات البيشمركة، أمس الثلاثاء، من ناحية ربيعة غربي نينوى، وحلت محلها قطعات من الجيش العراقي دون إطلاق رصاصة.",
            "Non-violent transfer of territory",
        ),
        (
            "الجيش الأميركي يسلم قاعدة كي وان للجانب العراقي\nتسلمت قيادة العمليات المشتركة، اليوم الأربعاء، قاعدة كي وان في كركوك من التحالف الدولي وأنزل العلم الأميركي ورفع العلم العراقي مكانه.",
            "Non-violent transfer of territory",
        ),
        (
            "الحشد يخلي مقره في تلعفر لصالح الشرطة\nأخلى فوج من الحشد الشعبي مقره في تلعفر غربي نينوى، الثلاثاء، وسلمه للشرطة المحلية.",
            "Non-violent transfer of territory",
        ),
        (
            "انتزاع قرية الزوية من داعش\nانتزعت قوات الشرطة الاتحادية، اليوم الأربعاء، قرية الزوية شمالي بيجي من داعش وقتلت 11 من عناصره.",
            "Government regains territory",
        ),
        (
            "داعش يدخل ناحية البغدادي ويسيطر على مبانيها\nدخل عناصر داعش، أمس الثلاثاء، ناحية البغدادي غربي الأنبار وسيطروا على معظم أحيائها بعد معارك عنيفة.",
            "Non-state actor overtakes territory",
        ),
        (
            "محاضرون يغلقون مديرية تربية بابل\nأغلق المحاضرون المجانيون، صباح اليوم، مديرية تربية بابل في الحلة مطالبين بتثبيتهم.",
            "Peaceful protest",
        ),
        (
            "حملة الشهادات العليا يفترشون الأرض أمام وزارة النفط\nافترش العشرات من حملة الشهادات العليا الأرض أمام وزارة النفط في بغداد، اليوم، مطالبين بالتعيين.",
            "Peaceful protest",
        ),
        (
            "رعاة أغنام في قبضة داعش قرب حمرين\nوقع ثلاثة رعاة أغنام في أسر داعش، الثلاثاء، قرب سلسلة جبال حمرين شمال شرقي ديالى.",
            "Abduction/forced disappearance",
        ),
        (
            "الإفراج عن صياد خطفه داعش في العظيم لقاء فدية\nأطلق تنظيم داعش، اليوم الأربعاء، سراح صياد خطفه قبل أسبوع في العظيم بعد أن دفع ذووه فدية.",
            "Other",
        ),
        (
            "كتائب سيد الشهداء تدمج ألويتها بوزارة الدفاع\nأعلن الأمين العام لكتائب سيد الشهداء، الثلاثاء، دمج ألويتها ضمن تشكيلات وزارة الدفاع.",
            "Change to group/activity",
        ),
        (
            "بغداد وأربيل توقعان بروتوكولا أمنيا حول سنجار\nوقعت الحكومة الاتحادية وحكومة الإقليم، اليوم الأربعاء، بروتوكولا أمنيا لإدارة سنجار بقوات مشتركة.",
            "Agreement",
        ),
        (
            "داعش يحرق حقول الحنطة في مخمور\nأضرم عناصر داعش النيران، مساء أمس، بحقول حنطة في مخمور وأتت على 200 دونم.",
            "Looting/property destruction",
        ),
        (
            "استخراج براميل متفجرات مدفونة في جزيرة سامراء\nاستخرجت قوة من الحشد الشعبي ستة براميل مملوءة بالمتفجرات كانت مطمورة تحت الأرض في جزيرة سامراء، اليوم.",
            "Disrupted weapons use",
        ),
        (
            "إحباط مخطط لتفجير سوق في الحلة\nضبطت الشرطة سيارة محملة بـ 200 كغم من مادة السيفور كانت متجهة إلى سوق في الحلة، أمس الثلاثاء.",
            "Disrupted weapons use",
        ),
    ],
)
def test_arabic_words_for_what_changes_hands_is_freed_found_or_signed_tell_its_type(analyser, text, kind):
    seen = analysis(analyser, "ar", text)
    assert seen.kind is Kind.INCIDENT
    assert [e.sub_event_type for e in seen.events] == [kind]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "عبوة في أبو غريب\nتلقى ثلاثة مدنيين العلاج في المستشفى، اليوم، بعد انفجار عبوة ناسفة في أبو غريب غربي بغداد.",
            None,
            3,
        ),
        (
            "عبوة على رتل دعم في الديوانية\nانفجرت عبوة ناسفة، فجر اليوم، برتل للدعم اللوجستي في الديوانية، ولم يصب أحد بأذى واقتصر الضرر على عجلة واحدة.",
            0,
            0,
        ),
        (
            "مواجهات في الكحلاء\nاندلعت مواجهات مسلحة في قضاء الكحلاء جنوبي ميسان، أمس، قتل فيها رجل وجرح ستة.",
            1,
            6,
        ),
        (
            "ملثمون يوسعون صحفيا ضربا في النجف\nاعتدى ملثمون بالضرب المبرح على الصحفي علي حسين في النجف، مساء أمس، ما تسبب بكسر في يده.",
            None,
            1,
        ),
        (
            "العثور على جثة ناشطة مصابة بثلاث طلقات في البصرة\nعثرت الشرطة، الثلاثاء، على جثة ناشطة مدنية قتلت بثلاث رصاصات في البصرة.",
            1,
            None,
        ),
    ],
)
def test_arabic_words_for_the_hurt_the_treated_and_the_unhurt_are_counted(analyser, text, killed, wounded):
    (event,) = analysis(analyser, "ar", text).events
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "انسحب الفريق وحل محله فريق الشرطة\nانسحب نادي أربيل من البطولة وحل محله نادي الشرطة في المجموعة الثانية.",
        "معرض لبيع السيارات الكهربائية\nافتتح في بغداد معرض لبيع السيارات الكهربائية بمشاركة شركات صينية.",
        "تجمع المشجعون أمام الملعب\nتجمع مئات المشجعين أمام ملعب البصرة للمطالبة بتذاكر المباراة.",
        "إنتاج متوقف\nاستخرجت شركة نفط الشمال 40 ألف برميل من حقول كركوك كانت متوقفة.",
        "وزارة النفط توقع مذكرة تفاهم لضبط الجودة\nوقعت وزارة النفط مع شركة صينية مذكرة تفاهم لضبط جودة الوقود في البصرة.",
    ],
)
def test_arabic_clubs_fairs_oil_and_contracts_are_none_of_ours(analyser, text):
    assert analysis(analyser, "ar", text).kind is Kind.OTHER


def test_another_of_the_same_soon_after_in_arabic_is_a_deed_of_its_own(analyser):
    text = "عبوتان في بعقوبة والخالص\nانفجرت عبوة ناسفة في حي المفرق ببعقوبة، صباح اليوم الأربعاء، فأصيب مدني. وبعدها بقليل انفجرت أخرى مماثلة في الخالص دون إصابات."
    seen = analysis(analyser, "ar", text)
    assert [(e.place, e.wounded) for e in seen.events] == [("Mafraq", 1), ("Khalis", 0)]
