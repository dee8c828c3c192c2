"""What the reader waits for, measured. One file a benchmark."""
