"""Word: the text as Word shows it, with its numbering, and all that stands beside the text."""
