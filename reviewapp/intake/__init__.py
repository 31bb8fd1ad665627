"""Batches and what became of each file."""
