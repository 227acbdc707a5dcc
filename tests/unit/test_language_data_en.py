"""English words that mean something else more often: read in the phrase that is meant, and in no other."""

from __future__ import annotations

import pytest

from tests.support.reports import concepts_read


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("open_base", "Gunmen opened fire on an army post south of Kirkuk"),
        ("open_base", "Militants set fire to brigade headquarters in Diyala"),
        ("open_base", "The UN set up camps for displaced families near Khazir"),
        ("seize_arms", "The attack came on Sunday when five rockets fell near the airport"),
        ("seize_arms", "Inspectors never found any weapons at the site, the ministry said"),
        ("seize_arms", "Insurgents seized rifles and ammunition from the soldiers"),
        ("abduction", "Two gunmen pulled up in a white car and opened fire"),
        ("abduction", "Thousands of families were forced out of their homes by the fighting"),
        ("abduction", "The bill's fate remains unclear after parliament adjourned"),
        ("abduction", "Robbers made off with the guards' weapons"),
        ("arrest", "Prisons in the northeast hold 10,000 militants"),
        ("arrest", "He had left a bag suspected of containing explosives"),
        ("hit", "A thud outside the hotel woke the guests"),
        ("hit", "The province was plunged into darkness"),
        ("hit", "The impact of drone strikes on villagers was studied"),
        ("airstrike", "A suicide bomber in the market dropped his bag of bombs"),
        ("airstrike", "Fighters destroyed two headquarters and three tunnels south of Mosul"),
        ("shelling", "Shell came into the project as a partner"),
        ("clash", "The ministry is locked in a legal fight with the contractor"),
        ("clash", "The UN called for an end to the fighting"),
        ("explosion", "A bomb disposal man heard a burst of laughter"),
        ("overrun", "Mourners raised black flags over the shrine for Muharram"),
        ("overrun", "Weapons fell into the hands of extremists"),
        ("retake", "The battle to oust Islamic State from Mosul enters its third month"),
        ("retake", "Residents said the flag flew over the square"),
        ("withdraw", "Rescuers pulled two men from the rubble"),
        ("disband", "The coalition paused its operations against Islamic State"),
        ("disband", "The premier announced the formation of a committee to look into the attack"),
        ("hand_over", "Voting took place without any incident"),
        ("truce", "The UN called for an end to the fighting"),
        ("truce", "Russia and Ukraine exchanged prisoners"),
        ("looting", "Thousands marched against the desecration of the Quran in Stockholm"),
        ("looting", "The water level fell, leaving villages without supply"),
        ("sexual_violence", "The airspace was violated by two jets"),
        ("dispersal", "Riot squads were deployed around the square"),
        ("riot", "Protesters were attacked by security forces"),
        ("lynching", "Residents said militants burned their houses"),
        ("lynching", "Residents said the group stoned a woman to death"),
        ("dispersal", "Two officers were arrested for killing protesters"),
        ("none_wounded", "The governor escaped unhurt but two of his guards were killed"),
        ("killed", "They beat him and left him for dead"),
        ("warning", "It was not clear if anyone was hit"),
        ("warning", "Aid should be sent at once"),
        ("plan", "The drones used to attack the base were home-made"),
        ("nothing_happened", "Video shows gunmen who shot at two men"),
        ("no_protest", "The crackdown left five people dead in protests"),
        ("sport", "The speaker took an early lead in the count"),
        ("accident", "A rocket struck the fuel tank, causing an explosion"),
        ("likened", "In provinces like Diyala two soldiers were killed"),
        ("likened", "The violence was worse in Baghdad"),
        ("own_word", "Police said it was a suicide bombing"),
        ("may", "They were taken from the camp against their will"),
        ("off_duty", "A former attorney general was killed"),
    ],
)
def test_the_everyday_meaning_is_not_taken_for_the_deed(concept, text):
    assert concept not in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("open_base", "Turkish troops set up two outposts on the ridge"),
        ("open_base", "The army opened a new military base near Rutba"),
        ("seize_arms", "A patrol came across 14 mortars in an orchard"),
        ("seize_arms", "Police found weapons in a house"),
        ("abduction", "Gunmen pushed the engineer into a waiting car"),
        ("abduction", "He was seized from his home by armed men"),
        ("abduction", "Her brother was taken by masked men"),
        ("arrest", "Security forces take four men into custody"),
        ("drone_attack", "A drone plunged into the roof of the terminal"),
        ("shelling", "Two shells thudded into the yard"),
        ("drone_attack", "A drone with explosives plunged into the hangar"),
        ("airstrike", "An F-16 dropped its load on the factory"),
        ("shelling", "The posts have come under mortar fire"),
        ("explosion", "Three policemen were torn to pieces by a roadside bomb"),
        ("overrun", "The town has fallen into the hands of Islamic State"),
        ("overrun", "Militants of the group swept into the town"),
        ("retake", "Troops ousted Islamic State from the old quarter"),
        ("retake", "The army was able to expel IS militants from the city"),
        ("withdraw", "Peshmerga fighters pulled back from the crossing"),
        ("disband", "The militia suspended its military operations"),
        ("disband", "The group dissolved itself"),
        ("truce", "The two clans agreed to end the dispute"),
        ("arrest", "Two officers were arrested for killing protesters"),
        ("arson", "Residents said the group burned their houses"),
        ("kill", "Residents said the group stoned a woman to death"),
        ("dispersal", "Protesters were attacked by security forces"),
        ("lynching", "Relatives of the dead set upon a suspect in the market"),
        ("riot", "Youths burned tyres on the road"),
        ("riot", "The demonstration turned violent"),
        ("protest", "Graduates marched to the ministry"),
        ("looting", "Gunmen emptied the shops"),
        ("none_killed", "The blast claimed no lives"),
        ("none_hurt", "The attack didn't result in any casualties"),
        ("foil", "Two rockets didn't explode"),
        ("accident", "Gas lorry, not bomb, behind blast"),
        ("toll_background", "Since the protests began, 300 people have died"),
        ("charges", "Three men facing charges of murder"),
    ],
)
def test_the_phrase_that_is_meant_is_read(concept, text):
    assert concept in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("attack", "The bloc was narrowly beaten by its rival in Kirkuk"),
        ("attack", "Police kicked off a campaign against speeding"),
        ("stabbing", "It is a cut-throat competition among the parties"),
        ("abduction", "Aid workers said civilians in areas held by ISIS need food"),
        ("abduction", "The plane took off with 30 soldiers aboard"),
        ("abduction", "Thieves stole rifles and made off with them"),
        ("seize_arms", "The ministry received sacks of nitrate for farmers"),
        ("foil", "The bomber stopped his car and blew it up"),
        ("protest", "He sat down with ministers at the ministry"),
        ("protest", "Residents living close to the oil field complain of smoke"),
        ("riot", "Protesters burned an Israeli flag in Baghdad"),
        ("dispersal", "Squatters were forcibly evicted in Mosul"),
        ("retake", "Oil exports are back under federal control"),
        ("retake", "Police seized weapons last week in the district"),
        ("overrun", "Since the fall of Mosul to Islamic State, many have fled"),
        ("arson", "The fire burned 50 dunams in Diyala"),
        ("deploy", "The troops deployed in Iraq number 2,500"),
        ("disband", "Parliament dissolves itself"),
        ("hand_over", "They returned 150 families from al-Hol camp to Iraq"),
        ("homes", "He drove home after work"),
        ("none_hurt", "They demanded protection until all workers are safe"),
        ("denial", "Two officers were dismissed from their posts"),
        ("denial", "A video shows a 12-year-old boy"),
        ("nothing_happened", "They went on as if nothing had happened"),
        ("nothing_happened", "The blast heard on Friday was near a training camp"),
        ("planned_blast", "A boy was killed by the detonation of war remnants"),
    ],
)
def test_a_narrowed_phrase_leaves_innocent_sentences_alone(concept, text):
    assert concept not in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("attack", "A journalist was severely beaten in Basra"),
        ("attack", "He was beaten by masked men near his house"),
        ("bombing", "A bomb brought down three pylons in Diyala"),
        ("shooting", "They overtook the car, spraying it with bullets"),
        ("abduction", "Militants captured several policemen near Hawija"),
        ("abduction", "Gunmen marched the shepherds off into the desert"),
        ("seize_arms", "Police found ten barrels of explosives in a house"),
        ("protest", "Graduates close the gate of the refinery"),
        ("protest", "Residents stopped tankers from leaving the field"),
        ("dispersal", "Police drove protesters back from the bridge"),
        ("retake", "The capture of Rawa by Iraqi forces came at dawn"),
        ("retake", "Forces took the group's last stronghold"),
        ("overrun", "The fall of Rutba to Islamic State came at dawn"),
        ("arson", "Islamic State members torched wheat fields"),
        ("disband", "The militia agreed to suspend attacks on bases"),
        ("hand_over", "The coalition turned the compound over to the army"),
        ("homes", "Gunmen killed him at home"),
        ("denial", "The footage is three years old"),
        ("nothing_happened", "The smoke was not the result of an attack"),
        ("nothing_happened", "A generator exploded in the yard"),
    ],
)
def test_a_narrowed_phrase_still_reads_what_it_is_for(concept, text):
    assert concept in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("nothing_happened", "The explosion was caused by a truck packed with explosives"),
        ("nothing_happened", "Parliament has passed no such law, there was no such option"),
        ("nothing_happened", "Nothing has hit Iraqis harder than the drought"),
        ("denial", "He dismissed the police chief after reports of torture"),
        ("denial", "The girl in the video is nine years old"),
        ("denial", "The report said the force is made up of 300 men"),
        ("retake", "An offensive to drive Islamic State out of Mosul is planned"),
        ("retake", "The village has been cleared of Isis mines"),
        ("overrun", "The army recaptured the town from Isis and raised the Iraqi flag"),
        ("arrest", "He was seized by kidnappers on his way home"),
        ("arrest", "The army patrol was caught in an ambush"),
        ("arrest", "The noose tightened around militants in Fallujah"),
        ("open_base", "Gunmen opened fire on the militia's headquarters"),
        ("disband", "PKK positions close to the camps were shelled"),
        ("disband", "12,000 men will join the army this year"),
        ("protest", "Two soldiers were killed in March in Kirkuk"),
        ("protest", "The blast was close to the gate of the refinery"),
        ("riot", "Gunmen attacked a police station building in Baiji"),
        ("gunmen", "The bodies of three unidentified men were found in Dora"),
        ("strangers", "A drone strike killed two men on a motorcycle"),
        ("tribesmen", "Six members of the same family were killed"),
        ("killed", "The group dispatched 300 gunmen to Syria"),
        ("killed", "The peace plan was dead on arrival"),
        ("wounded", "Two million people suffer daily power cuts"),
        ("wounded", "Baghdadi lost his right-hand man"),
        ("none_hurt", "No attack has claimed more victims"),
        ("none_hurt", "The announcement left no one in doubt"),
        ("drill", "Troops came within artillery range of Mosul"),
        ("take_ground", "The minister said the situation was under full control"),
        ("drone", "Warplanes bombed a drone workshop south of Baghdad"),
        ("oil_facility", "People were told not to go beyond the pumping station"),
        ("assassination", "Agents executed warrants against two of the accused"),
    ],
)
def test_a_likeness_in_words_is_no_deed_no_toll_and_no_sign(concept, text):
    assert concept not in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("nothing_happened", "The bang was caused by a burst lorry tyre"),
        ("denial", "There is not a grain of truth in the report"),
        ("artwork", "The squad won the LAN final after planting the bomb"),
        ("artwork", "In the app players lead a convoy through Mosul"),
        ("drill", "Troops rehearsed the storming of a parked airliner"),
        ("arrest", "Two men were held when agents executed this morning warrants issued by a judge"),
        ("arrest", "The kidnappers were caught in Basra"),
        ("protest", "Graduates gathered outside the ministry building demanding jobs"),
        ("protest", "Teachers began an open-ended strike"),
        ("none_killed", "There was no loss of life"),
        ("overrun", "The town was lost to fighters of Islamic State"),
        ("hand_over", "The Kurdish flag came down from the municipality"),
        ("arson", "They set the car alight"),
        ("trial", "Anger over the court ruling grew"),
    ],
)
def test_the_words_that_tell_it_are_read(concept, text):
    assert concept in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("killed", "Two of the sons had their throats slit in Kirkuk"),
        ("killed", "The column lost three of its men on the Rutba road"),
        ("killed", "Doctors said a guard was dead before help came"),
        ("kill", "A Hashd man was martyred on duty at the post"),
        ("wounded", "A nephew was winged in the shoulder"),
        ("wounded", "The blast put shrapnel into six customers"),
        ("wounded", "Two doctors were left bleeding by the crowd"),
        ("none_hurt", "The hospitals reported taking in no one"),
        ("none_hurt", "The salvo drew no blood"),
        ("none_killed", "The rockets cost no lives"),
        ("shooting", "The guard was hit by a marksman across the canal"),
        ("stabbing", "A man lunged at the imam with a kitchen blade"),
        ("repel", "Guards at the post saw off the attackers"),
        ("defuse", "The wheat fields yield 45 IEDs"),
        ("retake", "The division expelled the clansmen from the oil site"),
        ("overrun", "PKK seizes Peshmerga peak in the mountains"),
        ("hand_over", "The brigade relinquished the town and its checkpoints"),
        ("open_base", "A joint operations room opens in the town"),
        ("lynching", "Relatives run amok in the hospital"),
        ("dispersal", "Marchers herded off the bridge by officers"),
        ("riot", "The rally turns ugly outside the council"),
        ("fire_on_crowd", "Live rounds fired into the march"),
        ("abduction", "Daesh grabbed three woodcutters in the hills"),
        ("arrest", "Swoop nets five in the old town"),
        ("protest", "Tents went up outside the ministry"),
    ],
)
def test_less_usual_wordings_of_a_brief_are_read(concept: str, text: str) -> None:
    assert concept in concepts_read("en", text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("killed", "The striker fell to his knees and the referee waved play on"),
        ("killed", "Profits were wiped out by the fall of the dinar"),
        ("killed", "The unit lost four members to the virus"),
        ("wounded", "A boy broke his arm in the playground"),
        ("attack", "The reporter was beaten to the story by a rival"),
        ("attack", "They set about the work at dawn"),
        ("protest", "Crowds gathered in the square to watch the eclipse"),
        ("protest", "Pilgrims streamed into Karbala through the streets"),
        ("truce", "The two oil firms struck a deal on the field"),
        ("abduction", "The child was lifted into the car by his father"),
        ("arrest", "The factory was locked up for years"),
        ("explosion", "The package went up in price"),
        ("open_base", "The new barracks museum opened to visitors"),
        ("dispersal", "Police cleared the square of snow"),
        ("looting", "The company will police the strip between the lines"),
    ],
)
def test_everyday_sentences_are_no_deeds(concept: str, text: str) -> None:
    assert concept not in concepts_read("en", text)
