"""Answers that follow from two facts: a day so long after another, a share of a sum, a rate over a time."""
