"""Notices: what concerns a person is told to that person, on the pages and, where it is wanted, by e-mail."""
