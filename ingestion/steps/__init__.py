"""One verb per file: sniff, split, locate."""
