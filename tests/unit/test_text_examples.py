"""The examples that docs/reading.md shows are what the code does."""

import re
from pathlib import Path

import pytest

from config.boilerplate import load_boilerplate
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.html import to_text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading.md"
EXAMPLES = re.findall(
    r"\*\*([^*\n]+)\*\*\n\n```html\n(.*?)\n```\n```text\n(.*?)\n```",
    PAGE.read_text(encoding="utf-8"),
    re.DOTALL,
)


def test_there_are_ten_of_them() -> None:
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize(("before", "after"), [pytest.param(b, a, id=name) for name, b, a in EXAMPLES])
def test_an_example_of_the_documentation_holds(before: str, after: str) -> None:
    assert to_text(before, Boilerplate(**load_boilerplate())) == after
