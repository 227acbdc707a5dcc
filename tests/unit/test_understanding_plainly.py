"""Who struck and says so, what captors let know, who fell and what only a match or an accident was; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.model import Kind

WEDNESDAY = datetime(2024, 5, 15, 12, tzinfo=UTC)
analysis_of = partial(reports.analysis_of, published=WEDNESDAY)
events_of = partial(reports.events_of, published=WEDNESDAY)
only_event = partial(reports.only_event, published=WEDNESDAY)


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
    seen = analysis_of(analyser, language, text)
    assert seen.kind is Kind.INCIDENT
    (event,) = seen.events
    assert event.sub_event_type == "Air/drone strike"
    assert list(event.actors) == [actor]


def test_a_threat_of_captors_is_their_abduction_and_kills_nobody(analyser):
    text = "Group threatens to behead two engineers\nA militant group in Iraq said it had kidnapped two engineers and would behead them within 48 hours."
    seen = analysis_of(analyser, "en", text)
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
    assert [e.killed for e in events_of(analyser, language, text)] == [killed]


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
    assert analysis_of(analyser, "en", text).kind is Kind.OTHER


def test_a_quake_strikes_nobody_from_the_air(analyser):
    text = "Powerful quake strikes Sulaymaniyah, four dead\nAn earthquake hit the Halabja border on Tuesday, killing four people."
    assert events_of(analyser, "en", text) == ()


def test_a_headline_of_two_halves_is_two_deeds(analyser):
    text = "Teacher shot dead in Basra; rockets hit Erbil airport"
    told = [(e.sub_event_type, e.governorate) for e in events_of(analyser, "en", text)]
    assert told == [("Attack", "Basra"), ("Shelling/artillery/missile attack", "Erbil")]


def test_a_headlines_bombing_is_the_air_strike_told_below_it_on_its_own_day(analyser):
    text = "Militia base in Babil bombed\nHILLA, Iraq, May 15 (GW) - A militia base at Kalsu was bombed from the air on Tuesday evening, killing two fighters, police said."
    told = [(e.sub_event_type, e.place, str(e.date)) for e in events_of(analyser, "en", text)]
    assert told == [("Air/drone strike", "Camp Kalsu", "2024-05-14")]


@pytest.mark.parametrize(
    "text",
    [
        "Car bomb kills nine in Karbala ahead of Shi'ite commemorations\nA car bomb killed nine people in Karbala on Monday.",
        "Militants execute six\nIslamic State shot dead six men in Qaim on Monday on charges of spying, a relative said.",
    ],
)
def test_a_feast_is_no_anniversary_and_what_gunmen_charge_is_no_trial(analyser, text):
    analysis = analysis_of(analyser, "en", text)
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
    seen = analysis_of(analyser, language, text)
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
    assert analysis_of(analyser, language, text).kind is not Kind.INCIDENT


def test_who_occupies_a_square_since_a_day_does_not_date_what_happened_there(analyser):
    text = "Abren fuego contra los acampados\nLa madrugada del martes unos encapuchados atacaron la plaza de Nasiriya que los jóvenes ocupan desde el sábado y mataron a tres manifestantes."
    event = only_event(analyser, "es", text)
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
    seen = analysis_of(analyser, language, text)
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
    assert events_of(analyser, language, text) == ()


def test_a_crowd_that_sits_across_the_road_to_a_field_protests_there(analyser):
    seen = analysis_of(
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
    event = only_event(analyser, "en", text)
    assert (event.sub_event_type, event.weapons, event.killed, event.wounded) == (
        "Air/drone strike",
        ("drone",),
        3,
        2,
    )
    text = (
        "Three killed by drone in Makhmour\nA roadside bomb killed two soldiers in Baquba, Iraq, on Tuesday."
    )
    assert [e.killed for e in events_of(analyser, "en", text)] == [3, 2]


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
    assert analysis_of(analyser, "en", text).kind is kind


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
    assert [e.sub_event_type for e in events_of(analyser, "en", text)] == [type_]


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
    seen = analysis_of(analyser, "en", text)
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
    event = only_event(analyser, "en", text)
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
    seen = analysis_of(analyser, "ar", text)
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
            None,
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
    event = only_event(analyser, "ar", text)
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
    assert analysis_of(analyser, "ar", text).kind is Kind.OTHER


def test_another_of_the_same_soon_after_in_arabic_is_a_deed_of_its_own(analyser):
    text = "عبوتان في بعقوبة والخالص\nانفجرت عبوة ناسفة في حي المفرق ببعقوبة، صباح اليوم الأربعاء، فأصيب مدني. وبعدها بقليل انفجرت أخرى مماثلة في الخالص دون إصابات."
    seen = events_of(analyser, "ar", text)
    assert [(e.place, e.wounded) for e in seen] == [("Mafraq", 1), ("Khalis", 0)]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Un agente, en la UCI\nUn policía está en cuidados intensivos después de que un francotirador disparara el martes contra su puesto de control en Baquba.",
            None,
            1,
        ),
        (
            "Granada en Ciudad Sadr\nUna granada lanzada contra una vivienda de Ciudad Sadr mandó al hospital el martes a cuatro miembros de una familia.",
            None,
            4,
        ),
        (
            "Cohetes contra Ain al Asad\nCinco cohetes cayeron el lunes en la base de Ain al Asad. Cinco militares y dos contratistas son tratados por traumatismo craneal.",
            None,
            7,
        ),
        (
            "Mina cerca de Sinyar\nDos policías sufrieron amputaciones el martes al pisar una mina cerca de Sinyar.",
            None,
            2,
        ),
        (
            "Carga policial en Samawa\nLa policía disolvió el martes una sentada en Samawa. Cinco concentrados y dos agentes precisaron atención médica.",
            None,
            7,
        ),
        (
            "Ataque a un puesto de control\nMilicianos del EI atacaron el martes un puesto de control en Tarmiya. Los médicos no pudieron salvar la vida a dos soldados.",
            2,
            None,
        ),
        (
            "Tres agentes pagan con su vida\nTres policías pagaron con su vida la defensa de un puesto de control atacado por el EI el lunes en Hawija.",
            3,
            None,
        ),
        (
            "Bomba en Mosul\nUna bomba estalló el martes en Mosul. Los equipos de rescate sacaron de entre los escombros los cuerpos sin vida de seis civiles.",
            6,
            None,
        ),
        (
            "Coche bomba en Mosul\nEl coche bomba del lunes en Mosul se llevó por delante a nueve personas.",
            9,
            None,
        ),
        (
            "Ataque aéreo en Hamrin\nUn ataque aéreo acabó el lunes con un cabecilla del EI y dos de sus escoltas en las montañas de Hamrin.",
            3,
            None,
        ),
        (
            "Cohete en Jor Mor\nUn cohete cayó el lunes en el yacimiento de Jor Mor. No se registró ningún herido ni daño.",
            0,
            0,
        ),
        ("Cohetes en Bagdad\nDos cohetes cayeron el lunes en Bagdad sin que se produjeran bajas.", 0, 0),
        (
            "Cohete en la Zona Verde\nUn cohete cayó el martes en la Zona Verde de Bagdad. No consta que haya habido heridos ni fallecidos.",
            0,
            0,
        ),
    ],
)
def test_spanish_words_for_the_hurt_the_dead_and_the_unhurt_are_counted(analyser, text, killed, wounded):
    event = only_event(analyser, "es", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "El PKK arroja sus fusiles a la hoguera\nTreinta combatientes del PKK quemaron sus fusiles el viernes en Sulaimaniya.",
            "Change to group/activity",
        ),
        (
            "Cierre en Basora\nLa facción Kataib Hizbulá clausuró el martes sus oficinas en Basora.",
            "Change to group/activity",
        ),
        (
            "Centro de coordinación\nEl Ejército y los peshmergas pusieron en marcha el martes un centro de coordinación conjunta en Kirkuk.",
            "Headquarters or base established",
        ),
        (
            "Una escuela por cuartel\nCombatientes de la Movilización Popular ocuparon el lunes una escuela en Bashiqa y la convirtieron en cuartel.",
            "Headquarters or base established",
        ),
        (
            "El Ejército, dueño absoluto de Baiyi\nLas tropas iraquíes controlan por completo Baiyi desde el martes.",
            "Government regains territory",
        ),
        (
            "Tribus de Al Dair\nUna riña degeneró el sábado en batalla campal entre dos tribus de Al Dair, en Basora, que se tirotearon con fusiles.",
            "Armed clash",
        ),
        (
            "Asalto en Nayaf\nCientos de personas asaltaron y prendieron fuego el martes al consulado de Irán en Nayaf.",
            "Violent demonstration",
        ),
        (
            "Seguidores de Sadr toman la terminal\nCientos de seguidores de Sadr invadieron el martes el vestíbulo del aeropuerto de Nayaf.",
            "Violent demonstration",
        ),
        (
            "Huelga de hambre\nUna veintena de maestros empezó el lunes una huelga de hambre ante la sede del gobierno en Sulaimaniya.",
            "Peaceful protest",
        ),
        (
            "Destrozos en Bagdad\nUn grupo de jóvenes con el rostro cubierto destrozó el lunes un restaurante en Bagdad.",
            "Looting/property destruction",
        ),
        (
            "En las redes de la inteligencia\nUn emir del EI cayó el lunes en las redes de la inteligencia en Kirkuk.",
            "Arrests",
        ),
        (
            "Oficial asesinado\nUn oficial del servicio de inteligencia murió el lunes acribillado cuando salía de su casa en Bagdad.",
            "Attack",
        ),
    ],
)
def test_spanish_words_tell_what_was_done(analyser, text, kind):
    assert [e.sub_event_type for e in events_of(analyser, "es", text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Ejecutados once terroristas en la cárcel de Nasiriya\nIrak ahorcó el lunes a once condenados por terrorismo.",
        "Simulacro en Erbil\nBomberos y policías simularon el martes un ataque con bomba y doce heridos en el aeropuerto de Erbil; se usaron cartuchos de fogueo.",
        "Llamamiento a manifestarse el viernes\nLos activistas llamaron a una gran manifestación este viernes en la plaza Tahrir de Bagdad.",
        "Convocan protestas para el viernes en Nasiriya\nGrupos de jóvenes convocaron protestas para el próximo viernes en Nasiriya.",
        "Fin de la huelga\nLos maestros de Sulaimaniya pusieron fin el martes a la huelga de hambre tras un acuerdo.",
        "El portero no superó sus lesiones\nEl portero del Al Shorta no superó sus lesiones y no jugará el martes en Bagdad.",
        "La ONU cierra sus oficinas en Basora\nLa misión de la ONU cerró el lunes sus oficinas en Basora.",
        "El Ministerio lo controla\nEl Ministerio de Sanidad controla por completo el brote en Basora, dijo el lunes.",
        "Pancartas de bienvenida\nLos vecinos colgaron el domingo pancartas de bienvenida al papa en Mosul.",
        "Los clanes se enfrentan en las urnas\nLas dos familias se enfrentaron el martes en las urnas en Samawa.",
        "Vivir en Bagdad\nVivir en Bagdad se paga con la vida social, dice un estudio publicado el martes.",
        "Cientos donan sangre\nCientos de vecinos acudieron el martes al hospital de Kirkuk para donar sangre.",
        "Una demolición\nUna empresa derribó el lunes con explosivos dos torres de la vieja central de Basora, una demolición controlada.",
    ],
)
def test_spanish_sentences_rehearsals_calls_and_everyday_words_are_no_incident(analyser, text):
    assert analysis_of(analyser, "es", text).kind is not Kind.INCIDENT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "هيت تفلت من قبضة القوات\nأفلتت مدينة هيت من قبضة القوات العراقية فجر الأربعاء بعد هجوم واسع لداعش.",
            "Non-state actor overtakes territory",
        ),
        (
            "التنظيم يستحوذ على مصفى بيجي\nاستحوذ مسلحو داعش على أجزاء واسعة من مصفى بيجي يوم الثلاثاء بعد معارك مع القوات الحكومية.",
            "Non-state actor overtakes territory",
        ),
        (
            "البيشمركة تنسحب من زمار دون قتال\nتركت قوات البيشمركة بلدة زمار لمسلحي داعش من دون قتال يوم الأحد.",
            "Non-state actor overtakes territory",
        ),
        (
            "داعش يدخل الحويجة\nباتت بلدة الحويجة جنوب غربي كركوك خاضعة بالكامل لداعش منذ صباح اليوم الأربعاء بعد فرار الشرطة منها.",
            "Non-state actor overtakes territory",
        ),
        (
            "مكافحة الإرهاب تحسم آخر أحياء الساحل الأيسر\nطهرت قوات جهاز مكافحة الإرهاب اليوم الأربعاء آخر الأحياء في الساحل الأيسر للموصل من عناصر داعش.",
            "Government regains territory",
        ),
        (
            "العلم العراقي يرتفع فوق تلعفر\nارتفع العلم العراقي يوم الأحد فوق قلعة تلعفر بعد دخول قوات الجيش والحشد إليها.",
            "Government regains territory",
        ),
        (
            "الجيش يسترد جسر الفلوجة\nاستردت قوة من الجيش وأبناء العشائر الجسر القديم في الفلوجة من داعش ظهر الأربعاء.",
            "Government regains territory",
        ),
        (
            "مراسم تسليم القيارة\nأقيمت في قاعدة القيارة الجوية، يوم الخميس، مراسم سلّم خلالها التحالف الدولي مرافق القاعدة إلى الجيش العراقي.",
            "Non-violent transfer of territory",
        ),
        (
            "البيشمركة تخلي مواقعها في طوزخورماتو\nسلمت قوات البيشمركة مواقعها في طوزخورماتو إلى القوات الاتحادية فجر الاثنين دون مواجهات.",
            "Non-violent transfer of territory",
        ),
        (
            "مركز تنسيق مشترك في كركوك\nافتتحت وزارة الدفاع العراقية ووزارة البيشمركة يوم الثلاثاء مركزاً للتنسيق المشترك في كركوك لملاحقة داعش.",
            "Headquarters or base established",
        ),
        (
            "قوات البيشمركة تشيّد نقطة حصينة\nشيدت قوات البيشمركة، أمس، نقطة حصينة في أطراف كفري لمراقبة تحركات داعش.",
            "Headquarters or base established",
        ),
        (
            "داعش يفتح مقراً في تلعفر\nاتخذ تنظيم داعش من مبنى القائممقامية في تلعفر مقراً له يوم الثلاثاء.",
            "Headquarters or base established",
        ),
        (
            "هيئة الحشد تفتح مكتباً\nدشنت هيئة الحشد الشعبي، الأربعاء، مقراً لقيادة عمليات الفرات الأوسط في كربلاء.",
            "Headquarters or base established",
        ),
        (
            "لواء ينتشر على طول الطريق الدولي\nانتشر اللواء التاسع من الجيش العراقي على امتداد الطريق الدولي قرب الرطبة يوم الأربعاء.",
            "Change to group/activity",
        ),
        (
            "مقاتلو العمال الكردستاني يحرقون بنادقهم\nأحرق ثلاثون من مقاتلي حزب العمال الكردستاني بنادقهم في مراسم قرب كهف جاسنة بالسليمانية يوم الجمعة.",
            "Change to group/activity",
        ),
        (
            "خريجون يتجمعون أمام شركة نفط ميسان\nتجمع عدد من الخريجين، صباح الأربعاء، أمام بوابة شركة نفط ميسان وهم يحملون لافتات تطالب بالتعيين.",
            "Peaceful protest",
        ),
        (
            "عمال النظافة ينفذون وقفة\nنفذ عمال النظافة في بلدية الكوت وقفة غاضبة، الأربعاء، للمطالبة بصرف أجورهم المتأخرة.",
            "Peaceful protest",
        ),
        (
            "مسيرة لطلبة الجامعات في النجف\nجاب طلبة جامعة الكوفة شوارع النجف، الأحد، مرددين هتافات ضد الفساد.",
            "Peaceful protest",
        ),
        (
            "النيران تأتي على محاصيل في مخمور\nأشعل مسلحو التنظيم حرائق في حقول قمح قرب مخمور مساء الثلاثاء وأتت على 300 دونم، بحسب مسؤول محلي.",
            "Looting/property destruction",
        ),
        (
            "ملثمون يخربون مطعماً أمريكياً\nهاجم ملثمون مطعم كي إف سي في شارع فلسطين ببغداد، مساء الاثنين، وعاثوا فيه خراباً ثم لاذوا بالفرار.",
            "Looting/property destruction",
        ),
        (
            "إضرام النار بمحصول\nأقدم عناصر التنظيم على إضرام النار بعشرة دونمات من الشعير قرب مخمور يوم الثلاثاء.",
            "Looting/property destruction",
        ),
        (
            "نزاع بالرشاشات في ذي قار\nتبادلت عشيرتان إطلاق النار بالأسلحة المتوسطة في قضاء الإصلاح بذي قار مساء الثلاثاء، وقُتل شخصان.",
            "Armed clash",
        ),
        (
            "مشاجرة تتحول إلى معركة\nتطور شجار على ساقية ماء إلى مواجهة بالسلاح بين عشيرتين في قضاء المدينة شمالي البصرة ليلة أمس، وأصيب ثلاثة.",
            "Armed clash",
        ),
        (
            "إطلاق وابل من الرصاص على قاض\nأمطر مسلحون سيارة قاض في ميسان بالرصاص صباح السبت، فمات في الحال.",
            "Attack",
        ),
        (
            "وقوع مطلوب في الفخ\nوقع قيادي في داعش في شباك الاستخبارات العسكرية بقضاء هيت غربي الأنبار، يوم الأربعاء.",
            "Arrests",
        ),
        (
            "خلف القضبان\nأصبح ناقل انتحاريين في الموصل خلف القضبان بعد كمين محكم نصبته الاستخبارات، الثلاثاء.",
            "Arrests",
        ),
        (
            "وكالة الاستخبارات تضع يدها على ممول\nوضعت وكالة الاستخبارات يدها على ممول لداعش في الفلوجة، الأربعاء.",
            "Arrests",
        ),
        (
            "الأمن الوطني يصطاد إرهابياً\nاصطاد الأمن الوطني في ديالى، الأربعاء، إرهابياً مطلوباً وفق المادة 4 إرهاب في خانقين.",
            "Arrests",
        ),
        (
            "في قبضة العدالة\nسقط والي الفلوجة في داعش بيد جهاز مكافحة الإرهاب في عملية نوعية جنوبي كركوك الثلاثاء.",
            "Arrests",
        ),
    ],
)
def test_arabic_words_for_ground_bases_crowds_fires_clans_and_arrests_tell_their_type(analyser, text, kind):
    seen = analysis_of(analyser, "ar", text)
    assert seen.kind is Kind.INCIDENT
    assert [e.sub_event_type for e in seen.events] == [kind]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "هجوم مسلح في المقدادية\nأطلق مسلحون مجهولون النار على مزارع في بستانه بقضاء المقدادية مساء الثلاثاء، وهو الآن في العناية المركزة وفي صدره رصاصتان.",
            None,
            1,
        ),
        (
            "إطلاق نار على دورية في الطارمية\nتعرضت دورية للجيش لإطلاق نار في قضاء الطارمية شمالي بغداد صباح اليوم الأربعاء. واخترقت رصاصة كتف جندي، فيما أصابت شظية يد زميله.",
            None,
            1,
        ),
        (
            "انفجار دراجة مفخخة في الحلة\nانفجرت دراجة نارية مفخخة قرب سوق في الحلة مساء أمس، ونجا ثلاثة من الباعة بحروق في الوجه واليدين.",
            None,
            3,
        ),
        (
            "تظاهرة في الناصرية\nخرج مئات المتظاهرين وسط الناصرية مساء الثلاثاء، وأطلقت قوات مكافحة الشغب الغاز المسيل للدموع، وعولج 14 متظاهراً من الاختناق.",
            None,
            14,
        ),
        (
            "عبوة تستهدف عجلة للحشد في ديالى\nخلّف انفجار عبوة على عجلة للحشد الشعبي قرب قره تبه، اليوم الأربعاء، ثلاثة مقاتلين بحالة حرجة.",
            None,
            3,
        ),
        (
            "صاروخان على معسكر في بعشيقة\nسقط صاروخان على معسكر زليكان قرب بعشيقة فجر الأربعاء، وتلقى جندي تركي العلاج من إصابة طفيفة.",
            None,
            1,
        ),
        (
            "هجوم على نقطة للحشد في حمرين\nهاجمت عناصر من داعش نقطة للحشد الشعبي في تلال حمرين ليلة أمس، وجاد ثلاثة من المقاتلين بأرواحهم وهم يتصدون للهجوم.",
            3,
            None,
        ),
        (
            "تفجير انتحاري في تازة\nفجر انتحاري نفسه عند نقطة تفتيش جنوب كركوك ظهر الأربعاء، ودفع خمسة من عناصر الشرطة حياتهم ثمناً لمنعه من الوصول إلى السوق.",
            5,
            None,
        ),
        (
            "هجوم مسلح في جرف الصخر\nتعرضت سيارة مدنية لإطلاق نار من مسلحين مجهولين شمال بابل فجر الأربعاء، وأسلم ركابها الثلاثة أرواحهم على الفور.",
            3,
            None,
        ),
        (
            "غارة تركية على سيارة\nأجهزت مسيرة تركية على ثلاثة من مقاتلي وحدات مقاومة سنجار في خانصور يوم الأربعاء.",
            3,
            None,
        ),
        (
            "انفجار عبوة برتل دعم في الديوانية\nانفجرت عبوة ناسفة برتل يحمل معدات للتحالف الدولي على الطريق السريع في الديوانية صباح الأربعاء، والخسائر في الممتلكات فقط.",
            0,
            0,
        ),
        (
            "صاروخ يسقط في أرض زراعية بالدورة\nسقط صاروخ كاتيوشا في أرض زراعية بمنطقة الدورة جنوبي بغداد ليل الثلاثاء، والحمد لله لا يوجد شهداء ولا جرحى.",
            0,
            0,
        ),
        (
            "استهداف منزل ضابط في البصرة\nأطلق مسلحون مجهولون النار على منزل ضابط في حي الجمعيات بالبصرة ليل الثلاثاء، والعائلة بخير ولم يمسسها سوء.",
            0,
            0,
        ),
        (
            "سقوط قذيفة هاون في ناحية العلم\nسقطت قذيفة هاون على ناحية العلم شرق تكريت صباح الأربعاء، وخلا الحادث من أي خسائر في الأرواح.",
            0,
            0,
        ),
        (
            "هجوم على سيطرة في داقوق\nشنت مجموعة من داعش هجوما على نقطة تفتيش في داقوق مساء الثلاثاء. تفيد المعلومات بأربعة شهداء وجريحين، ووصلت تعزيزات إلى المكان.",
            4,
            2,
        ),
    ],
)
def test_arabic_words_for_what_happened_to_the_body_and_for_nobody_hurt_are_counted(
    analyser, text, killed, wounded
):
    event = only_event(analyser, "ar", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "احتفال باليوم العالمي\nاستقبل مستشفى البصرة التعليمي 30 حالة ولادة خلال العيد، ويتلقى المراجعون العلاج مجاناً.",
        "لاعب المنتخب يغيب\nاخترقت الكرة ساق اللاعب في مباراة الشرطة والزوراء ببغداد، ونقل إلى المستشفى بكسور في قدمه.",
        "حادث سير في الحلة\nنُقل أربعة أشخاص إلى المستشفى بجروح بليغة إثر انقلاب سيارة على طريق الحلة.",
        "رئيس البرلمان يخرج من قبضة المرض\nقال مصدر إن الرئيس أفلت من قبضة المرض وعاد إلى بغداد.",
        "فريق الشرطة يستحوذ على الكرة\nاستحوذ فريق الشرطة على الكرة في معظم أوقات المباراة ببغداد وانتزع الفوز.",
        "شركة تستحوذ على حقل\nاستحوذت شركة صينية على حصة في حقل غرب القرنة بالبصرة بعد توقيع عقد.",
        "افتتاح مركز صحي\nافتتحت وزارة الصحة مركزاً جديداً لغسيل الكلى في الموصل.",
        "صياد يصطاد سمكة\nاصطاد صياد في هور الحويزة سمكة كبيرة وزنها 40 كيلوغراماً.",
        "تحول الخلاف\nتحول الخلاف بين الكتلتين إلى مواجهة إعلامية في البرلمان العراقي.",
        "مسيرة فنية\nجاب الفنان شوارع بغداد بكاميرته ليوثق حياة الناس.",
        "صالة الولادة\nقضى المنتخب على آمال منافسه في ملعب البصرة.",
        "العراق يحذر\nقضت المحكمة الاتحادية على جدل قانون الموازنة وأصدرت قرارها في بغداد.",
        "تسليم منشآت رياضية\nسلمت وزارة الشباب منشآت رياضية إلى نادي الكرخ في مراسم حضرها الوزير.",
        "وقع وزير الدفاع على كتاب\nوقع قائد الشرطة في بغداد على كتاب بيد المدير.",
    ],
)
def test_the_same_arabic_words_of_hospitals_matches_firms_and_parliament_tell_no_deed(analyser, text):
    seen = analysis_of(analyser, "ar", text)
    assert seen.kind is not Kind.INCIDENT
    assert seen.events == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("قتل جندي\nقتل جندي عراقي قرب مكحول الأربعاء في هجوم لداعش، وأنه كان في دورية.", "jabal-makhoul"),
        ("ضبط أسلحة\nعثرت قوة من الجيش على أسلحة حديثة في كركوك الأربعاء بعد مدة طويلة.", "kirkuk"),
    ],
)
def test_everyday_words_are_no_towns(analyser, text, place):
    event = only_event(analyser, "ar", text)
    assert event.place_id == place


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "IS in full control of Rutba\nFighters of the Islamic State were in full control of Rutba by Monday night after the army left the town without a fight, the mayor said.",
            "Non-state actor overtakes territory",
        ),
        (
            "Jihadists hoist their banner over Baiji\nIslamic State gunmen seized Baiji on Tuesday, hoisted their banner over the court house and freed the inmates of its prison.",
            "Non-state actor overtakes territory",
        ),
        (
            "Tal Afar\nThe army is in full control of Tal Afar since Tuesday, its commander said.",
            "Government regains territory",
        ),
        (
            "Joint coordination centre opened in Kirkuk\nThe army and the Peshmerga opened a joint coordination centre in Kirkuk on Monday to close the security gaps between their lines, the defence ministry said.",
            "Headquarters or base established",
        ),
        (
            "Asaib opens office in Mosul\nAsaib Ahl al-Haq opened a new office in Mosul's Zuhur quarter on Tuesday, with its leader Qais al-Khazali present.",
            "Headquarters or base established",
        ),
        (
            "US troops set up outpost in Sadr City\nAmerican soldiers set up a combat outpost in Sadr City on Tuesday, taking over a former cigarette plant.",
            "Headquarters or base established",
        ),
        (
            "PKK fighters lay down their rifles\nSome 30 PKK fighters laid down their rifles on Friday in Dukan district and threw them on a fire.",
            "Change to group/activity",
        ),
        (
            "Saraya al-Salam closes its offices in Basra\nSaraya al-Salam closed all its offices in Basra on Monday on the orders of Muqtada al-Sadr, a spokesman said. The faction freezes its activities there until further notice.",
            "Change to group/activity",
        ),
        (
            "Faction dissolves itself\nThe Imam Hussein Brigades, a small faction of the Popular Mobilization, announced in Najaf on Monday that it had dissolved and that its men would join the army.",
            "Change to group/activity",
        ),
        (
            "Clans bury feud in Amara\nThe clans of Albu Ali and Bani Lam signed a tribal settlement in Amara on Monday, in the presence of the police commander, and swore to end a feud that has cost eight lives.",
            "Agreement",
        ),
        (
            "Baghdad and Tehran sign border security protocol\nIraq's national security adviser and his Iranian counterpart signed a security protocol on the joint border in Baghdad on Sunday.",
            "Agreement",
        ),
        (
            "Hunger strike of lecturers in Diwaniyah\nUnpaid lecturers in Diwaniyah began a hunger strike outside the education directorate on Monday, our correspondent reports.",
            "Peaceful protest",
        ),
        (
            "Prisoners' families rally at court in Ramadi\nRelatives of detainees gathered outside the court of Ramadi on Tuesday with banners demanding an amnesty.",
            "Peaceful protest",
        ),
        (
            "Police beat back graduates\nAnti-riot police beat back graduates who tried to reach the ministry of oil in Baghdad on Tuesday, hitting them with batons; seven had to be treated.",
            "Protest with intervention",
        ),
        (
            "Loyalists wreck Chaldean broadcaster\nLoyalists of a militia leader broke into the Dijlah TV station in Baghdad's Jadriya on Tuesday, smashed cameras and set the studio on fire.",
            "Violent demonstration",
        ),
        (
            "Vandals smash shop windows\nMasked men smashed a liquor shop in Karrada with iron bars on Tuesday night and fled on motorbikes.",
            "Looting/property destruction",
        ),
        (
            "Pylon sawn down near Haditha\nUnknown saboteurs cut through the legs of a pylon near Haditha on Tuesday, cutting off the electricity of three districts.",
            "Looting/property destruction",
        ),
        (
            "Exchange of fire between relatives\nAn exchange of fire between members of the same tribe in the Maysan sub-district of Kumait left two dead on Monday, and a girl was caught by a stray bullet.",
            "Armed clash",
        ),
        (
            "Feud turns deadly in Maysan\nA feud between two clans in Majar al-Kabir turned into an exchange of fire on Tuesday in which four men were killed and six hurt.",
            "Armed clash",
        ),
        (
            "Officer shot at his door\nA brigadier of the interior ministry was shot at his door in Baghdad's Saidiya district on Monday by men with silenced pistols. He died at once.",
            "Attack",
        ),
        (
            "Activist riddled with bullets in Amara\nUnknown men on a motorcycle riddled the car of activist Amjad al-Dahamat with bullets in Amara on Monday. He was dead before the ambulance came.",
            "Attack",
        ),
        (
            "Judge murdered on his way to court\nAssailants with pistols cut off the car of a judge in Amara on Saturday and emptied their magazines into him, the Supreme Judicial Council said.",
            "Attack",
        ),
        (
            "Three terrorists in the grip of intelligence\nThe Military Intelligence Directorate announced on Monday that three terrorists fell into the grip of its detachments in Kirkuk's Daquq.",
            "Arrests",
        ),
        (
            "Falcons net ends IS cell in Anbar\nFour members of a Daesh cell ended in the net of the Falcons intelligence unit in Ramadi on Monday, the interior ministry said.",
            "Arrests",
        ),
        (
            "Counter-terrorism service brings down financier\nThe Counter Terrorism Service brought down the financier of Daesh in Hawija on Monday; he was seized at a checkpoint.",
            "Arrests",
        ),
        (
            "Federal agency lays hands on IS suspect in Fallujah\nThe National Security Service laid hands on a man in Fallujah on Monday who worked for the Diwan of soldiers of Daesh, it said.",
            "Arrests",
        ),
        (
            "Three IS men end up in police net\nThree men wanted for membership of Daesh ended up in the net of the Kirkuk police on Tuesday.",
            "Arrests",
        ),
    ],
)
def test_ground_bases_crowds_feuds_and_arrests_are_known_as_agencies_and_locals_put_them(
    analyser, text, type_
):
    seen = analysis_of(analyser, "en", text)
    assert seen.kind is Kind.INCIDENT
    assert [e.sub_event_type for e in seen.events] == [type_]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Officer loses leg in Tuz Khurmatu blast\nA police lieutenant had his foot torn off when a device went off under his vehicle near Tuz Khurmatu on Monday, a security source said. His driver is in intensive care.",
            None,
            1,
        ),
        (
            "Mosul: mine costs shepherd both legs\nA 34-year-old shepherd had both legs amputated on Sunday after he stepped on a mine near Badush, west of Mosul, hospital sources told our reporter.",
            None,
            1,
        ),
        (
            "Rockets on Taji\nFour Katyusha rockets fell on a residential quarter of Taji, north of Baghdad, on Monday. Six residents had to be treated by medics, and a child was admitted with burns.",
            None,
            6,
        ),
        (
            "Gunmen attack judge in Baquba\nJudge Hamid al-Azzawi was shot at in his car near Baquba on Monday. He could not be saved, the hospital said; his bodyguard is in a critical state.",
            1,
            1,
        ),
        (
            "Morgue receives nine bodies after Diyala raid\nGunmen stormed a village near Muqdadiya on Sunday night. The morgue in Baquba received nine bodies, a hospital source said, and 4 people were being treated.",
            9,
            None,
        ),
        (
            "Soldiers give their lives near Hatra\nTwo soldiers gave their lives and a third was injured when a roadside bomb exploded in the desert of Hatra on Monday, the Nineveh Operations Command said.",
            2,
            1,
        ),
        (
            "Two bombs in Baghdad shops\nA percussion bomb exploded outside a liquor store in Baghdad's Zayouna quarter on Monday and another in front of a massage parlour in Karrada. In neither case were there casualties.",
            0,
            0,
        ),
        (
            "House of MP hit by RPG in Amara\nUnidentified men fired an RPG at the house of a member of parliament in Amara on Sunday night. The family escaped with a fright; only the gate was damaged.",
            0,
            0,
        ),
        (
            "Colonel survives blast but loses hand\nA colonel of the border guard had his right hand blown off on Wednesday when a parcel went off in his office in Khanaqin.",
            None,
            1,
        ),
        (
            "Policeman in coma\nA policeman who was shot in Hawija on Monday by Islamic State gunmen is fighting for his life, the Kirkuk police said.",
            None,
            1,
        ),
        (
            "Mosul hospital admits 14 after blast\nThe Salam hospital in Mosul admitted 14 people after a car bomb blew up in the Nabi Younis market on Tuesday, a nurse said.",
            None,
            14,
        ),
        (
            "Two killed, a dozen choke on gas\nTwo demonstrators were killed and a dozen suffocated from tear gas on Tuesday at Ahrar bridge in Baghdad, the human rights commission said.",
            2,
            12,
        ),
        (
            "Soldiers fall as martyrs\nTwo soldiers fell as martyrs on Tuesday when they repelled an attack by Daesh on their post in the Balkana area of Tuz Khurmatu, the Joint Operations Command said.",
            2,
            None,
        ),
        (
            "Air strike wipes out IS squad\nCoalition aircraft wiped out six IS fighters near Makhmour on Tuesday, the Peshmerga ministry said.",
            6,
            None,
        ),
        (
            "Booby-trapped car blown up\nA booby-trapped car went off on the Taji road on Tuesday. Hospitals recorded neither dead nor wounded.",
            0,
            0,
        ),
        (
            "Cousins trade fire\nCousins fought with rifles over a plot of land at Shatra on Tuesday; two of them died and one is in intensive care.",
            2,
            1,
        ),
    ],
)
def test_limbs_hospitals_morgues_and_frights_tell_who_was_hurt(analyser, text, killed, wounded):
    assert [(e.killed, e.wounded) for e in events_of(analyser, "en", text)] == [(killed, wounded)]


@pytest.mark.parametrize(
    "text",
    [
        "Striker loses leg of tie\nZawraa lost the first leg of the Asian Cup tie in Baghdad on Tuesday and coach said his men had their hands full.",
        "Doctor given lifetime award\nThe surgeon gave her life to the children's hospital in Basra, which honoured her on Tuesday. She treated 12,000 patients.",
        "Painting could not be saved\nA fresco in Hatra could not be saved by the restorers, the antiquities board in Mosul said on Tuesday.",
        "Central Bank in full control of dollar market\nThe central bank of Iraq said on Tuesday that it was in full control of the dollar market in Baghdad.",
        "Minister takes over posts of two directors\nThe minister of transport in Baghdad took over the posts of two directors on Tuesday and gave up one of his own offices.",
        "Oil ministry opens coordination centre for investors\nThe oil ministry opened a coordination centre for investors in Basra on Tuesday.",
        "Actors lay down rifles at end of play\nActors laid down wooden rifles at the end of a play about peace at the national theatre in Baghdad on Tuesday.",
        "Company closes its offices in Erbil\nThe airline closed all its offices in Erbil on the orders of its owner on Tuesday.",
        "Club dissolves itself\nA chess club in Basra dissolved itself on Tuesday after losing its hall.",
        "Universities sign security protocol for data\nMosul and Basra universities signed a security protocol for their data networks on Tuesday.",
        "Fire ravages wheat at Kirkuk silo\nA short circuit set fire to wheat fields near Daquq on Tuesday; 30 dunams burned, civil defence said.",
        "Shop wrecked by storm\nA storm wrecked a restaurant and smashed the windows of a cafe in Ramadi on Tuesday.",
        "Team laid hands on cup\nErbil laid hands on the cup on Tuesday and ended up in the net three times; the leader of the table fell.",
        "Minister in the grip of scandal\nThe minister of electricity is in the grip of a scandal in Baghdad, his spokesman denied on Tuesday.",
        "Company ends in net loss\nA cement firm in Najaf ended up with a net loss and brought down its network costs on Tuesday.",
        "Film shot in Mosul wins prize\nA film shot in Mosul on the battle against IS won a prize in Cannes on Tuesday.",
        "Deer hit by bullet\nPoachers shot a gazelle near Kirkuk on Tuesday; the bullet hit its shoulder, the wildlife service said.",
        "Two sides fight over budget\nTwo parties fought over the budget in the Baghdad parliament on Tuesday; the quarrel turned into a fight for votes.",
        "The king gave his life back to music\nKadim al-Sahir gave his life to music, he told fans in Baghdad on Tuesday.",
        "Doctors treat 40 for heat in Basra\nHospitals in Basra admitted 40 people on Tuesday as temperatures reached 51 degrees.",
        "Flu: 12 in intensive care\nTwelve patients with Crimean-Congo fever are in intensive care in Nasiriyah, the health directorate of Dhi Qar said on Tuesday. Two could not be saved.",
        "Crash near Kut: lorry driver loses leg\nA lorry driver lost a leg when two lorries collided near Kut on Tuesday; three passengers were taken to hospital.",
        "Amara Diallo scores in Conakry\nAmara Diallo shot two goals in Conakry on Tuesday; Guinea's fans stormed the pitch.",
        "Special forces storm mock airliner\nCommandos stormed a mock airliner and defused dummy bombs at Baghdad airport on Monday in an exercise of the Counter Terrorism Service. Blank rounds were fired.",
        "Women police end course in Erbil\nForty policewomen ended a three-week course on explosives and shooting in Erbil on Monday. They received certificates from the German consul.",
        "Army denies attack on base\nThe Security Media Cell called reports of a rocket attack on Balad air base pure invention on Monday. The picture that is going round is five years old, it said.",
        "Bang in Karrada was a tyre\nA loud bang heard in Karrada on Monday evening came from a lorry tyre that burst, the Baghdad Operations Command said, and asked citizens not to believe in rumours of a bomb.",
        "Basra activists call for protest on Friday\nActivists in Basra called for a mass protest on Friday against power cuts and warned of blocking the port if police use violence.",
        "Film shot by drone over Erbil citadel\nA young film maker shot the citadel of Erbil by drone and won a prize in Baghdad on Monday.",
        "Bomb squad trains dogs\nDogs are being taught to sniff out bombs at a police kennel in Baghdad, where instructors hide explosives in cars.",
        "Iraq executes 21 militants\nIraq has executed 21 men convicted of terrorism at Nasiriyah central prison, medical sources said on Monday.",
        "Unions call for march on Basra port\nTrade unions called for a march on the port of Umm Qasr on Sunday and threatened to block its gates.",
    ],
)
def test_the_same_words_in_another_sense_tell_no_event(analyser, text):
    assert events_of(analyser, "en", text) == ()
