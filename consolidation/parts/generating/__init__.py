"""A causal model that reads passages and judges answers in words, in place of the shipped reader and judge."""
