"""Passages of a document: found for a question, quoted in whole sentences."""
