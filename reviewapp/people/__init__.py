"""People who sign in: their own profile and password; admins of the installation invite, reset and close accounts."""
