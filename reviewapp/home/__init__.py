"""Front page of a matter."""
