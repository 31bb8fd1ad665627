"""Clio Manage: documents come from a matter there, answers go back as notes, where an admin wants so."""
