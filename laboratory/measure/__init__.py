"""Measuring what the parts and the whole do on labelled contracts."""
