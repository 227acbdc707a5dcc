"""The demonstration: sample feeds of our own writing, served on loopback, dated relative to now."""
