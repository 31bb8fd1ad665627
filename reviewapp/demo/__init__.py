"""The demo matter: a dozen real contracts, an admin and a reviewer."""
