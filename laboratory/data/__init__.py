"""Training data: facts of labelled contracts, wordings, swaps, batches."""
