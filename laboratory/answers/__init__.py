"""Answers to questions as people ask them: collected through the product's own path, measured, and fitted on."""
