"""The editorial room: drafts, reviews and publications of guides, by two people, kept with who, when and what."""
