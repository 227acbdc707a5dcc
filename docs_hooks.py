"""Adds pages made from the data files to the documentation (`hooks` in mkdocs.yml)."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, Files

from config.catalogue import load_lexicon
from worker.services.lexicon_pages import pages


def on_files(files: Files, config: Any) -> Files:
    """Make the lexicon's pages."""
    for path, text in pages(load_lexicon()).items():
        files.append(File.generated(config, path, content=text))
    return files
