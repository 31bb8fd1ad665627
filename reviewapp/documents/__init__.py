"""Documents, their pages, their stored bytes, full-text search."""
