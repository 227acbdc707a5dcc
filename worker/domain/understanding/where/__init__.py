"""Where it happened: which of the places that a sentence names, how it is related to the deed, and whether it lies in Iraq."""
