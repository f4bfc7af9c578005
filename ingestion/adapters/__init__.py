"""Where vendors are named: readers, the OCR engine, the archive, the index."""
