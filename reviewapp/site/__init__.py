"""The site as a whole: settings, addresses, processes and their checks."""
