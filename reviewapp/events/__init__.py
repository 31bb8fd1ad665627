"""What happened: every change is written down once, for the audit list, for pages and for other systems."""
