"""Pages of documents as people read and search them."""
