"""What exercise 03 expects, and what its mistakes are called, for example and hidden checks alike."""
