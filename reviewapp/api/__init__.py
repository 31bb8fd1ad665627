"""REST for other systems, version 1: resources on the rooms' actions and rules."""
