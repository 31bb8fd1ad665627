"""What made the shipped weights, and measures them: not shipped itself."""
