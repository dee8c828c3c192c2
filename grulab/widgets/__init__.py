"""The widgets of the course: one anywidget class each."""
