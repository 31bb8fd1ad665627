"""A pretrained model of attention alone, made into a hybrid that sleeps, and compacted keys and values beside it."""
