"""Reads files - guides, laws and uploads alike - and keeps the sources and the index."""
