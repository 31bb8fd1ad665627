"""Load files: documents with their fields and Bates numbers, from the programs of e-discovery and to them."""
