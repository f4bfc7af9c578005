"""Answers a question in the person's own words, every sentence with its source."""
