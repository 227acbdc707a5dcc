"""Where the tests find and put things of the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / "build" / "cache"
"""The compiled lexicon: of all tests, and of the processes that they start."""
