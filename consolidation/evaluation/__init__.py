"""How right answers are about labelled documents of your own."""
