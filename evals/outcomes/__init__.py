"""Whether an answer ends as it should: answered, asked back, kindly declined, or handed to a person."""
