"""Batches, their items and dispositions: files on their way in."""
