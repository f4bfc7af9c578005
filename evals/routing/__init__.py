"""Which matter a question is about: the offered id or none."""
