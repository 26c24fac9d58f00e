"""Pictures of figures: what plotly.js draws, and the geometry of what the server draws itself. One picture a module.

No picture claims that a difference is more than chance unless a test has said so. Colours come with a dash, a shape or
a word, and no picture is without its sentence.
"""

from indicators.charts.chart import Chart, Line, Table
from indicators.charts.sparkline import Spark, spark
from indicators.charts.strip import Dot, Spread, spread

__all__ = ["Chart", "Dot", "Line", "Spark", "Spread", "Table", "spark", "spread"]
