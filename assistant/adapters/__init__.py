"""The assistant's bodies: rules, templates and SQL; vendors are named only here."""
