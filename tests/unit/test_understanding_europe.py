"""French, German and Spanish reports: who opens a sentence attacks, round-ups, crime and accidents; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports

WEDNESDAY = datetime(2023, 6, 14, 12, tzinfo=UTC)
analysis_of = partial(reports.analysis_of, published=WEDNESDAY)
concepts_understood = partial(reports.concepts_understood, published=WEDNESDAY)
events_of = partial(reports.events_of, published=WEDNESDAY)
only_event = partial(reports.only_event, published=WEDNESDAY)


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        (
            "de",
            (
                "Gefechte bei Tuz Churmatu\nExtremisten des IS haben am Dienstag einen Stützpunkt der irakischen Armee "
                "bei Tuz Churmatu angegriffen."
            ),
            ("isis",),
        ),
        (
            "de",
            (
                "Armee rückt bei Baidschi vor\nDie irakische Armee hat am Dienstag Stellungen des IS westlich von Baidschi "
                "angegriffen."
            ),
            ("iraqi_army",),
        ),
        (
            "fr",
            (
                "Cinq policiers tués\nCinq membres de la police fédérale ont péri mardi dans une embuscade tendue par des "
                "combattants du groupe État islamique à Hawija."
            ),
            ("isis",),
        ),
    ],
)
def test_of_two_sides_the_one_that_opens_the_sentence_attacks_unless_its_people_fell(
    analyser, language, text, actors
):
    event = only_event(analyser, language, text)
    assert event.sub_event_type == "Armed clash"
    assert event.actors == actors


def test_the_dead_are_found_inside_a_longer_noun_of_people(analyser):
    text = "Al menos seis muertos\nAl menos seis agentes de la Policía Federal murieron el martes en un ataque del EI en Hawiya."
    event = only_event(analyser, "es", text)
    assert (event.killed, event.actors) == (6, ("isis",))
    assert "police" in event.targets


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Une citerne de gaz explose à Bagdad, huit morts\nL'explosion, accidentelle, a eu lieu mardi à Bagdad.",
        ),
        (
            "de",
            "Polizei in Erbil fasst Drogenhändler\nDie Polizei nahm am Dienstag in Erbil vier Drogenhändler fest.",
        ),
        (
            "es",
            "Doce detenidos por narcotráfico en Basora\nLa policía detuvo el martes en Basora a doce traficantes de droga.",
        ),
    ],
)
def test_accidents_and_ordinary_crime_make_no_event(analyser, language, text):
    assert events_of(analyser, language, text) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Exode à Mossoul\nDes milliers de civils fuient les combats à Mossoul."),
        (
            "de",
            "Tausende fliehen vor Kämpfen in Mossul\nTausende Menschen flüchten vor den Kämpfen in Mossul.",
        ),
        (
            "es",
            "Miles de civiles huyen de los combates en Mosul\nMiles de personas huyen de la ofensiva en Mosul.",
        ),
    ],
)
def test_who_flees_from_a_fight_reports_no_fight(analyser, language, text):
    assert events_of(analyser, language, text) == ()


def test_attacks_with_place_and_dead_stand_beside_the_total_that_counts_them(analyser):
    text = (
        "Irak: Bombenserie mit vielen Toten\nBei mehr als zwanzig Anschlägen im Irak sind am Montag 107 Menschen ums Leben "
        "gekommen. In Sadr City tötete eine Autobombe zwölf Menschen. Bei Dhuluija griffen Bewaffnete einen "
        "Militärstützpunkt an und töteten 15 Soldaten."
    )
    found = events_of(analyser, "de", text)
    assert [(e.place, e.killed) for e in found] == [(None, 107), ("Sadr City", 12), ("Dhuluiya", 15)]


def test_a_bearing_from_another_town_with_a_toll_is_a_further_event(analyser):
    text = (
        "Irak: 9 morts à Bagdad\nUne voiture piégée a tué sept personnes mardi à Bagdad.\n"
        "Au nord de Baqouba, une bombe placée au bord d'une route a tué deux soldats."
    )
    found = events_of(analyser, "fr", text)
    assert [(e.place, e.killed) for e in found] == [("Baghdad", 7), ("Baqubah", 2)]


def test_soldiers_who_died_in_attacks_did_not_strike_from_the_air(analyser):
    text = "Mueren dos soldados estadounidenses en un ataque en Ramadi\nDos soldados estadounidenses murieron el martes en un ataque en Ramadi."
    event = only_event(analyser, "es", text)
    assert (event.sub_event_type, event.targets) == ("Armed clash", ("us_forces",))


def test_a_us_base_is_a_base_and_american(analyser):
    text = "Raketen treffen US-Militärstützpunkt Ain al-Assad\nAuf dem US-Militärstützpunkt schlugen am Montag Raketen ein."
    event = only_event(analyser, "de", text)
    assert set(event.targets) == {"base", "us_forces"}


def test_the_house_before_which_somebody_was_shot_was_not_hit(analyser):
    text = "Bassora: un militant abattu\nDes hommes armés ont abattu mardi un militant devant son domicile à Bassora."
    event = only_event(analyser, "fr", text)
    assert event.targets == ("activist",)


def test_arrested_rebels_are_on_the_receiving_end(analyser):
    text = "Six membres présumés de l'EI arrêtés à Mossoul\nSix membres présumés de l'EI ont été arrêtés mardi à Mossoul."
    event = only_event(analyser, "fr", text)
    assert (event.actors, event.targets) == ((), ("isis",))


def test_and_two_others_died_in_a_clash_is_a_deed_of_its_own(analyser):
    text = (
        "Mueren seis soldados en Irak\nCuatro soldados murieron el martes al estallar una bomba cerca de Iskandariya y otros "
        "dos fallecieron en un enfrentamiento en Ramadi."
    )
    found = events_of(analyser, "es", text)
    assert [(e.sub_event_type, e.place, e.killed) for e in found] == [
        ("Remote explosive/landmine/IED", "Iskandariya", 4),
        ("Armed clash", "Ramadi", 2),
    ]


def test_bases_bombed_with_missiles_were_not_struck_from_the_air(analyser):
    text = "Irán bombardea bases kurdas en Erbil con misiles\nIrán bombardeó el martes bases kurdas en Erbil con misiles."
    event = only_event(analyser, "es", text)
    assert event.weapons == ("missile",)


def test_arms_taken_with_the_arrested_are_no_find_of_their_own(analyser):
    text = "Detenidos cinco miembros del EI en Yalaula\nEl Ejército detuvo el martes en Yalaula a cinco yihadistas e incautó cuatro fusiles."
    event = only_event(analyser, "es", text)
    assert (event.sub_event_type, event.targets) == ("Arrests", ("isis",))


def test_two_towns_that_fell_are_two_events(analyser):
    text = "Les jihadistes prennent Sinjar et Zoumar\nLes jihadistes se sont emparés mardi des villes de Sinjar et de Zoumar."
    found = events_of(analyser, "fr", text)
    assert [(e.sub_event_type, e.place) for e in found] == [
        ("Non-state actor overtakes territory", "Sinjar"),
        ("Non-state actor overtakes territory", "Zummar"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "es",
            "Funeral en Bagdad por tres milicianos\nFuneral el martes en Bagdad por tres milicianos muertos en Siria.",
        ),
        (
            "de",
            "Hauseinsturz in Bagdad\nBei einem Hauseinsturz in Bagdad sind am Dienstag 15 Menschen ums Leben gekommen.",
        ),
    ],
)
def test_burials_and_collapsed_houses_report_no_attack(analyser, language, text):
    assert events_of(analyser, language, text) == ()


def test_men_who_were_shot_and_a_bomb_elsewhere_are_two_events(analyser):
    text = (
        "Violences en Irak\nDeux policiers ont été abattus mardi à Baqouba par des hommes armés, tandis qu'une bombe a tué "
        "trois civils à Mossoul."
    )
    found = events_of(analyser, "fr", text)
    assert [(e.place, e.killed) for e in found] == [("Baqubah", 2), ("Mosul", 3)]


@pytest.mark.parametrize(
    ("language", "concept", "read_so", "not_so"),
    [
        ("fr", "artwork", "La série télévisée raconte la guerre.", "Nouvelle série d'attentats à Bagdad."),
        (
            "fr",
            "no_deed",
            "Les vols vers Bagdad ont repris lundi.",
            "Les combats ont repris lundi à Mossoul.",
        ),
        (
            "fr",
            "repel",
            "Deux attaques jihadistes ont été repoussées.",
            "Les élections ont été repoussées à octobre.",
        ),
        ("fr", "execution", "L'exécution de 30 soldats.", "L'exécution des travaux du barrage avance."),
        ("fr", "arson", "Ils ont mis le feu aux champs.", "La décision a mis le feu aux poudres."),
        (
            "fr",
            "no_protest",
            "Une figure de la contestation tuée.",
            "Le leader chiite appelle à des manifestations.",
        ),
        ("fr", "retake", "L'armée a repris l'aéroport.", "Les combats ont repris à Kirkouk."),
        ("es", "lynching", "Una multitud linchó a un joven.", "La bomba entre la muchedumbre mató a doce."),
        ("fr", "release", "Deux otages relâchés à Kirkouk.", "Les frappes continuent sans relâche."),
        ("es", "denial", "El ministro rechazó las acusaciones.", "El Ejército rechazó un ataque en Ramadi."),
        ("es", "artwork", "La serie de televisión narra la guerra.", "Nueva serie de atentados en Bagdad."),
        ("es", "advance", "Los yihadistas cercaron la ciudad.", "Una bomba estalló cerca de la ciudad."),
        (
            "es",
            "take_ground",
            "Las tropas tomaron la ciudad.",
            "El Ejército tomó medidas contra los terroristas.",
        ),
        (
            "es",
            "also_died",
            "También fueron asesinados dos policías.",
            "También fue detenido el jefe del grupo.",
        ),
        (
            "es",
            "no_protest",
            "Protestó ante el embajador turco.",
            "Miles en una protesta ante la embajada turca.",
        ),
        ("es", "taken_to", "Fueron llevados al hospital de Mosul.", "El ataque llevado a cabo en Mosul."),
        ("es", "title_of", "El gobernador de Nínive lo anunció.", "El gobernador llegó a Nínive."),
        ("es", "protest", "Marcharon en protesta por los cortes.", "Dimitió en protesta por los cortes."),
        ("es", "foil", "La policía evitó un atentado.", "El ministro evitó condenar el ataque."),
        ("fr", "execution", "Une femme mise à mort par l'EI.", "La mort d'une femme à Mossoul."),
        (
            "fr",
            "in_time",
            "Tué avant qu'il ait pu actionner sa ceinture.",
            "Tué avant qu'il arrive à Mossoul.",
        ),
        ("fr", "killed", "Deux soldats ont laissé la vie.", "Ils ont laissé la vie sauve aux otages."),
        ("en", "dispersal", "Police fired in the air at a protest.", "Fans fired in the air after the win."),
        (
            "en",
            "strike",
            "Two died in strikes against rebels.",
            "Teachers' strike: strikes against pension cuts.",
        ),
        ("es", "abduction", "Se llevaron consigo a 14 civiles.", "El ataque a la base se llevó a cabo ayer."),
        (
            "es",
            "abduction",
            "Hombres armados se llevaron a un médico.",
            "El toque de queda fue levantado por él.",
        ),
        ("es", "kill", "Un juez fue ultimado a balazos.", "El último día del mes."),
        ("es", "killed", "Un periodista fue ejecutado en Mosul.", "Un ataque ejecutado por 2 drones."),
        ("es", "fire_on_crowd", "Dispararon contra una multitud.", "Dispararon contra un grupo de policías."),
        ("es", "found_bodies", "Apareció sin vida en el río.", "Apareció en público sin escolta."),
        (
            "es",
            "found_bodies",
            "El cuerpo fue rescatado del río.",
            "Los cuerpos de seguridad han rescatado a dos.",
        ),
        ("es", "sport", "El partido de fútbol se jugó en Erbil.", "El Partido Democrático ganó en Erbil."),
        ("es", "seize_arms", "Hallaron 12 cohetes en una casa.", "Hallaron restos de misiles en la base."),
        ("es", "dispersal", "Dispersan a manifestantes con tiros al aire.", "Tiros al aire en una boda."),
        ("fr", "where", "Mossoul, où trois soldats sont morts.", "Des soldats ou des policiers."),
        ("fr", "arms_cache", "Des caches avec des explosifs.", "Un engin explosif caché dans une voiture."),
        ("fr", "bombing", "Le bar a été plastiqué.", "Des sacs plastiques jonchaient la rue."),
        (
            "fr",
            "drill",
            "Les soldats s'entraînent à Erbil.",
            "L'explosion a entraîné la mort de deux soldats.",
        ),
        (
            "fr",
            "taken_to",
            "Un bus transportant des blessés à Erbil.",
            "Un bus transportant des ouvriers a brûlé.",
        ),
        ("fr", "defuse", "Les démineurs ont désamorcé la bombe.", "Deux démineurs sont morts à Mossoul."),
        ("fr", "intercept", "La DCA a neutralisé un drone.", "Un drone turc a neutralisé trois combattants."),
        (
            "fr",
            "period",
            "Trois attentats depuis le mois de mai.",
            "Calme depuis deux ans, mais la bombe a tué.",
        ),
        ("en", "abduction", "Gunmen led him away.", "The attackers were driven off."),
        ("en", "lynching", "A mob killed a young man.", "A bomb in a crowd killed 20 people."),
        ("en", "lynching", "A crowd lynched him.", "They were dragged out and killed by gunmen."),
        ("en", "riot", "Protesters stormed the office.", "Residents said gunmen stormed the office."),
        ("en", "may", "Militants may attack the base.", "In May attacks on the base killed two."),
        ("en", "planned_blast", "They destroyed old munitions.", "They destroyed old mosques."),
        ("en", "no_deed", "Nobody was arrested.", "Three men were arrested."),
        ("en", "airstrike", "Helicopters strafed the village.", "A helicopter was fired on."),
    ],
)
def test_the_everyday_use_of_words_is_not_that_of_reports(analyser, language, concept, read_so, not_so):
    assert concept in concepts_understood(analyser, language, read_so)
    assert concept not in concepts_understood(analyser, language, not_so)


@pytest.mark.parametrize(
    ("concept", "read_so", "not_so"),
    [
        ("ied", "Les maisons piégées ont tué deux soldats.", "Les soldats sont tombés dans un piège."),
        ("ied", "Une bonbonne de gaz piégée visait un café.", "Le barrage de Mossoul, bombe à retardement."),
        ("aircraft", "Des Rafale ont frappé Mossoul.", "Des rafales de vent ont balayé Mossoul."),
        ("drone_attack", "Un drone touche une base à Sinjar.", "Un drone touché par la DCA à Sinjar."),
        ("shelling", "Un obus s'est abattu sur une maison.", "Un silence s'est abattu sur la ville."),
        ("assassination", "Un juge abattu devant sa maison.", "Un obus tue un enfant devant sa maison."),
        (
            "abduction",
            "Trois ouvriers portés disparus depuis mardi.",
            "Des Koweïtiens portés disparus depuis la guerre.",
        ),
        (
            "abduction",
            "Ils l'ont obligé à monter dans une voiture.",
            "Les forces invitent les clans à monter la garde.",
        ),
        ("abduction", "L'EI a capturé trois pêcheurs.", "Un jihadiste capturé par des pêcheurs."),
        (
            "arrest",
            "Deux suspects menottés à Kirkouk.",
            "Deux corps menottés ont été retrouvés, tués par balles.",
        ),
        ("seize_arms", "La police a mis au jour deux obus.", "Bagdad met en garde contre les armes."),
        ("foil", "Un attentat évité de justesse.", "Le gouverneur a évité de justesse un attentat."),
        ("lynching", "Un voleur tabassé par la foule.", "Le ministre livré à la vindicte populaire."),
        (
            "retake",
            "La ville a été arrachée au groupe État islamique.",
            "Deux otages arrachés aux griffes de Daech.",
        ),
        (
            "overrun",
            "Ils ont hissé un drapeau noir sur la mairie.",
            "Un drapeau noir hissé à Kerbala pour l'Achoura.",
        ),
        ("deploy", "Ankara a massé des troupes à la frontière.", "La désertion en masse de soldats."),
        (
            "disband",
            "Le PKK annonce son autodissolution.",
            "Les députés votent l'autodissolution du Parlement.",
        ),
        (
            "hand_over",
            "La coalition a remis mardi les clés de la base.",
            "Ils tiennent les positions clés de la base.",
        ),
        (
            "open_base",
            "De nouvelles positions turques à Dohouk.",
            "La nouvelle position turque sur le pétrole.",
        ),
        (
            "truce",
            "La cessation des hostilités entre en vigueur.",
            "L'ONU appelle à la cessation des hostilités.",
        ),
        (
            "checkpoint",
            "Deux policiers tués à un barrage.",
            "Deux policiers tués près du barrage de Haditha.",
        ),
        ("killed", "Deux soldats tombés au combat.", "Le gouvernement n'a pas survécu aux élections."),
        ("wounded", "Trois hommes brûlés au visage.", "Trois véhicules brûlés dans la rue."),
        ("none_hurt", "Un tir sans qu'il y ait de victimes.", "Sans que les victimes aient été identifiées."),
        ("none_hurt", "L'attaque n'a fait que des dégâts.", "Il a dit que des dégâts ont été constatés."),
        ("none_wounded", "Les policiers n'ont pas été touchés.", "Le quorum n'a pas été atteint."),
        ("since", "Libre depuis son enlèvement.", "Les hommes ont tiré depuis leur voiture."),
        ("taken_to", "Il s'est réfugié à Erbil.", "Un obus sur un camp de réfugiés à Erbil."),
        ("said", "Il a confié à l'AFP sa peur.", "Bagdad a confié la ville à l'armée."),
        ("to_party", "Une bombe visait une voiture de la police.", "La voiture des assaillants a explosé."),
    ],
)
def test_french_words_of_other_matters_are_no_deeds_tolls_or_signs(analyser, concept, read_so, not_so):
    assert concept in concepts_understood(analyser, "fr", read_so)
    assert concept not in concepts_understood(analyser, "fr", not_so)


@pytest.mark.parametrize(
    ("language", "text", "tolls"),
    [
        (
            "es",
            (
                "Ataques en el norte\nTres cohetes alcanzaron el martes el aeropuerto de Kirkuk y dejaron dos heridos, "
                "y a la misma hora otro dron cayó en la refinería de Baiji."
            ),
            [2, None],
        ),
        (
            "en",
            (
                "Attacks in the north\nThree rockets hit Balad air base on Tuesday and wounded two soldiers, and a "
                "roadside bomb exploded in Mosul."
            ),
            [2, None],
        ),
    ],
)
def test_a_toll_behind_and_stays_with_the_deed_before_it(analyser, language, text, tolls):
    assert [e.wounded for e in events_of(analyser, language, text)] == tolls


def test_what_was_shot_down_is_no_dead(analyser):
    text = "Alarma en Erbil\nUn dron fue abatido el martes cerca del aeropuerto de Erbil."
    event = events_of(analyser, "es", text)[0]
    assert (event.sub_event_type, event.killed) == ("Disrupted weapons use", None)


def test_an_expert_who_was_shot_is_one_dead_and_who_got_out_corrects_no_toll(analyser):
    text = (
        "Mord in Mossul\nDer Terrorismusforscher Karim al-Dschanabi ist am Dienstag in Mossul von Bewaffneten "
        "erschossen worden, als er aus dem Auto stieg."
    )
    event = events_of(analyser, "de", text)[0]
    assert (event.killed, event.targets) == (1, ("civilians",))


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("es", "Dos periodistas desaparecieron el martes en Basora.", ["Abduction/forced disappearance"]),
        (
            "de",
            "Eine Aktivistin ist seit Dienstag in Bagdad verschwunden.",
            ["Abduction/forced disappearance"],
        ),
        ("fr", "Deux employés d'une ONG ont disparu mardi à Kirkouk.", ["Abduction/forced disappearance"]),
        ("es", "Tres trabajadores desaparecieron el martes en la inundación de Duhok.", []),
    ],
)
def test_reporters_and_relief_workers_who_disappear_were_taken(analyser, language, text, kinds):
    events = events_of(analyser, language, "Irak\n" + text)
    assert [e.sub_event_type for e in events] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Sinjar : les armes se taisent\nUn accord de cessation des combats a été trouvé mardi soir à Sinjar.",
            "Agreement",
        ),
        ("Un sulh à Amara\nDeux tribus d'Amara, en Irak, ont enterré la hache de guerre mardi.", "Agreement"),
        (
            "La base de Qayyarah change de mains\nLa coalition a remis mardi à l'armée irakienne les clés de la base de Qayyarah.",
            "Non-violent transfer of territory",
        ),
        (
            "Khanaqin\nLes forces fédérales ont pris mardi le relais des peshmergas à Khanaqin, sans un coup de feu.",
            "Non-violent transfer of territory",
        ),
        (
            "Le Hachd à Touz Khormatou\nLe Hachd al-Chaabi a pris ses quartiers mardi dans une caserne de Touz Khormatou.",
            "Headquarters or base established",
        ),
        (
            "Diyala\nDes hommes armés ont mis à sac mardi plusieurs maisons de Moqdadiyah, en Irak.",
            "Looting/property destruction",
        ),
        (
            "Diwaniya : une maison saccagée\nDes manifestants ont mis à sac mardi la résidence d'un député à Diwaniya.",
            "Violent demonstration",
        ),
        (
            "Samawa\nUne marche contre les coupures d'eau a mal tourné mardi à Samawa, en Irak.",
            "Violent demonstration",
        ),
        (
            "Nassiriya : un campement évacué\nLa police a délogé mardi des contestataires du pont al-Zaytoun à Nassiriya.",
            "Protest with intervention",
        ),
        (
            "Maysan\nDes diplômés ont planté leurs tentes mardi devant le gisement de Halfaya, en Irak, réclamant du travail.",
            "Peaceful protest",
        ),
        (
            "Bagdad\nDes habitants ont roué de coups un voleur présumé mardi à Sadr City, à Bagdad.",
            "Mob violence",
        ),
        (
            "Amara\nDeux clans se sont mitraillés mardi à Amara, en Irak ; trois hommes ont péri.",
            "Armed clash",
        ),
        (
            "Makhmour\nUn drone turc a ouvert le feu mardi sur une voiture à Makhmour, en Irak.",
            "Air/drone strike",
        ),
        ("Kirkouk\nUne grenade a été lobée mardi dans le jardin d'un juge à Kirkouk.", "Grenade"),
        ("Sinjar\nDes hommes armés ont abusé mardi d'une adolescente à Sinjar, en Irak.", "Sexual violence"),
        (
            "Bassora\nDes hommes armés ont forcé mardi un ingénieur turc à monter dans leur voiture à Bassora.",
            "Abduction/forced disappearance",
        ),
        ("Kirkouk\nLa police a embarqué dix-sept suspects mardi à Kirkouk.", "Arrests"),
        ("Rawa\nLe Hachd tribal a exhumé mardi quarante obus à Rawa, en Irak.", "Disrupted weapons use"),
    ],
)
def test_french_reporters_word_the_rarer_deeds_in_many_ways(analyser, text, kind):
    event = only_event(analyser, "fr", text)
    assert event.sub_event_type == kind
    assert event.date is not None


@pytest.mark.parametrize(
    "text",
    [
        "La base de données d'un ministère piratée\nDes pirates ont installé une base de données mardi à Bagdad.",
        "Bagdad : le cabinet cède la place\nLe Premier ministre irakien a pris position mardi contre la loi sur le budget.",
        "Halabja fête la grenade\nLe festival de la grenade a ouvert mardi dans la province de Halabja.",
        "Bassora : le marché reprend\nLes prix au marché contre toute attente ont bondi mardi à Bassora, en Irak.",
        "Accord gazier à Bagdad\nTotalEnergies et l'Irak ont signé mardi un accord sur le champ d'Artawi.",
        "Kirkouk nettoyée\nDes bénévoles ont nettoyé mardi un quartier de Kirkouk après les pluies.",
        "Crues à Mossoul\nDes familles bloquées sur la route de Mossoul par les crues ont été secourues mardi.",
        "Chammal\nLes aviateurs ont exécuté leurs missions et les ordres reçus mardi en Irak.",
        "Le désarmement des factions\nBagdad veut régler la question des armes, a dit mardi le gouvernement irakien.",
    ],
)
def test_everyday_french_that_looks_like_such_a_deed_makes_no_event(analyser, text):
    assert events_of(analyser, "fr", text) == ()


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("Baqouba\nUne charge explosive a sauté mardi à Baqouba. Il n'y a eu ni mort ni blessé.", 0, 0),
        (
            "Makhmour\nDes roquettes au chlore sont tombées mardi à Makhmour, en Irak. Aucun n'est décédé.",
            0,
            None,
        ),
        ("Penjwin\nUn berger a été tué et son fils amputé mardi par une mine à Penjwin, en Irak.", 1, 1),
        ("Samarra\nUn cheikh visé : des inconnus l'ont abattu mardi à Samarra, en Irak.", 1, None),
    ],
)
def test_french_tolls_in_other_words(analyser, text, killed, wounded):
    event = only_event(analyser, "fr", text)
    assert (event.killed, event.wounded) == (killed, wounded)


def test_a_burst_is_no_fighter_plane_and_plain_clothes_are_no_civilian(analyser):
    text = "Hammam al-Alil\nDes jihadistes en civil ont abattu mardi un soldat d'une rafale à Hammam al-Alil, en Irak."
    event = only_event(analyser, "fr", text)
    assert "air_strike" not in event.weapons
    assert event.targets == ("soldiers",)


def test_teachers_whom_the_police_drove_apart_are_the_crowd_that_acted(analyser):
    text = "Degala\nDes centaines d'enseignants ont été dispersés mardi au gaz lacrymogène à Degala, en Irak. Sept blessés."
    event = only_event(analyser, "fr", text)
    assert (event.sub_event_type, event.actors, event.wounded) == (
        "Protest with intervention",
        ("protesters",),
        7,
    )


def test_a_truce_stands_beside_the_fight_that_it_ended_and_whose_dead_are_told_in_the_past_perfect(analyser):
    text = (
        "Trêve entre l'armée et le PKK à Sinjar\nUn cessez-le-feu a été conclu mardi à Sinjar entre l'armée irakienne et le"
        " PKK. Les deux camps s'étaient affrontés lundi : trois soldats y ont laissé la vie."
    )
    found = events_of(analyser, "fr", text)
    assert [(e.sub_event_type, e.killed) for e in found] == [("Agreement", None), ("Armed clash", 3)]


def test_who_died_when_a_march_was_answered_with_shots_is_counted_with_the_riot(analyser):
    text = (
        "Samawa\nLa foule a mis le feu mardi au siège de Badr à Samawa. La police a riposté par des tirs de sommation ; un"
        " homme de 20 ans est mort, atteint à la tête, et vingt-sept personnes ont été blessées."
    )
    event = only_event(analyser, "fr", text)
    assert (event.sub_event_type, event.killed, event.wounded) == ("Violent demonstration", 1, 27)
    assert "party_office" in event.targets


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Cesa el fuego entre clanes\nDos tribus rivales sellaron el lunes la paz en Qurna tras un mes de disputa.",
            "Agreement",
            "Qurna",
        ),
        (
            "Relevo sin tiros en Janaqin\nEl ejército iraquí reemplazó el lunes a los peshmerga en Janaqin sin oponer estos resistencia.",
            "Non-violent transfer of territory",
            "Khanaqin",
        ),
        (
            "Saqueo en Mosul\nUnos desconocidos desvalijaron el lunes un almacén de Mosul.",
            "Looting/property destruction",
            "Mosul",
        ),
        (
            "Turba en Diwaniya\nLa muchedumbre dio muerte el lunes a un preso en Diwaniya.",
            "Mob violence",
            "Diwaniyah",
        ),
        (
            "Gas en Kirkuk\nEl EI disparó el lunes obuses con cloro contra los peshmerga en Daquq.",
            "Chemical weapon",
            "Daquq",
        ),
        (
            "Denuncia en Qayara\nUn hombre armado abusó sexualmente el lunes de una desplazada en Qayara.",
            "Sexual violence",
            "Qayyarah",
        ),
        (
            "Rutba, liberada\nLas tropas iraquíes desalojaron el lunes a los yihadistas de Rutba.",
            "Government regains territory",
            "Rutba",
        ),
        (
            "Avance del EIIL\nEl EIIL se adueñó el lunes de Rawa, en Al Anbar, donde el ejército huyó.",
            "Non-state actor overtakes territory",
            "Rawah",
        ),
        (
            "Cohetes en Taji\nLos soldados iraquíes inutilizaron el lunes cinco cohetes en Taji.",
            "Disrupted weapons use",
            "Taji",
        ),
        (
            "Sin rastro de dos obreros\nUnos encapuchados sacaron el lunes de su casa de Hawiya a dos obreros y los condujeron a un lugar desconocido.",
            "Abduction/forced disappearance",
            "Hawija",
        ),
        (
            "Golpe al EI en Kirkuk\nLa policía iraquí echó el guante el lunes a un jefe yihadista en Hawiya.",
            "Arrests",
            "Hawija",
        ),
        (
            "Marcha disuelta en Amara\nLa policía iraquí disolvió el lunes con chorros de agua una marcha de parados en Amara.",
            "Protest with intervention",
            "Amarah",
        ),
        (
            "Noche agitada en Basora\nLa multitud arrasó el lunes la sede de un partido en Basora.",
            "Violent demonstration",
            "Basra",
        ),
    ],
)
def test_rarer_deeds_are_known_by_the_words_of_many_spanish_desks(analyser, text, kind, place):
    events = events_of(analyser, "es", text)
    assert [(e.sub_event_type, e.place) for e in events] == [(kind, place)]


@pytest.mark.parametrize(
    ("told", "killed", "wounded"),
    [
        ("No hay constancia de víctimas.", 0, 0),
        ("Nadie sufrió daños.", 0, 0),
        ("Solo dejó un cráter y cristales rotos.", 0, 0),
        ("No hubo que lamentar desgracias personales.", 0, 0),
        ("Ningún empleado resultó lesionado.", None, 0),
        ("Segó la vida a tres vecinos y dejó malheridos a otros nueve.", 3, 9),
        ("El saldo es de cinco occisos y un par de lesionados.", 5, 2),
        ("Hay tres heridos, uno de gravedad.", None, 3),
        ("Provocó el fallecimiento de dos policías.", 2, None),
    ],
)
def test_spanish_tolls_and_their_absence(analyser, told, killed, wounded):
    text = f"Explosión en Kirkuk\nUn artefacto explosivo estalló el lunes en Kirkuk. {told}"
    event = only_event(analyser, "es", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    "text",
    [
        "El hospital de Mosul, en marcha\nEl ministro de Sanidad puso en marcha el lunes el centro de Mosul.",
        "Irak firma un acuerdo sobre el gas de Basora\nEl ministerio cerró el lunes en Bagdad un convenio con una empresa italiana.",
        "Una constructora cambia de manos en Erbil\nLa empresa pasó el lunes a manos de un grupo de Dubái.",
        "El Al Shorta se hace con el control del partido\nEl equipo de Bagdad arrasó el lunes en la liga iraquí.",
        "Maniobras en Besmaya\nLos soldados practicaron el lunes con fuego real en Besmaya; es un ejercicio.",
        "Fuga en Kerbala\nUn gas tóxico escapó el lunes por un accidente en una planta de agua de Kerbala.",
        "Bagdad compra sistemas antiaéreos\nEl gobierno iraquí cerró el lunes el contrato en Seúl.",
        "Dos autobuses chocan cerca de Samarra\nEl conductor se durmió el lunes; hay doce muertos en Samarra.",
    ],
)
def test_the_new_spanish_words_tell_no_deed_in_everyday_use(analyser, text):
    assert not events_of(analyser, "es", text)


@pytest.mark.parametrize(
    ("text", "type_", "place"),
    [
        (
            "Chouaïba : des contractuels barrent l'accès\nDes agents contractuels ont bloqué mercredi l'accès au champ pétrolier de Majnoun pour exiger leur titularisation.",
            "Peaceful protest",
            "Majnoon oil field",
        ),
        (
            "Samawa : la raffinerie bloquée\nDes ingénieurs au chômage ont empêché mercredi les camions-citernes d'entrer dans la raffinerie de Samawa.",
            "Peaceful protest",
            "Samawah refinery",
        ),
        (
            "Dhi Qar : un député pris pour cible\nDes protestataires ont attaqué mercredi la maison d'un député à Chatra et brûlé sa voiture.",
            "Violent demonstration",
            "Shatrah",
        ),
        (
            "Kerbala : deux morts\nLes forces de sécurité ont tiré mercredi à Kerbala sur des protestataires qui bloquaient un pont, tuant deux d'entre eux.",
            "Excessive force against protesters",
            "Karbala",
        ),
        (
            "Sinjar : relève à l'entrée de la ville\nLe Hachd a évacué mercredi deux barrages à Sinjar, que des soldats de la 20e division ont occupés dans le calme.",
            "Non-violent transfer of territory",
            "Sinjar",
        ),
        (
            "Les soldats américains quittent la base K1\nLes derniers soldats de la coalition ont quitté dimanche la base K1 à Kirkouk, aussitôt occupée par l'armée irakienne.",
            "Non-violent transfer of territory",
            "K-1 Air Base (K1)",
        ),
        (
            "Les jihadistes maîtres de Hit\nL'EI contrôle depuis mercredi la ville de Hit, abandonnée par l'armée irakienne après plusieurs jours de combats.",
            "Non-state actor overtakes territory",
            "Hit",
        ),
        (
            "Tal Afar entièrement nettoyée\nLes forces irakiennes ont déclaré dimanche avoir nettoyé la totalité de Tal Afar des combattants de l'EI.",
            "Government regains territory",
            "Tal Afar",
        ),
        (
            "Salaheddine : cinq villageois pris par l'EI\nLe groupe État islamique a pris cinq villageois mercredi à Chirqat et les a conduits vers les monts Makhoul.",
            "Abduction/forced disappearance",
            "Sharqat",
        ),
        (
            "Hawija : trois suspects\nLes forces antiterroristes ont emmené mercredi trois hommes soupçonnés d'appartenir à l'EI à Hawija.",
            "Arrests",
            "Hawija",
        ),
        (
            "Moqtada Sadr met ses hommes au repos\nLe chef chiite a ordonné mercredi la fermeture des locaux de sa branche armée dans la province de Bassora et le gel de ses activités.",
            "Change to group/activity",
            "Basra",
        ),
        (
            "Le PDK et l'UPK s'entendent\nLes deux partis ont signé mercredi à Souleimaniyeh un mémorandum d'entente sur l'unification des peshmergas.",
            "Agreement",
            "Sulaymaniyah",
        ),
        (
            "Al-Anbar : dix bombes déterrées près de Ramadi\nLes sapeurs ont déterré mercredi dix bombes enfouies près de Ramadi et les ont fait sauter sur place.",
            "Disrupted weapons use",
            "Ramadi",
        ),
        (
            "Routba : un camion stoppé\nL'armée a stoppé mercredi un camion chargé d'explosifs avant qu'il n'arrive à Routba.",
            "Disrupted weapons use",
            "Rutba",
        ),
        (
            "Un journaliste frappé\nQuatre hommes masqués ont frappé mercredi un journaliste à la sortie de son bureau à Souleimaniyeh.",
            "Attack",
            "Sulaymaniyah",
        ),
    ],
)
def test_french_protests_ground_captives_deals_and_finds(analyser, text, type_, place):
    event = only_event(analyser, "fr", text)
    assert (event.sub_event_type, event.place) == (type_, place)


@pytest.mark.parametrize(
    ("told", "killed", "wounded"),
    [
        ("Deux policiers ont souffert de blessures.", None, 2),
        ("Trois soldats ont reçu des soins.", None, 3),
        ("Un enfant a été hospitalisé.", None, 1),
        ("Une trentaine d'ouvriers ont été hospitalisés.", None, 30),
        ("Un officier est tombé en martyr.", 1, None),
        ("Un agriculteur a rendu l'âme à l'hôpital.", 1, None),
        ("Les dégâts sont purement matériels.", 0, 0),
        ("Tous les employés vont bien.", 0, 0),
        ("Nul n'a été atteint, selon le maire.", 0, 0),
        ("La voiture d'un juge a été criblée d'éclats.", None, None),
    ],
)
def test_french_tolls_and_their_absence(analyser, told, killed, wounded):
    text = f"Explosion à Kirkouk\nUn engin explosif a éclaté lundi à Kirkouk. {told}"
    event = only_event(analyser, "fr", text)
    assert (event.killed, event.wounded) == (killed, wounded)


def test_a_french_car_riddled_with_bullets_is_nobody_killed_and_a_stabbed_man_is_hurt(analyser):
    text = "Bassora : un juge visé\nDes hommes armés ont criblé de balles mercredi la voiture d'un juge à Bassora."
    event = only_event(analyser, "fr", text)
    assert (event.killed, event.targets) == (None, ("official",))
    text = "Un enseignant poignardé\nUn enseignant a été poignardé par un inconnu mercredi à Hilla."
    event = only_event(analyser, "fr", text)
    assert (event.killed, event.wounded) == (None, 1)


def test_a_device_of_the_same_type_is_another_like_the_first_in_french(analyser):
    text = (
        "Sarsang : le champ à l'arrêt\nUn drone a frappé mercredi le champ pétrolier de Sarsang. La veille, deux engins "
        "du même type avaient touché le champ de Khurmala."
    )
    found = events_of(analyser, "fr", text)
    assert [(e.sub_event_type, e.place) for e in found] == [
        ("Air/drone strike", "Sarsang oil field"),
        ("Air/drone strike", "Khurmala oil field"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "« Pure invention », dit l'armée\nLe commandement d'Al-Anbar juge fantaisistes les récits selon lesquels un drone aurait visé mardi la base d'Aïn al-Assad.",
        "Erbil : une détonation expliquée\nLa détonation entendue mercredi à Erbil était due à un essai de sirènes, ont dit les Assayech.",
        "Samarra : des explosions contrôlées\nLes déflagrations entendues mercredi à Samarra provenaient de la destruction d'engins de guerre, a expliqué l'armée.",
        "Le PDK dénonce de fausses allégations\nLe parti a rejeté comme mensongères les informations sur des affrontements entre peshmergas et EI à Makhmour.",
        "Le musée de Bagdad reprend une exposition\nDes artistes de Mossoul et de Bassora y participent depuis mercredi.",
        "Bagdad : un camion bloque le pont\nUn camion a été stoppé mercredi par une panne sur un pont de Bagdad.",
        "Un footballeur blessé\nLe joueur de Nassiriya souffre d'une fracture du tibia après le match de mercredi.",
        "Des agriculteurs saisissent la justice\nDes agriculteurs de Chamchamal ont saisi mercredi le tribunal pour obtenir le paiement de leurs récoltes.",
        "De nouveaux bureaux\nLes employés de la compagnie des ports ont occupé mercredi leur nouveau siège à Bassora.",
        "Un mémorandum sur l'eau\nAnkara et Bagdad ont signé mercredi un mémorandum sur le partage des eaux du Tigre.",
        "Un ancien ministre s'éteint\nL'ancien ministre a rendu son dernier souffle mercredi à Bagdad.",
        "Zakho : des images recyclées\nLes images d'un bombardement à Zakho diffusées mercredi sont anciennes, selon les autorités.",
        "Erbil libère ses trottoirs\nLa municipalité d'Erbil a libéré mercredi les trottoirs du bazar.",
    ],
)
def test_french_denials_and_everyday_words_tell_no_deed(analyser, text):
    assert not events_of(analyser, "fr", text)


@pytest.mark.parametrize(
    ("told", "killed", "wounded"),
    [
        ("Une balle lui a traversé l'épaule.", None, 1),
        ("L'hôpital de la ville a accueilli 28 personnes.", None, 28),
        ("L'explosion a envoyé deux policiers à l'hôpital.", None, 2),
        ("Son frère en réchappe avec des brûlures.", None, 1),
        ("Quatre policiers en sont sortis avec des fractures.", None, 4),
        ("Neuf personnes sont arrivées à l'hôpital.", None, 9),
        ("Un berger, qui passait par là, a perdu une jambe.", None, 1),
        ("Trois femmes ont été atteintes par des éclats.", None, 3),
        ("Quatre soldats se trouvent en soins intensifs.", None, 4),
        ("Deux soldats ont payé de leur vie la défense du poste.", 2, None),
        ("La morgue de la ville a reçu cinq corps.", 5, None),
        ("Un policier a expiré à l'hôpital.", 1, None),
        ("Touché à la tête, un avocat n'a pu être réanimé.", 1, None),
        ("Il n'y a pas eu de pertes humaines.", 0, 0),
        ("L'attaque s'est soldée par des dégâts, sans perte en vies humaines.", 0, 0),
        ("Tout le monde est sauf, dit le maire.", 0, 0),
        ("Aucun employé n'a été atteint.", None, 0),
    ],
)
def test_french_tolls_told_by_the_body_the_hospital_or_the_morgue(analyser, told, killed, wounded):
    text = f"Bombe à Kirkouk\nUne bombe a explosé lundi à Kirkouk. {told}"
    event = only_event(analyser, "fr", text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "type_", "place"),
    [
        (
            "L'EI perd la raffinerie\nL'armée irakienne a arraché mardi la raffinerie de Baïji des griffes de l'EI.",
            "Government regains territory",
            "Baiji refinery",
        ),
        (
            "Tal Afar perdue\nLes jihadistes ont arraché mardi Tal Afar aux forces gouvernementales.",
            "Non-state actor overtakes territory",
            "Tal Afar",
        ),
        (
            "Rabia sous contrôle fédéral\nLes peshmergas ont cédé mardi le poste-frontière de Rabia à la police sans tirer un coup de feu.",
            "Non-violent transfer of territory",
            "Rabia crossing",
        ),
        (
            "La coalition remet un camp\nLa coalition a transféré mardi aux forces irakiennes les installations du camp de Taji.",
            "Non-violent transfer of territory",
            "Camp Taji",
        ),
        (
            "Un nouveau poste turc\nL'armée turque a installé mardi un nouveau poste sur la colline de Batifa.",
            "Headquarters or base established",
            "Batifa",
        ),
        (
            "Une brigade à la frontière\nL'armée irakienne a déployé mardi une brigade le long de la frontière à Qaïm.",
            "Change to group/activity",
            "Al-Qaim",
        ),
        (
            "Les Saraya al-Salam quittent Samarra\nLes Saraya al-Salam se sont retirées mardi de Samarra, a annoncé leur commandement.",
            "Change to group/activity",
            "Samarra",
        ),
        (
            "Kirkouk : des tentes\nDes employés de la North Oil Company campent depuis mardi devant le siège de la compagnie à Kirkouk.",
            "Peaceful protest",
            "Kirkuk",
        ),
        (
            "Diwaniya : route coupée\nDes agriculteurs ont coupé mardi la route de Diwaniya avec des pneus en flammes.",
            "Peaceful protest",
            "Diwaniyah",
        ),
        (
            "Un parti saccagé\nDes sympathisants d'Assaïb Ahl al-Haq ont pris d'assaut mardi le local du parti Dawa à Karrada et l'ont brûlé.",
            "Violent demonstration",
            "Karrada",
        ),
        (
            "Récoltes en cendres\nDes membres de Daech ont brûlé mardi cinquante hectares d'orge à Daqouq.",
            "Looting/property destruction",
            "Daquq",
        ),
        (
            "Un magasin dévasté\nDes hommes cagoulés ont dévasté mardi un magasin d'alcool à Karrada.",
            "Looting/property destruction",
            "Karrada",
        ),
        (
            "Bagdad : un officier tué\nUn officier des renseignements a été criblé de balles mardi à bord de sa voiture à Mansour.",
            "Attack",
            "Mansour",
        ),
        (
            "Un émir pris\nLe renseignement militaire a fait tomber mardi un émir de l'EI à Ramadi.",
            "Arrests",
            "Ramadi",
        ),
        (
            "Coup de filet\nDeux membres de Daech sont tombés mardi entre les mains des forces de sécurité à Baïji.",
            "Arrests",
            "Baiji",
        ),
        (
            "Le grappin\nLa police irakienne a mis le grappin mardi sur deux terroristes à Kirkouk.",
            "Arrests",
            "Kirkuk",
        ),
    ],
)
def test_french_ground_bases_crowds_murders_and_arrests_in_other_words(analyser, text, type_, place):
    event = only_event(analyser, "fr", text)
    assert (event.sub_event_type, event.place) == (type_, place)


def test_members_of_daech_are_islamic_state(analyser):
    text = "Embuscade à Rutba\nDes membres de Daech ont tendu mardi une embuscade à une patrouille à Rutba."
    assert "isis" in analysis_of(analyser, "fr", text).terms


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a perdu la main\nLe ministre irakien du Pétrole a perdu la main mardi sur les négociations à Bagdad.",
        "Le délai a expiré\nLe délai accordé aux investisseurs a expiré mardi à Bagdad.",
        "Hommage\nLe président a rendu hommage mardi à Bagdad aux soldats qui ont donné leur vie pour libérer Mossoul.",
        "Greffes\nL'hôpital de Bagdad a accueilli mardi 28 patients pour des greffes de rein.",
        "Au sommet\nErbil s'est emparé mardi de la première place du championnat en arrachant le nul à Bagdad.",
        "Recrutement\nL'armée irakienne a ouvert mardi un bureau de recrutement à Bassora.",
        "Prière\nDes milliers de fidèles se sont rassemblés mardi devant le mausolée de l'imam Ali à Najaf pour la prière.",
        "Semences\nÀ Samawa, des drones larguent depuis mardi des semences au-dessus du désert.",
        "Un pneu\nLa détonation entendue mardi à Karrada n'était que l'éclatement d'un pneu de camion, dit la police de Bagdad.",
        "Bnaslawa : fin de stage\nEngins piégés factices, évacuation sous le feu : des peshmergas ont bouclé mardi six semaines de formation à Erbil.",
        "« L'EI n'a plus que des cellules »\nEntretien. Le général revient sur la bataille de Mossoul et les attentats de Bagdad.",
        "Le club et le grappin\nLe club de Bagdad a mis le grappin mardi sur un attaquant brésilien.",
        "Deir ez-Zor : combats entre tribus et forces kurdes\nAu moins vingt-deux personnes ont été tuées depuis dimanche sur la rive est de l'Euphrate.",
    ],
)
def test_french_words_of_bodies_ground_and_arrest_in_everyday_use_tell_no_deed(analyser, text):
    assert not events_of(analyser, "fr", text)
