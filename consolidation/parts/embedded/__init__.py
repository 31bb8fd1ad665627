"""The embedded memory: a hybrid of attention and a gated delta recurrence."""
