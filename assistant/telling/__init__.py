"""Sentences from data: each function tells one part of an answer, every sentence with the clauses behind it."""
