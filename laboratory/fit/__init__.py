"""Training of the parts."""
