"""A guide as sheets of plain cells, for a workbook or a document that people edit, and back again."""
