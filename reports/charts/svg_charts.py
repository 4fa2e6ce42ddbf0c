"""The report's pictures as SVG, for paper and wherever a picture must stand alone.

A renderer places marks; what they say, their order and the roles of their colours come from the
chart data. One unit is one point when a wide picture is printed 170 mm wide.
"""

from reports.charts.chartdata import LadderSpec
from reports.charts.svg_ladder import ladder_rows, ladder_steps
from reports.charts.svg_map import map_svg
from reports.charts.svg_profile import profile_svg
from reports.palette import Palette

__all__ = ["ladder_svg", "map_svg", "profile_svg"]


def ladder_svg(spec: LadderSpec, palette: Palette) -> str:
    """Draw the ladder: steps from left to right, or rows where there is no room for them."""
    return ladder_steps(spec, palette) if spec.is_stepped else ladder_rows(spec, palette)
