"""The command line as a front door: reads what was typed, prints what the rooms below say."""
