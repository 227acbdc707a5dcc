"""How many: numbers, which of them count people, the dead and the wounded, and which figure an event keeps."""
