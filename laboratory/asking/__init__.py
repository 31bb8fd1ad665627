"""Measuring the understanding of questions."""
