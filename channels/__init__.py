"""The front doors: the only room that knows the web, the clock and the environment."""
