"""Template tags of grids."""
