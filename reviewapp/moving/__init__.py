"""Whole matters out and in: an open archive of all that a matter holds, and new matters made of such archives."""
