"""How many questions a person is asked, against the fewest that would do."""
