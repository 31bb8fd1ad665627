"""Mail: messages, what is attached to them, and collections of them."""
