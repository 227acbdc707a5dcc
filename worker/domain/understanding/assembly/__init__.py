"""Frames put together as events: what the sentences of a text say about one deed, headline against text, further deeds, round-ups."""
