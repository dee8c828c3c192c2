"""What exercise 02 is compared with, and the cells with a mistake that give a name to an answer's."""
