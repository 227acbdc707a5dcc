"""The lexicon's pages hold every concept, party and place of the files, and no phrase breaks their tables."""

import html
import re

import pytest

from config.catalogue import load_lexicon
from worker.services.lexicon_pages import GROUPS, pages

FILES = load_lexicon()
PAGES = pages(FILES)


def test_every_concept_stands_on_the_page_of_its_group():
    for concept in FILES.concepts.values():
        page = PAGES[f"lexicon/{'-'.join(GROUPS[concept['group']].lower().split())}.md"]
        assert f"\n## {concept['id']} {{#{concept['id']}}}\n" in page


def test_a_concept_shows_its_words_in_every_language_with_their_conditions():
    section = PAGES["lexicon/acts.md"].split("\n## strike ")[1].split("\n## ")[0]
    assert "Proposes the type Air/drone strike (rank 50)." in section
    assert "(not with sport, labour)" in section
    for code, language in FILES.languages.items():
        if said := language["concepts"].get("strike"):
            row = next(line for line in section.splitlines() if line.startswith(f"| {language['name']} |"))
            words = html.unescape(row)
            assert all(f"<bdi>{entry['say']}</bdi>" in words for entry in said), code


def test_every_party_and_place_has_its_entry():
    for identity in FILES.actors:
        assert f"{{#{identity}}}\n" in PAGES["lexicon/parties.md"]
    rows = "".join(text for path, text in PAGES.items() if "/places-" in path)
    assert set(re.findall(r'<span id="([^"]+)">', rows)) == set(FILES.places)


def test_a_point_that_is_not_the_places_own_says_so():
    page = PAGES["lexicon/places-basra.md"]
    row = next(line for line in page.splitlines() if '<span id="basra-governorate">' in line)
    assert "(its governorate)" in row


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_table_row_has_the_cells_of_its_head(path):
    width = 0
    for line in PAGES[path].splitlines():
        cells = line.count("|")
        assert not cells or line.startswith("|"), line
        width = cells and (width or cells)
        assert cells == width, line[:200]
