"""The database engine: one SQLite file in the home folder, or whatever address the operator gives."""
