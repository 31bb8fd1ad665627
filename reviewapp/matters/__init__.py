"""Matters and their members."""
