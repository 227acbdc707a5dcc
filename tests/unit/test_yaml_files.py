"""Data files in YAML: read from the parser's events, they mean what the library says they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from config.catalogue import DATA
from config.yamlfile import CatalogueError, read_yaml

SHIPPED = sorted([*DATA.rglob("*.yaml"), *DATA.glob("*.json")])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_file_means_what_the_library_says(path: Path) -> None:
    assert read_yaml(path) == yaml.safe_load(path.read_bytes())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a remark\n",
        "a: no\nb: 'no'\nc: 12\nd: '12'\ne: ~\nf: 1:30\ng: 2020-08-18\nh: .5\n",
        "a: {b: [1, x, {c: d}], e: }\n",
        "a: &x [1, 2]\nb: *x\n",
        "base: &x {k: 1}\nmore: {<<: *x, l: 2}\n",
        "a: !!str 12\n",
        "a: |\n  two\n  lines\nb: >\n  one\n  line\n",
        "a: first\na: second\n",
        "? yes\n: is a key\n",
        "- - 1\n  - two\n- {}\n- []\n",
        "plain text",
    ],
)
def test_a_file_means_what_the_library_says(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_yaml(path) == yaml.safe_load(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b"a: [1, 2\nb: 3\n", "words.yaml:2"),
        (b"a: *missing\n", "words.yaml:1"),
        (b"a: 1\n---\nb: 2\n", "words.yaml:2"),
        (b"x: 1\n? [a, b]\n: 1\n", "words.yaml:2"),
        (b"a: !!python/object:os.system x\n", "words.yaml:1"),
        (b"a: \xff\xfe\n", "words.yaml"),
    ],
)
def test_a_broken_file_is_one_line_with_its_place(tmp_path: Path, text: bytes, where: str) -> None:
    path = tmp_path / "words.yaml"
    path.write_bytes(text)
    with pytest.raises(CatalogueError) as caught:
        read_yaml(path)
    assert caught.value.where == where
