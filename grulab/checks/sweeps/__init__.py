"""What exercise 07 expects, and what its mistakes are called, for example and hidden checks alike."""
