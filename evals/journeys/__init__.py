"""Whole conversations: what is said early still holds late, and what is corrected is corrected."""
