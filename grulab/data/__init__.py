"""The data of the course: memory tasks and reviews. Nothing here imports TensorFlow before it needs it."""
