"""Relevance, kind and terms: the models' features, what settles a text whatever they weigh, and the reasons."""
