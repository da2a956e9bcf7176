"""Results -> pages of blocks, one module for each kind of result."""
