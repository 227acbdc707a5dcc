"""Who did it and who was hit: roles of the parties that sentences name, and the sides of a fight."""
