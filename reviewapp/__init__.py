"""Records, permissions and pages. Knows nothing of the engine."""
