"""The widgets of the course: one anywidget class each."""

from grulab.widgets.conventionswitch import ConventionSwitch
from grulab.widgets.forecastplayer import ForecastPlayer
from grulab.widgets.gatelab import GateLab
from grulab.widgets.gatetimeline import GateTimeline
from grulab.widgets.gradienthighway import GradientHighway
from grulab.widgets.paddinglab import PaddingLab
from grulab.widgets.parametercounter import ParameterCounter
from grulab.widgets.resetorder import ResetOrder
from grulab.widgets.reviewgates import ReviewGates
from grulab.widgets.trainingground import TrainingGround

__all__ = [
    "ConventionSwitch",
    "ForecastPlayer",
    "GateLab",
    "GateTimeline",
    "GradientHighway",
    "PaddingLab",
    "ParameterCounter",
    "ResetOrder",
    "ReviewGates",
    "TrainingGround",
]
