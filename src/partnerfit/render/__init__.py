"""Results -> what a person or a program reads. Nothing here prints or opens a file."""
