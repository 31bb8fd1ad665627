"""What is found in every document without being asked: clauses and hypotheses."""
