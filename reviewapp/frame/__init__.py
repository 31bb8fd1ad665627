"""What pages share (access, words, icons, lists, live parts), who acts, and how an action refuses."""
