"""What exercise 08 expects, and what its mistakes are called, for example and hidden checks alike."""
