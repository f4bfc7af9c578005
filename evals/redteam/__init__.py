"""Whether attacks get nothing, and harmless questions that look like attacks get an answer."""
