"""A sentence's deeds as frames: what happened, of what kind, and what makes it no fresh event."""
