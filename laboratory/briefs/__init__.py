"""Measuring the brief of a document."""
