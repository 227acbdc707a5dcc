"""What a text says: phrases to events, with reasons. `Analyser` in `analyser` is the only door."""
