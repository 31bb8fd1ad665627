"""The audit list: who did what in a matter, out of the events."""
