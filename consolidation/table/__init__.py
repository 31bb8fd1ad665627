"""One model for many who ask: rows of many questions in one batch, the most urgent first."""
