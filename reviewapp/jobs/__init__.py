"""Work for the workers: rows first, messages after."""
