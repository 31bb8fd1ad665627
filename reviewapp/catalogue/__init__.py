"""The list of a matter's documents, and what is done with one: another name, a new version, out of the matter."""
