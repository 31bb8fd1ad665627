"""Matters, members and roles; its `policy` is the base of all rules."""
