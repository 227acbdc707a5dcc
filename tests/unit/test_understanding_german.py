"""German verbs whose particle is also a preposition, and words that report a deed in one sentence and none in the next."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.where.iraq import about_iraq

WEDNESDAY = datetime(2023, 6, 14, 12, tzinfo=UTC)
concepts_understood = partial(reports.concepts_understood, published=WEDNESDAY)
document = partial(reports.document, published=WEDNESDAY)
events_of = partial(reports.events_of, published=WEDNESDAY)
only_event = partial(reports.only_event, published=WEDNESDAY)


@pytest.mark.parametrize(
    ("concept", "read_so", "not_so"),
    [
        ("killed", "20 Menschen kamen um.", "Hunderte Menschen kamen, um zu protestieren."),
        ("intercept", "Die Armee schoss zwei Drohnen ab.", "Milizen schossen fünf Raketen ab."),
        ("arrest", "Die Polizei nahm drei Männer fest.", "Tausende nahmen am Fest in Erbil teil."),
        ("arrest", "Der Emir wurde gefasst.", "Bagdad macht sich auf Angriffe des IS gefasst."),
        (
            "abduction",
            "Bewaffnete führten sieben Männer ab.",
            "Die Armee führt ab Montag Kontrollen durch.",
        ),
        ("advance", "Die Truppen rückten vor.", "Vor drei Tagen rückten Truppen vor die Stadt."),
        (
            "retake",
            "Die Armee hat den IS aus Ramadi vertrieben.",
            "Der IS hat Jesiden aus Ramadi vertrieben.",
        ),
        ("repel", "Soldaten schlugen den Angriff zurück.", "Der Iran schlägt zurück."),
        ("arson", "Sie zündeten das Büro an.", "Angehörige zündeten Kerzen für die Opfer an."),
        ("drill", "Die Marineübung begann.", "Er starb in Ausübung seines Dienstes."),
        ("noise", "In Bagdad waren Schüsse zu hören.", "Die Basis gehört zu den größten."),
        ("may", "Der IS könnte angreifen.", "Die Soldaten konnten fliehen."),
        ("demand", "Demonstranten forderten Reformen.", "Der Anschlag forderte 20 Todesopfer."),
        (
            "seize_arms",
            "Die Polizei stellte 20 Granaten sicher.",
            "Das Gesetz stellt sicher, dass Waffen verboten bleiben.",
        ),
        ("tribesmen", "Kämpfe zwischen zwei Stämmen.", "Zwei stammen aus Syrien."),
        ("airstrike", "Die Luftwaffe hat ein Lager zerstört.", "Das Lager der Luftwaffe wurde zerstört."),
        ("gunmen", "Zwei Bewaffnete töteten ihn.", "Ein bewaffneter Konflikt droht."),
        ("clash", "Kämpfe in Ramadi dauern an.", "Er sagte, die Armee kämpfe gegen Korruption."),
        (
            "grenade",
            "Männer warfen zwei Granaten auf das Haus.",
            "Ankara warf den Rebellen vor, Granaten zu horten.",
        ),
        ("ied", "Am Straßenrand explodierte eine Bombe.", "Am Straßenrand verkaufen Kinder Wasser."),
        (
            "abduction",
            "Von dem Lehrer fehlt seit Montag jede Spur.",
            "Von den Tätern fehlt seit Montag jede Spur.",
        ),
        (
            "abduction",
            "Die Rebellen brachten drei Geiseln in ihre Gewalt.",
            "Diebe schleppten die Vasen des Museums davon.",
        ),
        (
            "overrun",
            "Die Rebellen brachten drei Dörfer in ihre Gewalt.",
            "Die Rebellen brachten drei Geiseln in ihre Gewalt.",
        ),
        (
            "overrun",
            "Die Soldaten mussten den Dschihadisten weichen.",
            "Aus Angst vor der Armee mussten die Dschihadisten weichen.",
        ),
        (
            "retake",
            "Die Armee hat die Stadt dem IS entrissen.",
            "Über dem Rathaus weht die kurdische Flagge.",
        ),
        (
            "arrest",
            "Ermittler fassten den Anführer der Zelle.",
            "Im Bergland fassten die Extremisten wieder Fuß.",
        ),
        (
            "foil",
            "Die Polizei konnte einen Anschlag auf Pilger verhindern.",
            "Der Geheimdienst hat den Anschlag auf Pilger nicht verhindert.",
        ),
        (
            "fire_on_crowd",
            "Soldaten schossen auf die Protestierenden.",
            "Die Polizei feuerte Tränengas auf Demonstranten.",
        ),
        (
            "dispersal",
            "Die Polizei löste die Kundgebung auf.",
            "Nach einer Stunde löste sich die Kundgebung auf.",
        ),
        (
            "airstrike",
            "US-Jets bombardierten ein Lager bei Ramadi.",
            "Bagdad will gebrauchte US-Jets kaufen.",
        ),
        (
            "shooting",
            "Wachen eröffneten das Feuer auf die Angreifer.",
            "Das Feuer auf einem Ölfeld ist gelöscht.",
        ),
        (
            "enter",
            "Die Rebellen zogen am Abend in Rutba ein.",
            "Im Mai zog in Rutba ein Zahnarzt in das Haus.",
        ),
        (
            "disband",
            "Die Miliz legte die Waffen nieder.",
            "Hunderte Freiwillige schlossen sich der Miliz an.",
        ),
        (
            "soldiers",
            "Der Anschlag galt dem Obersten Kasim.",
            "Der Richter des Obersten Gerichtshofs trat zurück.",
        ),
        ("killed", "Zwei Wächter waren sofort tot.", "Die stark gefallenen Ölpreise belasten den Haushalt."),
        (
            "wounded",
            "Zwölf Menschen erlitten Verbrennungen.",
            "Von dem Schock ist Basra schwer getroffen.",
        ),
        ("wounded", "Bei der Explosion erlitten zehn Kinder Verletzungen.", "Zehn Kinder sind verschwunden."),
        (
            "none_hurt",
            "Opfer gab es keine.",
            "Angaben über Opfer lagen zunächst nicht vor, auch gab es weder Strom noch Wasser.",
        ),
        (
            "claim",
            "Zu dem Anschlag bekannte sich der IS.",
            "Der Präsident bekannte sich zur Einheit des Landes.",
        ),
        (
            "claim",
            "Der IS übernahm die Verantwortung für den Anschlag.",
            "Die Armee übernahm die Verantwortung für die Sicherheit in Basra.",
        ),
        (
            "blame",
            "Die Behörden schreiben den Anschlag der Miliz zu.",
            "Zeitungen schreiben, die Zahl der Touristen nehme zu.",
        ),
        (
            "accident",
            "Sabotage wurde ausgeschlossen.",
            "Sabotage wird nicht ausgeschlossen.",
        ),
        (
            "warning",
            "Es gebe Hinweise auf einen Anschlag.",
            "Es gebe Hinweise auf die Täter.",
        ),
        (
            "denial",
            "Das Ministerium tat die Berichte als Gerücht ab.",
            "Er tat den Verletzten als Helfer Gutes.",
        ),
        (
            "denial",
            "Die Bilder stammen aus dem Jahr 2016.",
            "Der IS hat ein Video ins Netz gestellt.",
        ),
        (
            "hand_over",
            "Die Miliz übernahm die Stadt, ohne dass ein Schuss fiel.",
            "Der Minister übernahm das Amt, ohne dass jemand widersprach.",
        ),
        (
            "take_ground",
            "Die Armee meldet die Einnahme von Rawa.",
            "Ärzte warnen vor der Einnahme von Tabletten.",
        ),
        (
            "retake",
            "Nach Kämpfen mit dem IS weht über Sindschar wieder die kurdische Flagge.",
            "Über dem Freibad von Kirkuk weht wieder die irakische Flagge.",
        ),
        (
            "protest",
            "Absolventen haben die Zufahrt zum Ölfeld Gharraf blockiert.",
            "Lehrer haben freie Stellen besetzt.",
        ),
        (
            "riot",
            "Bewohner haben das Rathaus gestürmt.",
            "Polizisten haben Hunderte Wohnungen gestürmt und Männer festgenommen.",
        ),
        (
            "fire_on_crowd",
            "Zwei Demonstranten starben, als die Polizei scharf schoss.",
            "Die Polizei wies die Kritik scharf zurück.",
        ),
        (
            "attack",
            "Maskierte haben einen Reporter zusammengeschlagen.",
            "Er hat das Buch zugeschlagen.",
        ),
        (
            "abduction",
            "Bewaffnete haben drei Hirten mitgenommen.",
            "Tausende Menschen haben nur das Nötigste mitgenommen.",
        ),
        (
            "abduction",
            "Maskierte haben einen Ingenieur aus dem Wagen gezogen.",
            "Retter haben eine Frau aus dem Haus gezogen.",
        ),
        (
            "release",
            "Die Entführten sind auf freien Fuß gekommen.",
            "Sie sind zu Fuß gekommen.",
        ),
        (
            "arson",
            "Unbekannte steckten mehrere Läden an.",
            "Viele Schüler steckten sich mit Masern an.",
        ),
        (
            "sabotage",
            "Saboteure haben die Stromleitungen gekappt.",
            "Bauarbeiter haben ein Kabel durchtrennt, ein Unfall.",
        ),
        (
            "defuse",
            "Pioniere machten am Montag auf der Straße nach Naft Chana einen Sprengsatz unschädlich.",
            "Die Impfung machte das Virus unschädlich.",
        ),
        (
            "seize_arms",
            "Soldaten gruben 18 Raketen aus.",
            "Archäologen gruben einen Tempel aus.",
        ),
        (
            "nothing_happened",
            "In der Stadt habe es keine Explosion gegeben.",
            "Die Stadt fiel, ohne dass Schüsse zu hören waren.",
        ),
        (
            "trial",
            "Der Richter sprach ihn frei.",
            "Bewaffnete warfen eine Granate auf das Haus der Richterin.",
        ),
    ],
)
def test_a_particle_or_a_common_word_makes_no_deed(analyser, concept, read_so, not_so):
    assert concept in concepts_understood(analyser, "de", read_so)
    assert concept not in concepts_understood(analyser, "de", not_so)


def test_the_toll_that_an_attack_demanded_counts(analyser):
    bomb = only_event(
        analyser, "de", "Anschlag in Mossul\nEin Bombenanschlag in Mossul forderte am Dienstag 20 Todesopfer."
    )
    assert bomb.killed == 20


def test_rockets_that_militias_shot_were_not_shot_down(analyser):
    rockets = only_event(
        analyser,
        "de",
        "Raketen auf Bagdad\nMilizen schossen am Dienstag fünf Raketen ab, die in der Grünen Zone in Bagdad einschlugen.",
    )
    assert rockets.sub_event_type == "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Mehr als 80 Tote bei Anschlag in Bagdader Einkaufsstraße\nDer Täter zündete die Bombe im Stadtteil Karrada.",
        ),
        (
            "fr",
            "Attentat meurtrier\nUne bombe a explosé dans le quartier de Karrada et a tué trois personnes.",
        ),
        ("es", "Atentado mortal\nUna bomba estalló en el barrio de Karrada y mató a tres personas."),
    ],
)
def test_a_quarter_that_is_known_by_its_bare_name_tells_of_iraq_behind_its_noun_too(
    analyser: Analyser, language: str, text: str
) -> None:
    seen = analyser.understand(document(language, text))
    assert about_iraq(seen.reading)
    assert "place:karrada" in {h.key for h in seen.reading.hits}


def test_a_find_is_read_across_its_place_up_to_the_particle(analyser: Analyser) -> None:
    text = "Armee hebt Waffenversteck des IS in der Dschasira-Wüste aus\nSoldaten handelten nach Hinweisen."
    assert [e.sub_event_type for e in events_of(analyser, "de", text)] == ["Disrupted weapons use"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Agreement", "Zwei Clans in Basra haben am Dienstag ihre Blutfehde beigelegt."),
        ("Agreement", "Peschmerga und Armee haben am Montag in Tuz Churmatu eine Kampfpause ausgehandelt."),
        (
            "Non-violent transfer of territory",
            "Am Montag ging das Camp Taji in die Verantwortung der irakischen Armee über.",
        ),
        (
            "Non-violent transfer of territory",
            "Die Peschmerga haben am Dienstag kampflos mehrere Posten bei Kirkuk geräumt.",
        ),
        (
            "Headquarters or base established",
            "Die Volksmobilisierung hat am Dienstag in Sindschar einen weiteren Außenposten eingerichtet.",
        ),
        (
            "Looting/property destruction",
            "Milizionäre haben am Sonntag in Dschalaula 30 Häuser dem Erdboden gleichgemacht.",
        ),
        (
            "Violent demonstration",
            "Am Sonntag schleuderten Protestierende in Bagdad Brandflaschen auf die Polizei.",
        ),
        (
            "Protest with intervention",
            "Die Polizei räumte am Montag in Bagdad einen Sitzstreik arbeitsloser Lehrer.",
        ),
        ("Chemical weapon", "Der IS setzte am Sonntag bei Mossul Giftgas gegen Soldaten ein."),
        (
            "Sexual violence",
            "Drei Milizionäre haben am Montag in Bagdad eine Aktivistin sexuell missbraucht.",
        ),
        (
            "Grenade",
            "Bei einem Handgranatenanschlag auf ein Restaurant in Basra wurde am Sonntag ein Wachmann verletzt.",
        ),
        ("Government regains territory", "Die Armee hat Falludscha am Sonntag dem IS entrissen."),
        (
            "Non-state actor overtakes territory",
            "Nach tagelangem Ansturm ist Ramadi am Sonntag an den IS verloren gegangen.",
        ),
        ("Disrupted weapons use", "Pioniere der Armee haben am Dienstag in Ramadi 25 Sprengfallen geräumt."),
        (
            "Abduction/forced disappearance",
            "Maskierte haben am Mittwoch in Bagdad 18 Bauarbeiter in ihre Gewalt gebracht.",
        ),
        ("Armed clash", "Zwei Clans sind am Sonntag in Basra mit Maschinengewehren aufeinander losgegangen."),
        (
            "Non-violent transfer of territory",
            "Die Peschmerga haben ihre Stellungen in Dschalaula am Dienstag kampflos geräumt.",
        ),
        (
            "Government regains territory",
            "Die irakische Armee hat am Sonntag in Tal Afar das letzte Viertel gesichert, das der IS noch hielt.",
        ),
        (
            "Non-state actor overtakes territory",
            "Der Islamische Staat hat am Sonntag einen Armeeposten nahe Rutba gestürmt und besetzt.",
        ),
        (
            "Peaceful protest",
            "Arbeitssuchende haben am Montag in Nasirija die Brücken mit Autoreifen versperrt.",
        ),
        (
            "Abduction/forced disappearance",
            "Maskierte haben am Montag in Bagdad einen Journalisten vor seiner Wohnung abgefangen und weggebracht.",
        ),
        (
            "Change to group/activity",
            "Die Miliz Harakat al-Nudschaba hat am Dienstag in Bagdad ihre militärischen Aktivitäten eingefroren.",
        ),
        (
            "Agreement",
            "Zwei Clans haben am Dienstag in Basra ihren blutigen Streit beigelegt.",
        ),
        (
            "Disrupted weapons use",
            "Pioniere der Bundespolizei haben am Montag bei Hawidscha fünf Sprengsätze geborgen und gesprengt.",
        ),
        (
            "Looting/property destruction",
            "Unbekannte steckten am Dienstag in Kifri mehrere Geschäfte und Autos an.",
        ),
        (
            "Mob violence",
            "Eine wütende Menge hat am Montag in Bagdad einen Jugendlichen zu Tode geprügelt.",
        ),
    ],
)
def test_what_reporters_call_the_rarer_deeds_is_read(analyser: Analyser, kind: str, text: str) -> None:
    assert [e.sub_event_type for e in events_of(analyser, "de", "Irak\n" + text)] == [kind]


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("trugen drei Soldaten Verletzungen davon.", None, 3),
        ("verloren am Sonntag zwei Bauern ihr Leben, drei zogen sich Brandwunden zu.", 2, 3),
        ("bezahlten zwei Polizisten ihren Einsatz mit dem Leben.", 2, None),
        ("fanden vier Soldaten den Tod.", 4, None),
        ("hat die Armee sechs Gefallene zu beklagen.", 6, None),
        ("kam niemand ums Leben.", 0, None),
        ("blieb es bei Sachschaden.", 0, 0),
        ("lagen Berichte über Opfer zunächst nicht vor. Verluste gab es nach Angaben der Armee keine.", 0, 0),
        ("erlag ein Polizist seinen Wunden.", 1, None),
        ("blieb der Schaden rein materiell.", 0, 0),
        ("kam nach Angaben der Behörden niemand zu Schaden.", 0, 0),
        ("wurde ein 16-Jähriger erschossen.", 1, None),
        ("wurden neun Menschen mit Rauchvergiftungen behandelt.", None, 9),
    ],
)
def test_tolls_are_read_in_the_words_that_agencies_use(
    analyser: Analyser, text: str, killed: int | None, wounded: int | None
) -> None:
    event = only_event(analyser, "de", "Anschlag bei Rutba\nBei einem Angriff des IS nahe Rutba " + text)
    assert (event.killed, event.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("open_base", "Zwei Raketen schlugen auf dem Stützpunkt Victory ein, auf dem Soldaten schliefen."),
        ("including", "Neun Männer trugen Schussverletzungen davon."),
        ("including", "Die Insassen kamen mit dem Schrecken davon."),
        ("blaze", "Unbekannte eröffneten das Feuer auf sein Auto."),
        ("overrun", "Maskierte haben 18 Bauarbeiter in ihre Gewalt gebracht."),
        ("truce", "Bagdad und Total haben ein Abkommen über Erdgas unterzeichnet, das Exporte vorsieht."),
        ("clash", "Das war die härteste Phase des Kampfes gegen die Armut."),
        ("looting", "Der Minister hat die letzten Zweifel ausgeräumt."),
        ("dispersal", "Die Armee drängte den IS am Montag zurück."),
        ("retake", "Die Stadt müsse von Milizen gesäubert werden, forderte der Minister."),
        ("shooting", "Artillerie hat den Flughafen beschossen."),
        ("small_arms", "Die Revolutionsgarden nahmen eine Zentrale bei Koja unter Feuer."),
        ("attack", "Die Retter schlugen entsetzt die Hände über dem Kopf zusammen."),
        ("assassination", "Die Minen lauern auf Zivilisten und Hirten bei Rutba."),
        ("abduction", "Die Täter sind in unbekannte Richtung gefahren."),
        ("release", "Das Gericht setzte den verurteilten Drogenhändler auf freien Fuß."),
        ("defuse", "Der Sender hat die Gesichter der Geiseln unscharf gemacht."),
        ("protest", "Nach dem Brand wurden Anwohner gewarnt und die Straße nach Basra gesperrt."),
        ("protest", "Die Brücken im Zentrum von Bagdad sind mit Betonblöcken gesperrt."),
        ("riot", "Dutzende Soldaten stürmten den Flughafen von Mossul."),
        ("riot", "Tausende sahen die Palmenhaine in Flammen aufgehen."),
        (
            "retake",
            "Als einzige Stadt der Provinz ist Haditha noch in Regierungshand, sagte ein Offizier der Armee.",
        ),
        ("retake", "Ob Neuwahlen kommen, liegt ganz in der Hand der Regierung."),
        ("retake", "Der IS hat den Kurden drei Dörfer entrissen."),
        ("overrun", "Rawa ist noch immer in der Hand des IS."),
        ("arson", "Drei Lehrer haben sich in der Schule angesteckt."),
        ("arson", "Bei dem Kurzschluss verbrannten zwölf Häuser."),
        ("withdraw", "Der Papst hat die Stadt Erbil am Montag verlassen."),
        ("disband", "Berlin setzt den militärischen Flügel auf die Terrorliste."),
        ("truce", "Bagdad und Paris haben ein Sicherheitsprotokoll für Flughäfen."),
        ("hand_over", "Die Dschihadisten haben die Stadt kampflos verlassen."),
        ("killed", "Die Regierung überlebte das Misstrauensvotum nicht."),
        ("wounded", "Nach dem Sandsturm wurden hundert Menschen mit Atemnot behandelt."),
        ("denial", "Das Video zeigt einen 15 Jahre alten Hirten."),
        ("denial", "Bagdad verschärft den Kampf gegen Desinformation."),
        ("nothing_happened", "Es war kein Luftangriff, sondern eine Autobombe."),
        ("nothing_happened", "Nach der Explosion geht die Polizei von einer Sprengung der Pipeline aus."),
        ("trial", "Das Beben erreichte 5,1 auf der Richter-Skala."),
        ("another", "Der Einsatz dauert noch eine Woche."),
    ],
)
def test_words_that_look_like_a_deed_are_left_alone(analyser: Analyser, concept: str, text: str) -> None:
    assert concept not in concepts_understood(analyser, "de", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("attack", "Maskierte schlugen den Journalisten vor seinem Haus zusammen."),
        ("shooting", "Das Auto des Richters wurde von Kugeln durchsiebt."),
        ("assassination", "Sie lauerten dem Aktivisten vor seinem Büro auf und flohen."),
        ("abduction", "Maskierte haben den Lehrer aus dem Haus gezerrt."),
        ("led_away", "Die Polizei nahm drei Männer aus dem Dorf mit."),
        ("seize_arms", "Nahe Rutba wurden Raketen in einem Graben freigelegt."),
        ("release", "Nach zwei Monaten in der Gewalt der Entführer ist er wieder zu Hause."),
        ("overrun", "Die Stadt ist in den Händen der Dschihadisten."),
        ("take_ground", "Die Truppen drangen von Süden ins Zentrum vor."),
        ("hand_over", "Nach dem Abzug sind an ihre Stelle Bundestruppen getreten."),
        ("sabotage", "Ein Unbekannter kappte die Leitung nach Samarra."),
        ("none_hurt", "Nach Angaben der Polizei gab es weder Tote noch Schäden."),
        ("no_protest", "Die Proteste in der Türkei dauern an."),
        ("fire_on_crowd", "Die Polizei schoss scharf, als die Demonstranten flohen."),
        ("another", "Wenig später explodierte noch eine Bombe."),
    ],
)
def test_what_reporters_write_as_often_is_read_as_well(analyser: Analyser, concept: str, text: str) -> None:
    assert concept in concepts_understood(analyser, "de", text)


def test_who_shot_is_not_counted_among_the_dead(analyser: Analyser) -> None:
    event = only_event(
        analyser,
        "de",
        "Anschlag bei Rutba\nIn Rutba hat am Montag ein 23-Jähriger zwei Polizisten erschossen.",
    )
    assert event.killed == 2


@pytest.mark.parametrize(
    "text",
    [
        "Außenministerin in Bagdad\nDie Angriffe der Revolutionsgarden müssen aufhören, sagte sie am Dienstag in Bagdad.",
        "Stromausfall im Irak\nDas Netz brach am Montag zusammen; Sabotage schließt das Ministerium aus.",
        "Knall in Kirkuk\nDie Armee stufte am Montag ein Video angeblicher Gefechte bei Machmur als Fälschung ein.",
        "Entwarnung in Erbil\nWas die Anwohner am Dienstag hörten, sei die Explosion eines Generators gewesen, kein Raketenangriff.",
    ],
)
def test_what_is_asked_to_stop_or_ruled_out_is_no_event(analyser: Analyser, text: str) -> None:
    assert events_of(analyser, "de", text) == ()


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Mine in der Wüste\nIm Irak hat am Montag bei Basra eine Landmine einem Hirten beide Beine abgerissen.",
            None,
            1,
        ),
        (
            "Autobombe im Irak\nEine Autobombe riss am Montag in Bagdad elf Menschen in den Tod, 28 weitere kamen ins Krankenhaus.",
            11,
            28,
        ),
        (
            "Granaten im Irak\nMörsergranaten schlugen am Montag in Abu Ghraib ein. Drei Kinder wurden mit Kopfwunden in eine Klinik gebracht.",
            None,
            3,
        ),
        (
            "Drohne im Irak\nEine Drohne hat am Montag bei Sindschar zwei Kämpfer der PKK getötet; ein dritter überlebte mit Verbrennungen.",
            2,
            1,
        ),
        (
            "Handgranate im Irak\nUnbekannte warfen am Montag in Amara eine Handgranate auf ein Haus. Splitter trafen eine Frau im Gesicht.",
            None,
            1,
        ),
        (
            "Überfall im Irak\nDer IS überfiel am Montag bei Dakuk eine Patrouille der Polizei. Zwei Beamte ließen dabei ihr Leben.",
            2,
            None,
        ),
        (
            "Rakete im Irak\nEine Rakete ist am Montag auf der Basis Balad niedergegangen. Opfer sind laut Armee nicht zu beklagen.",
            0,
            0,
        ),
        (
            "Büro im Irak gestürmt\nDemonstranten stürmten am Montag in Bagdad das Büro der KDP. Verletzte waren laut Rettungsdienst nicht zu beklagen.",
            None,
            0,
        ),
        (
            "Sprengsatz im Irak\nEin Sprengsatz ist am Montag in Basra explodiert. Alle Bewohner kamen mit heiler Haut davon.",
            0,
            0,
        ),
        (
            "Explosion im Irak\nEin Sprengsatz ist am Montag in Hilla explodiert. Der Wirt ließ sein altes Leben hinter sich und zog fort.",
            None,
            None,
        ),
        (
            "Anschlag im Irak\nBei einem Bombenanschlag in Kirkuk starben am Montag drei Menschen. Fünf Leichen kamen später in ein Krankenhaus.",
            3,
            None,
        ),
    ],
)
def test_the_hurt_and_the_dead_are_told_by_what_befell_them(
    analyser: Analyser, text: str, killed: int | None, wounded: int | None
) -> None:
    found = events_of(analyser, "de", text)
    assert [(e.killed, e.wounded) for e in found] == [(killed, wounded)]


@pytest.mark.parametrize(
    ("concept", "read_so", "not_so"),
    [
        (
            "take_ground",
            "Die Armee hat die volle Kontrolle über die Stadt Baidschi erlangt.",
            "Die Partei hat nach der Wahl die Kontrolle über den Stadtrat erlangt.",
        ),
        (
            "overrun",
            "Die Dschihadisten haben sich des Staudamms bemächtigt.",
            "Die Händler haben sich des Marktes bemächtigt.",
        ),
        (
            "overrun",
            "Die Stadt ist der Zentralregierung entglitten.",
            "Die Preise sind dem Handel entglitten.",
        ),
        (
            "open_base",
            "Die Armee hat in Kirkuk ein Koordinierungszentrum eröffnet.",
            "Das Ministerium hat in Basra ein Koordinierungszentrum für Impfungen eröffnet.",
        ),
        (
            "disband",
            "Die Kämpfer haben ihre Kalaschnikows niedergelegt.",
            "Der Sportschütze legte sein Gewehr ab.",
        ),
        (
            "protest",
            "Absolventen haben auf Transparenten Arbeitsplätze verlangt.",
            "Pilger haben im Schrein Banner hochgehalten.",
        ),
        (
            "protest",
            "Dutzende Lehrer versammelten sich vor dem Ministerium.",
            "Tausende Pilger versammelten sich vor dem Schrein.",
        ),
        (
            "dispersal",
            "Die Demonstranten wurden an der Weiterfahrt, am Passieren gehindert.",
            "Lastwagen wurden am Kontrollpunkt aufgehalten.",
        ),
        (
            "riot",
            "Anhänger der Miliz haben die Räume des Senders verwüstet.",
            "Der Sturm hat die Räume des Senders verwüstet.",
        ),
        (
            "clash",
            "Ein Streit zweier Stämme ist in eine Schießerei ausgeartet.",
            "Der Streit um die Gehälter ist in einen Machtkampf umgeschlagen.",
        ),
        (
            "power_line",
            "An zwei Masten zündeten sie Sprengsätze.",
            "Am Mast vor dem Parlament weht die Flagge.",
        ),
        (
            "suicide",
            "Ein Attentäter mit einer Sprengstoffweste lief auf die Soldaten zu.",
            "Das Museum zeigt einen Mann mit Sprengstoffweste.",
        ),
        (
            "stabbing",
            "Unbekannte stachen den Aktivisten nieder.",
            "Der Koch stach den Teig aus.",
        ),
        (
            "arrest",
            "Der Gesuchte ist in die Fänge des Geheimdienstes geraten.",
            "Nach Jahren lief er in die Arme seiner Mutter.",
        ),
        ("arrest", "Die Polizei fasste einen Terroristen.", "Der Minister fasst die Ergebnisse zusammen."),
        ("arrest", "Die Ermittler legten der Bande das Handwerk.", "Niemand fasst das heiße Eisen an."),
        (
            "arms_cache",
            "In einer Erdhöhle lagerten 37 Mörsergranaten.",
            "Im Keller des Museums lagerten Schriftrollen.",
        ),
        (
            "off_duty",
            "Der Oberst wurde in seinem Auto erschossen.",
            "Die Patrouille saß in ihrem Wagen.",
        ),
        (
            "claim",
            "Eine proiranische Gruppe bezichtigte sich der Tat.",
            "Er bezichtigte die Regierung der Lüge.",
        ),
        (
            "restoration",
            "Handwerker haben das Minarett wieder aufgemauert.",
            "Der IS hat das Minarett gesprengt.",
        ),
        (
            "no_deed",
            "Drei Verurteilte starben am Galgen.",
            "Eine Menge hat ihn gelyncht; er wurde gehängt.",
        ),
        ("advance", "Die Armee umzingelte die Stadt.", "Auf Motorrädern kamen Männer, die sie umzingelten."),
        ("assassination", "Unbekannte haben den Richter ermordet.", "Dort ermordete der IS 1700 Rekruten."),
    ],
)
def test_the_words_of_many_newsrooms_are_read_and_their_doubles_are_not(
    analyser: Analyser, concept: str, read_so: str, not_so: str
) -> None:
    assert concept in concepts_understood(analyser, "de", read_so)
    assert concept not in concepts_understood(analyser, "de", not_so)


@pytest.mark.parametrize(
    ("concept", "read_so", "not_so"),
    [
        (
            "shooting",
            "Schmuggler eröffnen bei Rabia das Feuer auf Grenzer.",
            "Der Redner eröffnete das Fest auf dem Platz.",
        ),
        (
            "shooting",
            "Der Schütze leerte das Magazin seiner Pistole.",
            "Das Magazin erscheint monatlich mit leeren Seiten.",
        ),
        ("stabbing", "Ein Mann stach auf den Prediger ein.", "Die Fähre stach von Basra aus in See."),
        (
            "rocket_attack",
            "Der Stützpunkt wurde mit Raketen eingedeckt.",
            "Familien haben sich mit Vorräten eingedeckt.",
        ),
        (
            "shelling",
            "Der IS verschießt Werfergranaten auf die Linie bei Kifri.",
            "Der Stürmer verschießt den Elfmeter.",
        ),
        (
            "suicide",
            "Ein IS-Mann drückte in Kirkuk auf den Knopf.",
            "Der Minister drückte auf den Knopf und weihte das Werk ein.",
        ),
        (
            "defuse",
            "Ein Leibwächter bemerkt eine Magnetbombe am Wagen.",
            "Ein Leibwächter bemerkt einen Kratzer am Wagen.",
        ),
        (
            "overrun",
            "Ein Clan reißt das Wasserwerk an sich.",
            "Der Konzern reißt das Geschäft an sich.",
        ),
        (
            "retake",
            "Soldaten warfen den IS aus seinen Verstecken im Gebirge.",
            "Kinder warfen Steine aus ihren Verstecken.",
        ),
        (
            "lynching",
            "Angehörige gehen im Krankenhaus auf Ärzte los.",
            "Angehörige warten im Krankenhaus auf Ärzte.",
        ),
        (
            "protest",
            "Arbeitslose zogen am Montag vor das Ölministerium.",
            "Arbeitslose zogen am Montag in neue Wohnungen.",
        ),
        ("arson", "Männer zündeten das Amtsgebäude an.", "Der Brand legte den Verkehr lahm."),
        (
            "wounded",
            "Er liegt mit Stichen in der Klinik.",
            "Sie arbeitet mit Freude in der Klinik.",
        ),
        ("killed", "Der Mann hinterlässt vier Kinder.", "Der Sturm hinterlässt Schäden."),
        ("background", "Rebellen hatten im Mai Rutba genommen.", "Rebellen hätten im Mai Rutba genommen."),
        (
            "riot",
            "Jugendliche setzten das Büro in Brand.",
            "Granaten setzten das Büro in Brand.",
        ),
        (
            "massacre",
            "Eine Familie wurde im Schlaf ausgelöscht.",
            "Die Lichter wurden im Schlafsaal ausgelöscht.",
        ),
        ("clash", "Beide Lager griffen zu den Waffen.", "Ärzte kämpfen um sein Leben."),
    ],
)
def test_what_short_reports_say_in_few_words_is_read_and_its_doubles_are_not(
    analyser: Analyser, concept: str, read_so: str, not_so: str
) -> None:
    assert concept in concepts_understood(analyser, "de", read_so)
    assert concept not in concepts_understood(analyser, "de", not_so)
