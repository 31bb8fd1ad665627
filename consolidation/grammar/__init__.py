"""What a sentence says by its words: who does what to whom, denied or not, and under what condition."""
