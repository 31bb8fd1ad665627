"""Briefs of documents: what each says of itself."""
