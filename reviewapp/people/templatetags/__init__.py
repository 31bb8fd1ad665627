"""Template tags of people's pages."""
