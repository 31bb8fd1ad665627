"""Frame, words and signing in: what the pages of all apps share."""
