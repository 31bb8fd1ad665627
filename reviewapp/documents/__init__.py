"""Batches of files and the documents, pages and text made of them."""
