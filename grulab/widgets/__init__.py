"""The widgets of the course: one anywidget class each."""

from grulab.widgets.conventionswitch import ConventionSwitch
from grulab.widgets.forecastplayer import ForecastPlayer
from grulab.widgets.gatelab import GateLab
from grulab.widgets.gatetimeline import GateTimeline
from grulab.widgets.gradienthighway import GradientHighway
from grulab.widgets.paddinglab import PaddingLab
from grulab.widgets.parametercounter import ParameterCounter
from grulab.widgets.player import Player
from grulab.widgets.resetorder import ResetOrder
from grulab.widgets.reviewgates import ReviewGates
from grulab.widgets.trainingground import TrainingGround
from grulab.widgets.varianttable import VariantTable
from grulab.widgets.writer import Writer

__all__ = [
    "ConventionSwitch",
    "ForecastPlayer",
    "GateLab",
    "GateTimeline",
    "GradientHighway",
    "PaddingLab",
    "ParameterCounter",
    "Player",
    "ResetOrder",
    "ReviewGates",
    "TrainingGround",
    "VariantTable",
    "Writer",
]
