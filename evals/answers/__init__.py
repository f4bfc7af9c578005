"""Whether an answer is right, judged without a line of the assistant."""
