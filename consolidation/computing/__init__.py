"""Answers that follow from two facts: a day so long after another, a share, a rate over a time, a sum of several."""
