"""The verbs of answering, one file each, in the order of pipeline.py."""
