"""Does the index find the passage that answers? On public questions and on the library's own."""
