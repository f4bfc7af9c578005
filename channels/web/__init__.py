"""The citizen web: pages that work as plain forms, and a few modules that make them pleasanter."""
