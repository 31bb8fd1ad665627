"""Saved states: their keys and files, the bank that keeps them, and the sleep that makes them."""
