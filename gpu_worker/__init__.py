"""Runs the engine: turns job ids into calls of the consolidation library."""
