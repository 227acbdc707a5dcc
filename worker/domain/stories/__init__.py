"""Stories: which reports are about one event, and what that event is believed to be."""
