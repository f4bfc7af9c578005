"""Whether what people say of themselves is understood, and nothing that they did not say."""
