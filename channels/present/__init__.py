"""Values of the rooms below as people and programs read them; the same views serve web, JSON and command line."""
