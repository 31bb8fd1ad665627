"""Questions, answers and the quotes that prove them."""
