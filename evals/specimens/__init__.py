"""Specimen papers drawn by the project: fictitious people, known values, photo-like damage."""
