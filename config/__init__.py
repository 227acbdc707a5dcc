"""Settings from the environment and the data files that hold the words, places and actors."""
