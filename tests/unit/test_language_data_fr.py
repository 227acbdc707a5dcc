"""French words that tell a deed in one sentence and something everyday in the next."""

from __future__ import annotations

import pytest

from tests.support.lexicon import shipped_lexicon
from worker.domain.understanding.words.matcher import read


def concepts(text: str) -> set[str]:
    return {hit.key for hit in read(text, shipped_lexicon().tongues["fr"]).hits}


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("explosion", "Des sacs en plastique flottent sur le Tigre à Bagdad"),
        ("explosion", "Le pneu de sa voiture a éclaté près de Kout"),
        ("strike", "La sécheresse qui frappe Nassiriya vide les villages"),
        ("strike", "Un commerce frappé par la crise à Mossoul"),
        ("attack", "Un camion frappé par un drone près de Sinjar, deux hommes tués"),
        ("abduction", "Le car a pris quinze voyageurs à Samawa"),
        ("abduction", "Des bergers de Hawija, ville aux mains de l'EI, sont arrivés à Kirkouk"),
        ("arrest", "Le quartier Al-Zahra est tombé aux mains de l'armée"),
        ("arrest", "Deux ouvriers emmenés par des hommes armés puis relâchés à Baqouba"),
        ("defuse", "Ils ont fait exploser à distance un engin au passage de la patrouille"),
        ("defuse", "La ligne a été mise hors service par un engin explosif"),
        ("protest", "Le syndicat des ouvriers condamne le gouvernorat de Wasit"),
        ("protest", "Des habitants attendent à Rawanduz, la neige a coupé la route"),
        ("riot", "La police a évacué les manifestants par la force à Bassora"),
        ("dispersal", "L'Irak maintient le recours au gaz iranien"),
        ("retake", "Bassora : reprise des exportations"),
        ("overrun", "Des blindés abandonnés par l'armée rouillent à Tikrit"),
        ("arson", "L'incendie a brûlé plusieurs maisons à Hilla"),
        ("disband", "Un député réclame la dissolution des milices"),
        ("hand_over", "Les cours ont repris dans le calme à Kirkouk"),
        ("hand_over", "Un soldat d'une brigade qui relève de la coalition à la base de Taji"),
        ("truce", "Notre peuple a payé le prix du sang dans les combats"),
        ("port", "Le port de l'arme reste interdit aux civils"),
        ("killed", "Cent pèlerins devant la tombe du martyr"),
        ("killed", "L'EI a perdu la bataille de Ramadi"),
        ("wounded", "Tempête de poussière : 300 cas de suffocation à Kerbala"),
        ("none_hurt", "Tout le personnel sauf deux ingénieurs a quitté le site"),
        ("none_hurt", "Aucune victime civile, selon l'armée, qui a perdu deux soldats"),
        ("nothing_happened", "Une explosion dans une zone contrôlée par les jihadistes"),
        ("nothing_happened", "Un tel drame ne s'est plus produit depuis 2019"),
        ("planned_blast", "Il venait de finir les travaux de sa maison"),
        ("in_time", "Il est mort avant d'arriver à l'hôpital de Falloujah"),
        ("drill", "Cinq soldats ont péri au cours de combats près de Hawija"),
        ("drill", "Des chars factices de l'EI détruits à Mossoul"),
        ("none_hurt", "Trois morts ainsi que des dégâts matériels à Baqouba"),
        ("none_hurt", "Le raid se solde par des dégâts matériels et deux blessés"),
        ("arrest", "Le convoi a été pris pour cible par des jihadistes"),
        ("arrest", "Les jihadistes ont livré de violents combats à Ramadi"),
        ("protest", "Les recrues étaient rassemblées devant la caserne quand la bombe a explosé"),
        ("protest", "Des prisonniers rassemblés puis emmenés en bus à Taji"),
        ("wounded", "Trois voitures brûlées dans le centre de Kirkouk"),
        ("wounded", "Douze maisons ont été touchées à Tal Afar"),
        ("wounded", "L'EI a perdu son bras droit à Mossoul"),
        ("wounded", "Deux voitures touchées par des balles à Bagdad"),
        ("killed", "Le vieux chanteur s'est éteint à l'hôpital de Najaf"),
        ("killed", "L'ultimatum a expiré avant l'arrivée de la délégation"),
        ("take_ground", "L'explosion a arraché le toit d'une maison à Bagdad"),
        ("take_ground", "L'armée a le contrôle total de la situation à Kirkouk"),
        ("retake", "Mossoul : il a échappé aux jihadistes"),
        ("overrun", "Tikrit : l'armée a livré de violents combats à Daech"),
        ("disband", "La fin des opérations militaires de l'armée turque est annoncée"),
        ("hand_over", "Le ministre a relevé que les forces manquaient de moyens"),
        ("denial", "L'homme sur la vidéo est l'ancien chef de la police"),
        ("restoration", "Le corps de l'imam de la mosquée a été retrouvé"),
        ("looting", "Un attentat suicide a dévasté un café de Balad"),
        ("looting", "Bulldozers et blindés turcs sont arrivés à Amadiya"),
        ("religion", "La bombe a explosé après la prière du vendredi"),
        ("health", "Un camion de chlore conduit par un kamikaze à Ramadi"),
    ],
)
def test_the_everyday_meaning_is_not_taken_for_the_deed(concept, text):
    assert concept not in concepts(text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("explosion", "Une maison plastiquée à Diyala"),
        ("strike", "Israël a frappé un camp près de Bagdad"),
        ("attack", "Passage à tabac d'un étudiant à Nassiriya"),
        ("abduction", "L'EI a pris dix bergers près de Routba"),
        ("arrest", "L'armée a embarqué trois hommes soupçonnés d'appartenir à l'EI"),
        ("defuse", "Les démineurs ont fait exploser la bombe à distance"),
        ("protest", "Des chômeurs ont empêché les employés d'entrer dans la raffinerie"),
        ("riot", "Les manifestants ont forcé les portes du gouvernorat"),
        ("overrun", "Le drapeau noir de l'EI flottait sur la mairie"),
        ("hand_over", "Les peshmergas se sont retirés sans coup férir"),
        ("truce", "Les deux tribus s'accordent sur le prix du sang"),
        ("killed", "Un agent retrouvé criblé de balles dans son véhicule"),
        ("killed", "Des manifestations après la mort de deux protestataires"),
        ("killed", "Un garde a été mortellement poignardé"),
        ("none_hurt", "Aucune victime n'est à déplorer"),
        ("nothing_happened", "Aucun incident n'a été signalé"),
        ("similar", "Deux attaques similaires ont visé la base"),
        ("in_time", "Il a été abattu avant qu'elle n'entre dans la base"),
        ("undated", "La date n'a pas été précisée"),
        ("none_hurt", "Les tirs n'ont fait que des dégâts matériels"),
        ("none_hurt", "L'attaque n'a pas causé de victimes"),
        ("none_killed", "Il n'y a pas de mort, selon la police"),
        ("killed", "L'armée a envoyé douze terroristes en enfer"),
        ("killed", "Deux femmes brûlées vives à Diyala"),
        ("wounded", "Cinq autres personnes, dont une femme, ont été atteintes par balles"),
        ("wounded", "Son pronostic vital n'est pas engagé"),
        ("take_ground", "La milice contrôle désormais la ville de Rawa"),
        ("overrun", "Rawa, que l'armée a abandonnée dans la nuit"),
        ("hand_over", "Les peshmergas remettent Khanaqin à l'armée fédérale"),
        ("hand_over", "La base est passée sous le contrôle du gouvernement"),
        ("airstrike", "Un avion a bombardé le quartier général de la brigade"),
        ("artwork", "Le joueur dirige un convoi dans les rues de Falloujah"),
        ("technology", "L'équipe de Bagdad en finale du tournoi d'e-sport"),
        ("drill", "Le scénario prévoyait une prise d'otages"),
        ("denial", "Une pure invention, répond le gouverneur"),
        ("nothing_happened", "Pas un seul coup de feu n'a été tiré"),
    ],
)
def test_the_phrase_that_is_meant_is_read(concept, text):
    assert concept in concepts(text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("killed", "Les deux gardes ne se relèveront pas"),
        ("killed", "La police déplore la perte de deux des siens"),
        ("killed", "L'ennemi a perdu ce mercredi six hommes"),
        ("wounded", "Trois ouvriers amochés à Zakho"),
        ("wounded", "Huit jeunes ont pris une balle dans la jambe"),
        ("wounded", "Sept agents ont fini la soirée aux urgences"),
        ("none_wounded", "Le magistrat n'a pas une égratignure"),
        ("shooting", "Les passagers ont déchargé leurs armes sur lui"),
        ("shooting", "La voiture a été trouée de six projectiles"),
        ("assassination", "Le maire échappe à des tireurs embusqués"),
        ("clash", "Les tribus tiennent tête à Daech"),
        ("protest", "Des diplômés campent devant le ministère"),
        ("protest", "Plusieurs centaines de chômeurs étaient là, lundi, à réclamer des emplois"),
        ("riot", "Des briques ont volé mardi contre la mairie"),
        ("dispersal", "Les gardes-côtes les ont repoussés ce matin"),
        ("fire_on_crowd", "Une grenade lacrymogène reçue en pleine tête lui a été fatale"),
        ("abduction", "Ils ont été extraits un à un de leur lit"),
        ("arrest", "Fin de cavale pour un recruteur de l'EI"),
        ("suicide", "Deux terroristes actionnent leurs ceintures"),
        ("defuse", "Un colis suspect neutralisé devant un hôtel"),
        ("arms_cache", "La grotte recelait vingt roquettes"),
        ("drone_attack", "Un drone percute un hangar"),
        ("shelling", "L'armée bombarde au canon les roselières"),
        ("retake", "L'armée est entrée dans le village que l'EI occupait"),
        ("overrun", "La garnison a dû décrocher devant les guérilleros"),
        ("withdraw", "Le Hachd plie bagage"),
        ("open_base", "Un centre de commandement inauguré à Bagdad"),
        ("deploy", "Une nouvelle faction armée voit le jour"),
        ("looting", "Cent vingt moutons envolés à Mandali"),
    ],
)
def test_what_short_briefs_say_is_read(concept, text):
    assert concept in concepts(text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("killed", "Il est descendu de moto devant la mosquée"),
        ("killed", "L'EI perd l'un de ses plus anciens bastions"),
        ("killed", "Son visa a expiré avant le départ"),
        ("killed", "Les ouvriers y sont restés trois jours"),
        ("wounded", "La roue de secours a explosé"),
        ("wounded", "Le ministre se tire une balle dans le pied"),
        ("wounded", "La façade de la maison criblée d'éclats"),
        ("abduction", "Frappé à la sortie de son bureau"),
        ("abduction", "Les déplacés ne sont pas rentrés chez eux"),
        ("abduction", "Aucune demande de rançon n'a été reçue"),
        ("clash", "Un baroud d'honneur pour l'opposition"),
        ("shelling", "Mêlées, pluie d'obus au pied et carton rouge"),
        ("arson", "Les trois enfants ont été brûlés"),
        ("looting", "Les élèves ont vidé la boutique de ses bonbons"),
        ("retake", "Le drapeau irakien flotte sur le stade"),
        ("intercept", "Deux roquettes se sont abattues près de l'ambassade"),
        ("rocket", "Une voiture trouée de six projectiles"),
        ("traffic", "Un drone percute un hangar"),
        ("protest", "La mobilisation tribale a repoussé l'EI"),
        ("ordinary_crime", "Chantage à la bombe : un lieutenant menotté"),
    ],
)
def test_what_short_briefs_do_not_say_is_left_alone(concept, text):
    assert concept not in concepts(text)
