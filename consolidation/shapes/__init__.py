"""The form of an answer: its edges, the items of a list, a figure with its bound."""
