"""The widgets of the course: one anywidget class each."""

from grulab.widgets.conventionswitch import ConventionSwitch
from grulab.widgets.gatelab import GateLab
from grulab.widgets.gatetimeline import GateTimeline
from grulab.widgets.parametercounter import ParameterCounter
from grulab.widgets.reviewgates import ReviewGates
from grulab.widgets.trainingground import TrainingGround

__all__ = ["ConventionSwitch", "GateLab", "GateTimeline", "ParameterCounter", "ReviewGates", "TrainingGround"]
