"""One verb per file: admit, read, recognise, extract, check, report."""
