"""Matters that are deleted with all that they hold."""
