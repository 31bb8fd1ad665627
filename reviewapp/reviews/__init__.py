"""Review: what people decide about cells, what they note, how documents are coded, how right answers are."""
