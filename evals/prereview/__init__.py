"""Judges the pre-review: bundles of drawn papers, with and without a known fault, through the front door."""
