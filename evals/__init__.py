"""Judges the other rooms through the same doors citizens use."""
