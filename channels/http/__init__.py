"""The HTTP front door: the application, its JSON interface and its problems."""
