"""The widgets of the course: one anywidget class each."""

from grulab.widgets.gatelab import GateLab

__all__ = ["GateLab"]
