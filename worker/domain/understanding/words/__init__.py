"""Words to meanings: the lexicon, the phrase notation, and the search for its phrases in a text."""
