"""A model that lies in every way we know of, behind a real address: nothing of it may reach a person."""
