"""Which documents belong together: the same text, nearly the same text, messages of one thread."""
