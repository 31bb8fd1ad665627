"""What programs outside know of an installation: its address and a token."""
