"""Reading the person's own words: numbers, dates, people, places and phrases, each with the exact words it stood in."""
