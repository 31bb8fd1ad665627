"""What speaks against a proposed answer."""
