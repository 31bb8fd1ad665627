"""What is proposed for an answer: by readers, by rules, and by the words of the text."""
