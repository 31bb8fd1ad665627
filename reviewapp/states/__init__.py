"""States: what is consolidated of each document."""
