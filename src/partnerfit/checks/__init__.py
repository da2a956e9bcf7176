"""Rules for data files, each with a stable code, a title and a way to mend what breaks it."""
