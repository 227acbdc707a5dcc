"""When it happened: date words, days and spans, and which of a sentence's days is the deed's."""
