"""Looks at a person's documents before the office does, against their own checklist."""
