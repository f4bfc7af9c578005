"""Whether the same question in other words gets the same materials, fee and days."""
