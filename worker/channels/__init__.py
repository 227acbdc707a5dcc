"""Ways to reach people: one file a channel. Each renders `Message` its own way and says what happened."""
