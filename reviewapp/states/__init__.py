"""States: what is consolidated of each document, and how far that is."""
