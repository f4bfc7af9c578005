"""The law of the house: what an office asks for, as data, and the one calculation that reads it."""
