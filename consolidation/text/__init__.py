"""Text as it is read: windows, sentences, values."""
