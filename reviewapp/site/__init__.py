"""Settings, addresses, processes, start-up checks: knows all rooms, is known by none."""
