"""The memory lab: ways to keep a matter's documents, side by side, by questions whose answers are known."""
