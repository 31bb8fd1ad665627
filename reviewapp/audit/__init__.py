"""The list of events that admins read."""
