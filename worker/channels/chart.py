"""Pictures for digests: bars against what is usual, and a small map. Matplotlib without a display."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from worker.domain.alerting.digest import DigestData
from worker.domain.model import Severity

COLOURS = {
    Severity.CRITICAL: "#b3001b",
    Severity.HIGH: "#e07b1f",
    Severity.MODERATE: "#c9a400",
    Severity.LOW: "#4a7fb5",
}
BARS = 8
WEST, EAST, SOUTH, NORTH = 38.4, 49.0, 28.8, 37.6


def pictures(data: DigestData, outline: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Draw both; `outline` holds lines of (latitude, longitude) with their kind."""
    made = [_picture(_bars(data), "Incidents by governorate and type against the mean of 90 days")]
    if any(story.event and story.event.lat is not None for _, story in data.told):
        made.append(_picture(_map(data, outline), "Map of the incidents, coloured by severity"))
    return made


def _picture(figure: Any, alt: str) -> dict[str, str]:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    return {"png": buffer.getvalue().hex(), "alt": alt}


def _figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second that only digests pay

    return Figure(figsize=(width, height), layout="constrained")


def _bars(data: DigestData) -> Any:
    figure = _figure(5.6, 5.2)
    titles = (("governorate", "By governorate"), ("sub_event_type", "By type"))
    for axes, (field, title) in zip(figure.subplots(2, 1), titles, strict=True):
        rows = data.counted(field)[:BARS][::-1]
        names = [name for name, _, _ in rows]
        axes.barh(names, [now for _, now, _ in rows], color="#c2500a", height=0.6, label="now")
        axes.plot(
            [usual for _, _, usual in rows], range(len(rows)), "|", color="#1c1c1c", ms=13, mew=2,
            label="usual (90 days)",
        )  # fmt: skip
        axes.set_title(title, loc="left", fontsize=10, fontweight="bold")
        axes.tick_params(labelsize=8, length=0)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.legend(fontsize=7, frameon=False, loc="lower right")
    return figure


def _map(data: DigestData, outline: Sequence[Mapping[str, Any]]) -> Any:
    figure = _figure(5.0, 4.6)
    axes = figure.subplots()
    styles = {"iraq": ("#55554f", 1.3), "border": ("#c9c9c2", 0.8), "coast": ("#9db7cc", 0.9)}
    for line in outline:
        colour, width = styles[line["kind"]]
        axes.plot([p[1] for p in line["points"]], [p[0] for p in line["points"]], color=colour, lw=width)
    for alert, story in sorted(data.told, key=lambda pair: pair[0].severity.rank):
        event = story.event
        if event is None or event.lat is None or event.lon is None:
            continue
        size = 30 + 12 * min(event.killed or 0, 20)
        hollow = event.geo_precision == 3
        colour = COLOURS[alert.severity]
        axes.scatter(
            [event.lon], [event.lat], s=size, facecolor="none" if hollow else colour, edgecolor=colour,
            alpha=0.8, linewidths=1.2, zorder=3,
        )  # fmt: skip
    axes.set(xlim=(WEST, EAST), ylim=(SOUTH, NORTH), aspect=1.19, xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.set_title("Where (size: killed; hollow: governorate only)", loc="left", fontsize=9)
    return figure
