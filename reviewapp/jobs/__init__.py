"""The life of a job, the registry of kinds, the messages."""
