"""Try the course where it is used: in Colab's set, with old and new packages, as on Binder."""
