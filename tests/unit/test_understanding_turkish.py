"""What Turkish reports show: natives, houses of prayer, armed drones by their Turkish name, captives found dead."""

from __future__ import annotations

import pytest

from tests.support.reports import analysis_of, concepts_understood, events_of, only_event


def test_who_is_from_a_town_was_not_hit_there(analyser):
    event = only_event(
        analyser,
        "tr",
        "Basralı avukat öldürüldü\nBasralı avukat salı günü Kerkük’te silahlı kişilerce öldürüldü.",
    )
    assert event.place == "Kirkuk"


def test_a_house_of_prayer_is_no_town_of_that_name(analyser):
    event = only_event(
        analyser,
        "tr",
        "Telafer’de patlama\nTelafer’deki Zehra Hüseyniyesi’nde dün patlayan bomba beş kişiyi öldürdü.",
    )
    assert (event.place, event.targets) == ("Tal Afar", ("mosque",))


def test_an_armed_drone_is_not_turkeys_where_a_faction_sent_it(analyser):
    analysis = analysis_of(
        analyser,
        "tr",
        "Erbil’de üsse SİHA saldırısı\nABD askerlerinin bulunduğu Harir Üssü’ne dün SİHA ile saldırıldı. "
        "Saldırıyı Irak İslami Direnişi üstlendi.",
    )
    assert "turkey_ops" not in analysis.terms
    assert analysis.events[0].actors == ("islamic_resistance_in_iraq",)
    turkish = analysis_of(
        analyser, "tr", "Sincar’da SİHA saldırısı\nBir SİHA dün Sincar’da PKK’lıları vurdu."
    )
    assert "turkey_ops" in turkish.terms


def test_the_raid_that_found_dead_captives_is_a_fight_of_its_own(analyser):
    seized, fight = events_of(
        analyser,
        "tr",
        "Metina’da PKK’nın kaçırdığı 5 köylü öldürülmüş halde bulundu\n"
        "Operasyonda iki asker şehit oldu, 11 terörist öldürüldü.",
    )
    assert (seized.sub_event_type, seized.killed) == ("Attack", 5)
    assert (fight.sub_event_type, fight.killed) == ("Armed clash", 13)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "tr",
            (
                "Necef’te polis ateş açtı: 5 ölü\n"
                "Yolsuzluğu protesto eden göstericilere dün Necef’te ateş açıldı, beş kişi öldü."
            ),
        ),
        (
            "en",
            "Police open fire in Najaf, five dead\nPolice opened fire on protesters in Najaf on Tuesday, killing five.",
        ),
    ],
)
def test_police_of_a_headline_fired_on_the_crowd_of_the_text(analyser, language, text):
    event = only_event(analyser, language, text)
    assert event.sub_event_type == "Excessive force against protesters"
    assert (event.actors, event.targets) == (("iraqi_forces",), ("civilians",))


def test_rebels_who_are_beaten_back_had_attacked(analyser):
    event = only_event(
        analyser,
        "tr",
        "Ordu Beyci’de IŞİD’i püskürttü\nIrak ordusu dün Beyci’de IŞİD’i püskürttü, 20 militan öldü.",
    )
    assert (event.actors, event.targets) == (("isis",), ("soldiers",))


def test_who_opens_a_report_and_says_it_at_last_was_not_hit(analyser):
    analysis = analysis_of(
        analyser,
        "tr",
        "Musul’da saldırı\nİl Meclisi Başkanı, Musul’un Zengili mahallesinde dün bir evin bombalandığını, "
        "dört kişinin öldüğünü açıkladı.",
    )
    assert "official" not in analysis.events[0].targets
    assert "assassination" not in analysis.terms


def test_a_police_station_is_no_policeman_and_a_villager_is_counted(analyser):
    event = only_event(
        analyser,
        "tr",
        "Havice’de saldırı\nIŞİD’liler dün Havice’de bir polis karakoluna saldırdı, 5 köylü öldü.",
    )
    assert event.killed == 5


def test_whose_funeral_was_bombed_was_killed_before(analyser):
    bomb, killing = events_of(
        analyser,
        "tr",
        "Havice’de cenazeye bombalı saldırı: 10 ölü\nHavice’de dün bir cenaze törenine düzenlenen bombalı saldırıda "
        "10 kişi öldü. Tören, pazar günü silahlı kişilerce öldürülen bir şeyh için düzenlenmişti.",
    )
    assert (bomb.killed, killing.killed) == (10, 1)
    assert killing.sub_event_type == "Attack"
    assert killing.date < bomb.date


def test_a_consulate_without_its_town_lies_where_the_text_is(analyser):
    event = only_event(
        analyser,
        "tr",
        "Basra Havalimanı yakınına üç roket düştü\n"
        "Roketler dün ABD Konsolosluğu’nun bulunduğu bölgeye isabet etti. Can kaybı olmadı.",
    )
    assert event.governorate == "Basra"


@pytest.mark.parametrize(
    ("concept", "read_so", "not_so"),
    [
        ("overrun", "IŞİD Musul'u aldı.", "Fenerbahçe Icardi'yi aldı."),
        ("retake", "Irak güçleri Musul'a girdi.", "Türk ordusu Irak'a girdi."),
        ("advance", "IŞİD Bağdat'a yaklaştı.", "Ölü sayısı 100'e yaklaştı."),
        ("also_died", "Üç polis de hayatını kaybetti.", "İki kişi Erbil'de hayatını kaybetti."),
        (
            "died_later",
            "Yaralı olarak kaldırıldığı hastanede hayatını kaybetti.",
            "10 yaralı, 2 kişi hayatını kaybetti.",
        ),
        ("no_protest", "Büyükelçiye protesto notası verdi.", "ABD Büyükelçiliği önünde protesto düzenlendi."),
        ("party_office", "Partisi merkezine bomba atıldı.", "Partisi seçim kampanyasını başlattı."),
        ("ranks", "Saldırıda bir albay öldü.", "Bakan Albayrak konuştu."),
        ("noise", "Patlama sesi duyuldu.", "Endişe duyduğunu belirtti."),
        ("health", "Kolera vakası görüldü.", "Kaçırma vakası soruşturuluyor."),
        ("health", "Kırım Kongo kenesi öldürdü.", "Halk saldırının ardından kenetlendi."),
        ("riot", "Göstericiler polisi taşladı.", "Göstericiler yasa taslağını protesto etti."),
        ("riot", "Göstericiler binayı yaktı.", "Milisler göstericilerin çadırlarını yaktı."),
        ("retake", "Musul'a ordu birlikleri girdi.", "Yolda güvenlik güçleri çatışmaya girdi."),
        ("seize_arms", "Polis iki bomba buldu.", "Bombalı saldırıda ölü sayısı 50'yi buldu."),
        ("suicide_vehicle", "Bomba yüklü aracını üsse sürdü.", "Kalabalığın üzerine aracını süren kaçtı."),
        ("abduction", "İki kişiyi rehin aldılar.", "Rehineler için görüşmeler sürüyor."),
        ("demand", "İstifasını isteyen kalabalık.", "Saldırı düzenlemek isteyen terörist."),
        ("planned_blast", "Eski mühimmat imha edildi.", "PKK'nın mühimmat deposu imha edildi."),
        ("ied", "Yol kenarına bırakılan düzenek patladı.", "Yol kenarına bırakılmış üç ceset bulundu."),
        ("shelling", "Ordu köyü toplarla dövdü.", "Bankanın toplam döviz rezervi arttı."),
        ("intercept", "Hava savunma sistemi füzeyi önledi.", "Füze hava savunma sistemini vurdu."),
        ("intercept", "İHA etkisiz hale getirildi.", "İHA ile izlenen üç terörist etkisiz hale getirildi."),
        (
            "intercept",
            "İnsansız hava aracı etkisiz hale getirildi.",
            "Sorumlu, insansız hava aracıyla vurularak etkisiz hale getirildi.",
        ),
        ("arrest", "Polis onu yaka paça gözaltına aldı.", "Vekil yaka paça salondan çıkarıldı."),
        ("arrest", "Polis IŞİD üyesini dün ele geçirdi.", "Ordu üç teröristi ölü ele geçirdi."),
        ("defuse", "Etkisizleştirilen bomba yoldaydı.", "Pimi çekilmiş el bombası bulundu."),
        ("riot", "Göstericiler parti merkezini bastı.", "Göstericiler Basra'da basın açıklaması yaptı."),
        ("riot", "Göstericiler karakola girdi.", "Göstericiler karakolun girişinde oturdu."),
        ("riot", "Kalabalık lastikleri yaktı.", "Protestocular Tahrir'de mum yaktı."),
        ("fire_on_crowd", "Polis kalabalığa ateş açtı.", "IŞİD militanları kalabalığa ateş açtı."),
        ("retake", "Ordu köyü militanlardan temizledi.", "Örgütten talimat aldığını söyledi."),
        ("retake", "Ordu kentin denetimini sağladı.", "IŞİD kentin denetimini ordunun elinden aldı."),
        ("overrun", "IŞİD kentin denetimini ordunun elinden aldı.", "Ordu denetimi IŞİD'in elinden aldı."),
        ("arson", "Militanlar evi yaktı.", "Hükümet anlaşmaya yeşil ışık yaktı."),
        ("withdraw", "Askerler mevzilerini terk etti.", "Binlerce aile kenti terk etti."),
        ("deploy", "Askeri birlik gönderdi.", "Avrupa Birliği heyet gönderdi."),
        ("disband", "Örgüt saldırılarını durdurdu.", "Bakan saldırılarını durdurmasını istedi."),
        ("hand_over", "Askerler üssü devraldı.", "Yeni komutan üste görevi devraldı."),
        ("open_base", "Ordu komutanlık merkezi açtı.", "Komutanlık merkezi dün açıklama yaptı."),
        ("truce", "İki aşiret kan davasını bitirdi.", "Sulh ceza hakimliği ilan etti."),
        ("no_protest", "Protestoların simge yüzü.", "Protestolarda yüzlerce kişi öldü."),
        ("convoy", "ABD'ye ait tırlar bombayla vuruldu.", "ABD ile gerilim tırmandı, bomba patladı."),
        ("none_hurt", "Can kaybı veya yaralanma olmadı.", "Can kaybı ve hasar meydana geldi."),
        ("none_killed", "Şehit verilmedi.", "Şehit olmadan önce annesini aramış."),
        ("none_wounded", "Yaralanan bulunmuyor.", "Başka yaralı yok."),
        ("killed", "Beş asker hayata veda etti.", "Sanatçı 85 yaşında hayata veda etti."),
        ("denial", "Haber uydurma.", "Belediye çağa ayak uydurma çabasında."),
        ("nothing_happened", "Böyle bir saldırı olmadı.", "Böyle bir saldırının olması üzücü."),
        ("nothing_happened", "Bölgede çatışma yaşanmadı.", "Sivillerin hedef alınması kınandı."),
        ("including", "Aralarında iki çocuk var.", "Aralarında husumet var."),
        ("likened", "Kent Bağdat gibi.", "Musul gibi kentlerde patlama oldu."),
        ("guards", "Üç koruması öldü.", "Köy polis koruması altında."),
    ],
)
def test_an_ending_or_a_stem_makes_no_deed_of_everyday_words(analyser, concept, read_so, not_so):
    assert concept in concepts_understood(analyser, "tr", read_so, published=None)
    assert concept not in concepts_understood(analyser, "tr", not_so, published=None)


def test_the_base_that_a_convoy_was_bound_for_is_no_place_of_the_ambush(analyser):
    event = only_event(
        analyser,
        "tr",
        "Irak'ta konvoya saldırı\nErbil'den Kerkük'teki üsse malzeme taşıyan konvoy dün Dakuk ilçesinde silahlı saldırıya uğradı.",
    )
    assert event.place == "Daquq"


def test_three_places_in_a_row_are_hit_alike_whatever_the_one_between_is_called(analyser):
    hit = events_of(
        analyser,
        "tr",
        "PKK hedefleri vuruldu\nUçaklar dün gece Haftanin, Avaşin ve Asos’ta PKK hedeflerini vurdu.",
    )
    assert [e.place for e in hit] == ["Haftanin", "Avasin-Basyan (Avashin)", "Asos"]


def test_the_headlines_other_deed_lends_no_place(analyser):
    first = events_of(
        analyser,
        "tr",
        "Kerkük'te dört kişi yakalandı, Dibis'te cephanelik bulundu\n"
        "İstihbarat, dört DEAŞ'lının pazartesi günü Kerkük merkezinde yakalandığını açıkladı.",
    )[0]
    assert (first.sub_event_type, first.place) == ("Arrests", "Kirkuk")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "tr",
            "ABD Bağdat'ta vurdu: Nüceba komutanı öldü\nBağdat'ta bir araç dün SİHA ile vuruldu. Aralarında komutanın da olduğu üç kişi öldü.",
        ),
        (
            "es",
            "Ataque en Bagdad mata a un comandante\nUn dron alcanzó ayer un coche en Bagdad. Murieron tres personas, entre ellas el comandante.",
        ),
    ],
)
def test_the_headlines_one_dead_is_counted_among_those_told_below(analyser, language, text):
    event = only_event(analyser, language, text)
    assert event.killed == 3


def test_a_fight_elsewhere_on_the_eve_is_no_part_of_the_taking(analyser):
    took, fought = events_of(
        analyser,
        "tr",
        "Ordu Kerkük'te\nOrdu birlikleri dün Kerkük kent merkezine girerek kentin kontrolünü peşmergenin elinden aldı. "
        "Dakuk'ta pazartesi gecesi peşmerge ile Haşdi Şabi arasında çıkan çatışmada yedi kişi öldü.",
    )
    assert (took.place, took.killed, fought.place, fought.killed) == ("Kirkuk", None, "Daquq", 7)


def test_those_who_are_found_dead_are_counted(analyser):
    event = only_event(
        analyser, "tr", "Basra'da cinayet\nBasra'da dün 5 kişi evlerinde kurşunlanmış halde ölü bulundu."
    )
    assert (event.place, event.killed) == ("Basra", 5)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Aşiretler barıştı\nMaysan'ın Amara kentinde çatışan iki aşiret dün sulh imzaladı.", "Agreement"),
        (
            "Ordu Karakuş'ta\nIrak ordusu dün Rabia'ya tek kurşun sıkmadan girdi.",
            "Non-violent transfer of territory",
        ),
        (
            "Mahmur el değiştirdi\nMahmur dün silah patlamadan Haşdi Şabi'nin denetimine geçti.",
            "Non-violent transfer of territory",
        ),
        (
            "Türk askeri tepede\nTürk ordusu dün Duhok'un Amediye ilçesinde bir tepeye karakol dikti.",
            "Headquarters or base established",
        ),
        (
            "Tugaylar tek çatı altında\nHaşdi Şabi dün Basra'daki iki tugayın birleştirildiğini duyurdu.",
            "Change to group/activity",
        ),
        (
            "Türbe yok edildi\nIŞİD militanları dün Musul'da bir türbeyi buldozerlerle yıktı.",
            "Looting/property destruction",
        ),
        (
            "Linç\nKerkük'te dün mahalleli bir genci sopalarla öldüresiye döverek öldürdü, polis izledi.",
            "Mob violence",
        ),
        (
            "Mezunlara TOMA\nBasra'da dün iş isteyen göstericiler TOMA ile uzaklaştırıldı.",
            "Protest with intervention",
        ),
        (
            "Roketlerde klor\nIŞİD'in dün Tikrit'e attığı roketlerin klor gazı taşıdığı belirlendi.",
            "Chemical weapon",
        ),
        (
            "IŞİD köyü bastı\nIŞİD militanları dün Dakuk'ta bir köyü iki saat ellerinde tuttu.",
            "Non-state actor overtakes territory",
        ),
        (
            "Bubi tuzakları\nKerkük'te federal polis dün 17 bombayı zararsız hale getirdi.",
            "Disrupted weapons use",
        ),
        (
            "Toprak altından roket\nAnbar'da ordu dün kuma gömülü on roket buldu.",
            "Disrupted weapons use",
        ),
        (
            "Aktivist götürüldü\nBağdat'ta bir aktivist dün silahlı kişilerce minibüse bindirilip götürüldü.",
            "Abduction/forced disappearance",
        ),
        (
            "Hücreye baskın\nKerkük'te polis dün beş DEAŞ mensubunu kelepçeledi.",
            "Arrests",
        ),
        (
            "İntihar saldırısı\nBağdat'ta dün kamyonetini pazarda havaya uçuran intihar eylemcisi 9 kişiyi öldürdü.",
            "Suicide bomb",
        ),
    ],
)
def test_rarer_deeds_in_other_words(analyser, text, kind):
    event = only_event(analyser, "tr", text)
    assert event.sub_event_type == kind


@pytest.mark.parametrize(
    "text",
    [
        "Balık katliamı\nDicle'de dün kıyıya vuran binlerce ölü balık Bağdat'ta paniğe yol açtı.",
        "Bisiklet yarışı\nErbil'de dün bisiklet yarışı nedeniyle yol trafiğe kapatıldı.",
        "Küslük bitti\nKerkük'te yıllardır küs olan iki kardeş dün düğünde barıştı.",
        "Kulüpler birleşti\nSüleymaniye'de iki kulüp dün tek çatı altında birleşti.",
        "Gençlere kurs\nBasra'da iş isteyen gençler için dün kurs açıldı.",
        "Kavşağa direk\nBasra'da belediye dün kavşağa yeni bir trafik direği dikti.",
        "Zaho Asayişi: Saldırı diye bir şey yok\nSözcü, Zaho'da bomba patladığı paylaşımlarına dün yanıt verdi.",
        "Irak ordusundan manevra\nIrak ordusu dün Anbar'da düzenlediği manevrada hayali hedefleri topçu ateşiyle vurdu.",
        "Rumeylan'da petrol tesisi vuruldu\nTürk SİHA'ları dün Suriye'nin Rumeylan beldesindeki petrol tesisini vurdu.",
        "Mar Toma Kilisesi açıldı\nMusul'da Mar Toma Kilisesi'nde dün ayin yapıldı.",
        "Yol yapımı\nKerkük'te belediye dün yeni caddeye asfalt döşedi.",
        "Tanker devrildi\nErbil'de kimyasal madde yüklü tanker dün yoldan çıkarak devrildi.",
        "Usta sanatçı öldü\nBağdatlı şarkıcı dün 85 yaşında hayata gözlerini yumdu.",
        "Naaşı camiye götürüldü\nMusul'da hastalıktan ölen imamın naaşı dün evinden alınarak camiye götürüldü.",
        "Kavşakta manevra\nSüleymaniye'de bir sürücü dün dar sokakta manevra yaptı.",
        "Sigorta şirketi el değiştirdi\nErbil'deki sigorta şirketi dün el değiştirdi.",
    ],
)
def test_everyday_words_that_look_like_deeds_are_none(analyser, text):
    assert events_of(analyser, "tr", text) == ()


@pytest.mark.parametrize(
    ("told", "killed", "wounded"),
    [
        ("Ölen de yaralanan da yok.", 0, 0),
        ("Olayda ne ölen var ne yaralanan.", 0, 0),
        ("Ölü ve yaralı bulunmuyor.", 0, 0),
        ("Şehit yok, iki asker yara aldı.", 0, 2),
        ("Personelden yaralanan bulunmadı.", None, 0),
        ("Üç kişi hastanelik oldu.", None, 3),
    ],
)
def test_tolls_in_other_words(analyser, told, killed, wounded):
    event = only_event(
        analyser, "tr", f"Kerkük'te üsse roket\nKerkük'te bir üsse dün iki roket düştü. {told}"
    )
    assert (event.killed, event.wounded) == (killed, wounded)


def test_the_day_after_one_that_the_sentence_names(analyser):
    event = only_event(
        analyser,
        "tr",
        "Yeni karakol\nPazar günü Duhok'un Amediye ilçesine iş makineleri çıkaran Türk ordusu, ertesi gün tepeye üs kurdu.",
    )
    assert (event.sub_event_type, str(event.date)) == ("Headquarters or base established", "2026-03-09")


@pytest.mark.parametrize(
    ("told", "killed"),
    [
        ("bir aktivist iki silahlı kişi tarafından öldürüldü", 1),
        ("üç kişi PKK tarafından öldürüldü", 3),
        ("iki polis dört IŞİD militanı tarafından öldürüldü", 2),
    ],
)
def test_the_figure_before_by_counts_the_doers(analyser, told, killed):
    event = only_event(analyser, "tr", f"Duhok'ta saldırı\nDuhok'ta dün {told}.")
    assert event.killed == killed


def test_a_clocks_minutes_are_nobodys_number(analyser):
    event = only_event(
        analyser,
        "tr",
        "Erbil'de suikast\nErbil'de tanınmış yazar N. A. dün saat 09.30 sıralarında öldürüldü.",
    )
    assert event.killed != 30


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "tr",
            "Mezunlar köprüde\nMezunlar dün Nasıriye'de köprüyü trafiğe kapattı. Çevik kuvvet kalabalığı göz yaşartıcı gazla dağıttı.",
        ),
        (
            "en",
            "Graduates block bridge\nGraduates protested in Nasiriyah on Tuesday. Riot police dispersed the crowd with tear gas.",
        ),
    ],
)
def test_a_protest_that_the_next_sentence_sees_broken_up(analyser, language, text):
    event = only_event(analyser, language, text)
    assert event.sub_event_type == "Protest with intervention"


def test_a_deal_of_a_day_stands_beside_the_fight_that_it_ends(analyser):
    events = events_of(
        analyser,
        "tr",
        "Sincar'da çatışma\nSincar'da pazartesi günü ordu ile YBŞ arasında çıkan çatışmada üç asker öldü. "
        "Taraflar dün ateşkeste uzlaştı.",
    )
    assert [(e.sub_event_type, str(e.date)) for e in events] == [
        ("Armed clash", "2026-03-09"),
        ("Agreement", "2026-03-10"),
    ]


def test_the_headline_of_an_exercise_takes_no_ground(analyser):
    found = events_of(
        analyser,
        "tr",
        "Irak ordusu terminali kurtardı\nSenaryo gereği bir grubun ele geçirdiği Basra Petrol Terminali'ne askerler çıkarma yaptı. "
        "Tatbikat iki gün sürdü.",
    )
    assert found == ()


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "tr",
            "Koalisyon Taci Üssü'nü bıraktı\nKoalisyon güçleri dün Taci Üssü'nün anahtarlarını Irak ordusuna teslim etti.",
            "Non-violent transfer of territory",
        ),
        (
            "tr",
            "Saraya es-Selam lağvedildi\nSadr dün Saraya es-Selam'ın Diyala'daki birliğini lağvettiğini açıkladı.",
            "Change to group/activity",
        ),
    ],
)
def test_a_move_with_place_and_day_is_an_incident(analyser, language, text, kind):
    event = only_event(analyser, language, text)
    assert event.sub_event_type == kind


def test_a_ministers_word_on_a_move_is_none(analyser):
    found = events_of(
        analyser,
        "tr",
        "Ankara: Kuzeyde kalacağız\nSavunma Bakanlığı kaynakları dün, PKK'nın kendini feshetmesinin Duhok'taki üslerin kapanacağı anlamına gelmediğini söyledi.",
    )
    assert found == ()


@pytest.mark.parametrize(
    ("text", "kind", "place", "day"),
    [
        (
            "Peşmerge üssü bıraktı\nKerkük’teki üsse salı günü tek kurşun atmadan Irak ordusu girdi.",
            "Non-violent transfer of territory",
            "Kirkuk Air Base",
            10,
        ),
        (
            "IŞİD çekildi, aşiret güçleri Kubeyse’ye girdi\nÖrgüt pazartesi gecesi kasabayı çatışmasız terk etti.",
            "Non-violent transfer of territory",
            "Kubaysah",
            9,
        ),
        (
            (
                "Haşdi Şabi Sinuni kontrol noktasını federal polise bıraktı\nDevir teslim salı günü yapıldı. "
                "Noktadaki Haşdi Şabi bayrağı indirildi, Irak bayrağı çekildi."
            ),
            "Non-violent transfer of territory",
            "Sinuni",
            10,
        ),
        (
            "Rava düştü\nIŞİD salı günü Anbar’ın Rava ilçesini saatler süren çatışmaların ardından aldı.",
            "Non-state actor overtakes territory",
            "Rawah",
            10,
        ),
        (
            (
                "Zikar’da mezunlar belediye binasını kilitledi\nAtama bekleyen mezunlar, pazartesi günü Nasıriye "
                "Belediyesi’nin girişini kapatarak memurları içeri almadı."
            ),
            "Peaceful protest",
            "Nasiriyah",
            9,
        ),
        (
            "Kerkük’te çiftçilerden oturma eylemi\nAlacaklarını isteyen çiftçiler, salı günü silo önünde nöbete başladı.",
            "Peaceful protest",
            "Kirkuk",
            10,
        ),
        (
            (
                "Divaniye’de kalabalık zanlıyı linç etti\nMahalleli, salı günü genci polisin elinden alıp öldüresiye dövdü, "
                "cesedini elektrik direğine astı."
            ),
            "Mob violence",
            "Diwaniyah",
            10,
        ),
        (
            "Irak’ta doktora dayak\nBasra’da bir doktor, pazartesi günü silahlı bir grup tarafından dövüldü.",
            "Attack",
            "Basra",
            9,
        ),
        (
            "Hamrin’de iki çoban IŞİD’in elinde\nIŞİD’li bir grup, salı günü Hamrin’de iki çobanı yanına alarak dağa çekildi.",
            "Abduction/forced disappearance",
            "Hamrin Mountains",
            10,
        ),
        (
            (
                "Bakuba’ya girmeden durdurulan bombalı araç\nPolis salı günü bomba yüklü aracı şehre ulaşmadan yakaladı; "
                "araç uzmanlarca patlatıldı."
            ),
            "Disrupted weapons use",
            "Baqubah",
            10,
        ),
        (
            (
                "Kerkük’te köprüye konan bomba son anda fark edildi\nİstihkâm ekibi salı günü Tazehurmatu’daki köprüye "
                "bağlanmış bombayı sökerek zararsızlaştırdı."
            ),
            "Disrupted weapons use",
            "Taza Khurmatu",
            10,
        ),
        (
            "Necef’te dükkânlar kül oldu\nKimliği belirsiz kişiler pazartesi gecesi çarşıda beş dükkânı benzin dökerek tutuşturdu.",
            "Looting/property destruction",
            "Najaf",
            9,
        ),
    ],
)
def test_what_else_reporters_call_a_deed(analyser, text, kind, place, day):
    event = only_event(analyser, "tr", text)
    assert (event.sub_event_type, event.place, event.date.day) == (kind, place, day)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Ayn el-Esed’e iki roket\nÜsse salı gecesi iki roket isabet etti. Bütün personel güvende, hasar yalnızca maddi.",
            0,
            0,
        ),
        ("Bağdat Havalimanı’na roket\nSalı gecesi düşen üç roket kimsenin canını yakmadı.", 0, 0),
        (
            "Erbil’de dron saldırısı\nDron salı günü havalimanına düştü. Can kaybı ya da yaralanma kaydedilmedi.",
            0,
            0,
        ),
        (
            (
                "Bamerni’deki Türk üssüne roket\nSalı günü atılan roketlerde ne askerlerden ne köylülerden yaralanan olduğu, "
                "can kaybı da yaşanmadığı bildirildi."
            ),
            0,
            0,
        ),
        ("Ebu Garib’te patlama\nSalı günü patlayan bomba dört askerin yara almasına yol açtı.", None, 4),
        ("Musul’da saldırı\nMuhtar salı günü Kokçeli’de vuruldu, hastanede son nefesini verdi.", 1, None),
        (
            "Mukdadiye’de bomba\nSalı günü yol kenarındaki bombanın patlamasıyla ağır yaralanan subay kurtarılamadı.",
            1,
            None,
        ),
    ],
)
def test_who_came_to_harm_is_said_in_many_ways(analyser, text, killed, wounded):
    event = only_event(analyser, "tr", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Anbar’da askerlerin kaçırıldığı iddiası mesnetsiz\nSözcü, Rutba’da dört askerin kaçırıldığına dair paylaşımların "
            "uydurma olduğunu kaydetti."
        ),
        (
            "PKK: Kandil’de üst düzey isim öldürülmedi\nÖrgüt, SİHA saldırısında bir yöneticinin öldüğü haberini psikolojik "
            "savaşın parçası diye niteledi."
        ),
        "Protestocuya ateş açıldığı iddiaları temelsiz\nBasra Polisi, videonun 2019’da çekildiğini söyledi.",
        (
            "Haşdi Şabi: Karargâhımız vurulmadı\nCürf es-Sahar’daki sesin jeneratörden geldiği, söylentilere itibar edilmemesi "
            "istendi."
        ),
        (
            "Şahinbey’de Iraklı turistlerin tartıştığı lokantada bıçaklar çekildi: 2 yaralı\nHesap yüzünden çıkan kavgada iki kişi "
            "yaralandı."
        ),
        "Erbil’de peşmerge tatbikatı\nSalı günü askerler kontrol noktasına yönelik kurgusal bir saldırıyı püskürttü.",
        "Irak kabinesi: Yeni bakan görevi devraldı\nBakan salı günü Bağdat’ta görevi selefinden devraldı.",
        "Bağdat’ta maç yarıda kaldı\nHakemin kararına kızan takım salı günü sahadan çekildi.",
        "Başbakan Sudani, üç bakanı yanına alarak Basra’ya gitti\nHeyet, salı günü limanı gezdi.",
        "Basra’da petrol işçilerinin yerini robotlar aldı\nŞirket salı günü yeni tesisi açtı.",
    ],
)
def test_what_is_denied_played_or_no_deed_is_no_event(analyser, text):
    assert not events_of(analyser, "tr", text)


@pytest.mark.parametrize(
    "text",
    [
        "Tokat’ta düğün\nKerküklü aile salı günü Tokat’ta iki kardeşin kıyasıya dövüştüğü oyunu izledi.",
        "Musul’da okullar açıldı\nÖğretmenler salı günü, memurların üç aydır maaş almadığını söyledi.",
        "Kerkük’te sel\nSalı günü yüzlerce kişi evsiz kaldı, evleri su bastı, sel köy yolunu kapattı.",
        "Bağdat’ta üniversiteler\nİki üniversite arasında salı günü mutabakat imzalandı.",
        "Basra’da elektrik\nElektrik talebi salı günü yüzde on artış gösterdi.",
        "Erbil’de aday\nBir milletvekili salı günü adaylıktan çekildi, yerine kardeşi geçti.",
        "Bağdat’ta doğalgaz\nYeni doğalgaz iletim hattı salı günü açıldı.",
        "Musul’da kaza\nMusul’da salı günü bir çocuk evde düştü, kolu kırıldı.",
        "Süleymaniye’de bir genç\nSüleymaniye’de bir genç salı günü üzerine benzin döküp kendini yaktı.",
        "Erbil’de intihar\nErbil’de bir adam salı günü kafasına sıkarak intihar etti.",
    ],
)
def test_what_is_told_of_everyday_life_in_the_words_of_deeds_is_no_event(analyser, text):
    assert not events_of(analyser, "tr", text)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            (
                "Süleymaniye’de PKK’lı yönetici etkisiz hale getirildi\nMİT, PKK’nın Süleymaniye sorumlusunu dün "
                "insansız hava aracıyla etkisiz hale getirdi."
            ),
            "Air/drone strike",
        ),
        (
            (
                "Erbil’de İHA etkisiz hale getirildi\nErbil Havalimanı’na yaklaşan insansız hava aracı bu sabah etkisiz "
                "hale getirildi."
            ),
            "Disrupted weapons use",
        ),
        (
            (
                "Musul’da DEAŞ’ın firari emiri ele geçirildi\nIrak istihbaratı, aranan örgüt mensubunun dün Musul’da ele "
                "geçirildiğini açıkladı."
            ),
            "Arrests",
        ),
        (
            (
                "Süleymaniye’de asayiş iki DEAŞ’lıyı ele geçirdi\nSüleymaniye Asayişi dün iki DEAŞ üyesini ele geçirdiğini "
                "açıkladı."
            ),
            "Arrests",
        ),
        (
            (
                "Kerkük’te DEAŞ’lı emir güvenlik güçlerinin eline düştü\nKerkük’te örgütün sözde emiri dün düzenlenen "
                "operasyonda güvenlik güçlerinin eline düştü."
            ),
            "Arrests",
        ),
        (
            "Felluce DEAŞ’ın eline düştü\nFelluce kenti salı günü DEAŞ militanlarının eline düştü.",
            "Non-state actor overtakes territory",
        ),
        (
            (
                "Kerkük’te Ortak Harekât Merkezi açıldı\nIrak ordusu ile Peşmerge arasında kurulan ortak harekât merkezi dün "
                "Kerkük’te faaliyete geçti."
            ),
            "Headquarters or base established",
        ),
        (
            (
                "Seraya es-Selam bürolarını kapattı\nSadr Hareketi’nin silahlı kanadı Seraya es-Selam dün Diyala’daki "
                "bürolarını kapatma kararı aldı."
            ),
            "Change to group/activity",
        ),
        (
            (
                "Bağdat’ta TV kanalı basıldı\nÖfkeli bir grup dün Bağdat’ta Dicle TV’nin merkezini bastı, cihazları "
                "parçaladı."
            ),
            "Violent demonstration",
        ),
        (
            (
                "Hanekin’de elektrik isyanı\nHanekin sakinleri dün elektrik kesintilerine karşı sokağa çıktı, müdürlüğün "
                "kapısına kilit vurdu."
            ),
            "Peaceful protest",
        ),
        (
            (
                "Zikar’da tartışma silahlı çatışmaya döndü\nNasıriye’nin kuzeyinde dün gece iki aile arasındaki tartışma "
                "silahlı çatışmaya dönüştü, iki kişi yaralandı."
            ),
            "Armed clash",
        ),
    ],
)
def test_the_words_of_turkish_agencies_tell_what_was_done(analyser, text, type_):
    found = events_of(analyser, "tr", text)
    assert [e.sub_event_type for e in found] == [type_]
    assert found[0].date is not None


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Musul’da EYP patladı\nMusul’da dün patlayan el yapımı patlayıcı nedeniyle bir asker iki bacağından oldu.",
            None,
            1,
        ),
        (
            (
                "Anbar’da patlama\nRamadi’de pazartesi günü yola döşenen bombanın patlaması sonucu dört askerin vücudunda "
                "ikinci derece yanıklar oluştu."
            ),
            None,
            4,
        ),
        (
            "Kerkük’te bomba\nKerkük’teki pazarda dün patlayan bombanın ardından 28 kişi hastaneye başvurdu.",
            None,
            28,
        ),
        (
            "Bağdat’ta avukat yoğun bakımda\nDün Bağdat’ta silahlı saldırıya uğrayan avukat yoğun bakıma alındı.",
            None,
            1,
        ),
        (
            "Zaho’da top mermisi\nDün Zaho’ya düşen top mermisinin parçası bir çocuğun bacağına isabet etti.",
            None,
            1,
        ),
        (
            "Havice’de muhtar vuruldu\nHavice’de dün kurşunlanan köy muhtarı hastaneye kaldırılırken yolda can verdi.",
            1,
            None,
        ),
        ("Basra’da saldırı\nBasra’da dün iki saldırganın ateş açtığı muhtar kurtarılamadı.", 1, None),
        (
            "Erbil’de üsse roket\nDün gece Erbil’in Harir üssüne atılan iki roket can ve mal kaybına neden olmadı.",
            0,
            0,
        ),
        (
            "Erbil’de İHA saldırısı\nErbil’e dün düzenlenen İHA saldırısında ne ölen ne de yaralanan oldu.",
            0,
            0,
        ),
        ("Zilkan’a roket\nZilkan Üssü’ne dün düşen roketler personele zarar vermedi.", 0, 0),
        (
            (
                "Basra’da ses bombası\nBasra’da dün bir eve atılan ses bombası nedeniyle can kaybı ya da yaralanma kaydı "
                "bulunmuyor."
            ),
            0,
            0,
        ),
    ],
)
def test_turkish_tells_the_dead_the_hurt_and_that_nobody_was(analyser, text, killed, wounded):
    event = only_event(analyser, "tr", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "Bağdat’ta dronla düğün çekimi\nBağdat’ta fotoğrafçılar dün dronla düğün çekimi yaptı.",
        "Kerkük’te tarlalar ilaçlandı\nKerkük’te buğday tarlaları dün insansız hava aracıyla ilaçlandı.",
        "Bağdat’ta kaza\nBağdat’ta dün devrilen minibüsteki üç kişi hastaneye kaldırıldı, biri yoğun bakıma alındı.",
        "Irak ordusunda görev değişimi\nBağdat’ta dün yapılan törenle genelkurmay başkanı görevini devretti.",
        "Kadınların öyküsü\nSincar’da 2014’te DEAŞ’ın eline düşen Ezidi kadınlar yaşadıklarını anlattı.",
        "Kerkük’te protesto çağrısı\nTürkmen partileri halkı cuma günü Kerkük’te sokağa çıkmaya çağırdı.",
        "Sadr’dan çağrı\nMukteda es-Sadr, yandaşlarını cuma günü Bağdat’ta protesto düzenlemeye çağırdı.",
        "Irak’ta şirket ofislerini kapattı\nYabancı bir telekom şirketi dün Bağdat’taki ofislerini kapattı.",
        "Basra’da uyuşturucu\nBasra’da dün bir araçta 10 kilo uyuşturucu ele geçirildi.",
        "Kerkük’te önlem\nKerkük’te dün can kaybı yaşanmaması ve kimseye zarar gelmemesi için önlem alındı.",
        "Necef’te hasta çocuk\nNecef’te kızamık nedeniyle hastaneye kaldırılan çocuk dün kurtarılamadı.",
    ],
)
def test_the_same_words_of_other_things_are_no_incident(analyser, text):
    assert not events_of(analyser, "tr", text)


@pytest.mark.parametrize(
    "text",
    [
        "Irak’ta yeni oyun\nMusul’da geçen nişancı oyununun demosunda oyuncular dün bomba yüklü araçlara karşı savaştı.",
        "Bağdat’ta e-spor finali\nE-spor turnuvasında Erbil takımı dün rakip timi bombayla etkisiz hale getirdi.",
        "Musul’da tatbikat\nMusul’da dün yapılan tatbikatta maket bombalar patlatıldı, temsili yaralılar taşındı.",
        "Erbil’de saldırı yalanlandı\nErbil Valiliği, dün füze düştüğü haberinin uydurmadan ibaret olduğunu açıkladı.",
        "Necef’te döviz\nNecef’te döviz büroları önünde bekleyen müşteriler dün yükselen kuru konuştu.",
        "Bağdat’ta gerçek meydana çıktı\nBağdat’ta sahte fatura skandalı dün meydana çıktı.",
        "Bağdat’ta açılış\nBağdat’ta afet koordinasyon merkezi dün hizmete açıldı.",
        "Basra’da çevreci bina\nBasra’da çevreci binanın kontrol noktası inşaatı dün gezildi.",
        "Kerkük’te yürüyüş\nKerkük’te öğrenciler dün sağlık yürüyüşü düzenledi.",
        "Irak ordusunda görev değişimi\nHabbaniye Üssü’nde dün törenle yeni komutan komutayı devraldı.",
        "Bağdat’ta üniversite\nBağdat’ta üniversiteden mezun olan gençler dün diplomalarını aldı.",
    ],
)
def test_games_drills_and_everyday_senses_are_no_incident(analyser, text):
    assert not events_of(analyser, "tr", text)


def test_tribes_that_agree_to_cease_fire_on_both_sides_do_not_clash(analyser):
    event = only_event(
        analyser, "tr", "Kerkük’te gerilim bitti\nKerkük’te aşiretler dün karşılıklı ateşkes ilan etti."
    )
    assert event.sub_event_type == "Agreement"


def test_a_partys_name_is_no_trial_and_its_offices_burn_in_a_riot(analyser):
    event = only_event(
        analyser,
        "tr",
        "Semave’de büro yakıldı\nSemave’de göstericiler dün Bedir Örgütü’nün ve Dava Partisi’nin bürolarını ateşe verdi.",
    )
    assert event.sub_event_type == "Violent demonstration"


@pytest.mark.parametrize(
    ("text", "type_", "killed", "wounded"),
    [
        (
            (
                "Kerkük’te nöbet noktasına baskın\n"
                "DEAŞ’lıların dün Kerkük’ün Dibis ilçesinde ateşe tuttuğu noktada iki polis toprağa düştü."
            ),
            "Armed clash",
            2,
            None,
        ),
        (
            (
                "Bakuba’da tetikçiler avukatı vurdu\n"
                "Bakuba’da tetikçiler dün bir avukatı şakağından vurdu, doktorların müdahalesi sonuç vermedi."
            ),
            "Attack",
            1,
            None,
        ),
        (
            (
                "Felluce’de devriye hurdaya döndü\n"
                "Felluce’de dün uzaktan kumandayla patlatılan bombada bir er şarapnel parçasıyla yaralandı."
            ),
            "Remote explosive/landmine/IED",
            None,
            1,
        ),
        (
            (
                "Musul’da intiharcı fünyeye bastı\n"
                "Musul’da dün bir intiharcı pazarda üzerindekini patlattı, dört kişi hastaneye düştü."
            ),
            "Suicide bomb",
            None,
            4,
        ),
        (
            (
                "Basra’da mühendis bagaja kondu\n"
                "Basra’da dün maskeliler bir mühendisi otomobilin bagajına soktu, o günden beri haber yok."
            ),
            "Abduction/forced disappearance",
            None,
            None,
        ),
        (
            (
                "Süleymaniye’de üç öğretmen evlerinden toplandı\n"
                "Süleymaniye Asayişi dün protesto çağrısı yapan üç öğretmeni evlerinden topladı."
            ),
            "Arrests",
            None,
            None,
        ),
        (
            (
                "Nasıriye’de gaz kapsülü başına isabet etti\n"
                "Nasıriye’de dün göstericilere atılan gaz kapsülü bir gencin kafasına geldi."
            ),
            "Excessive force against protesters",
            None,
            None,
        ),
        (
            (
                "Kerbela’da pankartlarıyla yürüdüler\n"
                "Kerbela’da mezunlar dün pankartlarıyla valiliğe yürüdü ve olaysız dağıldı."
            ),
            "Peaceful protest",
            None,
            None,
        ),
        (
            (
                "Divaniye’de direkler testereyle devrildi\n"
                "Divaniye’de dün kimliği belirsiz kişiler direkleri testereyle kesip devirdi."
            ),
            "Looting/property destruction",
            None,
            None,
        ),
        (
            (
                "Telafer’de sığınağın altından havan mermileri çıktı\n"
                "Telafer’de dün bir evin bodrumundan havan çıktı, mühimmat müsadere edildi."
            ),
            "Disrupted weapons use",
            None,
            None,
        ),
        (
            (
                "Kerkük’te el bombası\n"
                "Kerkük’te dün bir kahvehaneye pimi çekilmiş bomba savruldu, üç müşteri ayakta tedavi gördü."
            ),
            "Grenade",
            None,
            3,
        ),
        (
            "Diyala’da aşiretler barıştı\nDiyala’da iki aşiret dün kan davasını fasılla kapattı.",
            "Agreement",
            None,
            None,
        ),
        (
            (
                "Havice’de köye siyah bayrak\n"
                "Havice’ye bağlı bir köye dün giren militanlar siyah bayrak astı, geceyi köyde geçirdi."
            ),
            "Non-state actor overtakes territory",
            None,
            None,
        ),
        (
            (
                "Mahmur’da köy temizlendi\n"
                "Irak ordusu dün Mahmur’daki Karaçok dağlarını kurtardı, son DEAŞ yuvası temizlendi."
            ),
            "Government regains territory",
            None,
            None,
        ),
        (
            (
                "Erbil’de dron üssün çatısını deldi\n"
                "Erbil’de dün Harir üssüne düşen patlayıcılı dron kimseyi incitmedi."
            ),
            "Air/drone strike",
            0,
            0,
        ),
    ],
)
def test_short_briefs_word_a_deed_and_its_toll_in_idioms(analyser, text, type_, killed, wounded):
    event = only_event(analyser, "tr", text)
    assert (event.sub_event_type, event.killed, event.wounded) == (type_, killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "Bağdat’ta iki katlı bina\nBağdat’ta iki katlı bir bina dün satıldı.",
        "Kerkük’te maç\nKerkük’te forvet dün kaleye nişan aldı, takım son ana kadar direndi.",
        "Bağdat’ta ders\nBağdat’ta ders bitince öğrenciler dün sessizce dağıldı.",
        "Erbil’de gezi\nErbil’de öğretmenler dün öğrencileri araca bindirdi.",
        "Musul’da tarama\nMusul’da mayın avcıları dün 40 bin metrekareyi taradı.",
        "Basra’da hırsızlar\nBasra’da hırsızlar dün bir kuyumcudan altınları götürdü.",
        "Duhok’ta düşme\nDuhok’ta yaşlı bir adam dün evinden çıkarken düştü, kolunu kırdı.",
        "Ramadi’de köprü\nRamadi’de savaşın yıktığı köprü dün yeniden trafiğe açıldı.",
        "Necef’te zam\nNecef’te emeklilerin maaşlarına dün zam geldi.",
        "Basra’da telefon\nBasra’da valinin telefonu dün kapalıydı, toplantıdaydı.",
        "Bağdat’ta tören\nBağdat’ta tabur komutanı dün törende görevi devretti, bayrak göndere çekildi.",
        "Musul’da kitap\nMusul’da yazarın ölümsüz eseri dün okurla buluştu.",
    ],
)
def test_those_idioms_in_everyday_life_are_no_incident(analyser, text):
    assert not events_of(analyser, "tr", text)
