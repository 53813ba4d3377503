"""The pictures by Plotly with Kaleido, which draws them in a browser that it keeps open."""

import kaleido
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from bench.peers.talk import Report, serve, state_order

FONT = {"size": 30}


def _add_weeks(figure: go.Figure, points: list[Report], row: int) -> None:
    starts = [one["start"] for one in points]
    low = [(one["interval"] or {}).get("low") for one in points]
    high = [(one["interval"] or {}).get("high") for one in points]
    own = [one["accuracy"] for one in points]
    mates = [one["class_accuracy"] for one in points]
    none = {"width": 0}
    figure.add_trace(go.Scatter(x=starts, y=low, line=none), row=row, col=1)
    figure.add_trace(go.Scatter(x=starts, y=high, line=none, fill="tonexty"), row=row, col=1)
    figure.add_trace(go.Scatter(x=starts, y=own, mode="lines+markers"), row=row, col=1)
    figure.add_trace(go.Scatter(x=starts, y=mates, line={"dash": "dash"}), row=row, col=1)
    figure.update_yaxes(range=[0, 1], row=row, col=1)


def _png(figure: go.Figure, height: int) -> bytes:
    figure.update_layout(width=1200, height=height, font=FONT, showlegend=False)
    options = {"format": "png", "width": 1200, "height": height}
    png: bytes = kaleido.calc_fig_sync(figure.to_dict(), opts=options)
    return png


def student(report: Report) -> bytes:
    """Accuracy, questions and six skills of a student."""
    titles = ("Accuracy by week", "Questions by week", "Skills that matter most")
    figure = make_subplots(rows=3, cols=1, row_heights=[340, 260, 670], subplot_titles=titles)
    weeks, skills = report["progress"], report["skills"][:6]
    _add_weeks(figure, weeks, 1)
    asked = [one["questions"] for one in weeks]
    figure.add_trace(go.Bar(x=[one["start"] for one in weeks], y=asked, text=asked), row=2, col=1)
    shares = [one["accuracy"] or 0 for one in skills]
    words = [f"{100 * (one['accuracy'] or 0):.0f} % {one['mastery']}" for one in skills]
    names = [one["skill"] for one in skills]
    bars = go.Bar(x=shares, y=names, text=words, orientation="h")
    figure.add_trace(bars, row=3, col=1)
    return _png(figure, 1700)


def whole_class(report: Report) -> bytes:
    """Students x skills, the spread, and the weeks of a class."""
    heat = report["heatmap"]
    codes = [[state_order().index(one) for one in row[:12]] for row in heat["labels"]]
    figure = make_subplots(rows=3, cols=1, row_heights=[1680, 380, 380])
    grid = go.Heatmap(z=codes, x=heat["skills"][:12], y=heat["students"], colorscale="Viridis")
    figure.add_trace(grid, row=1, col=1)
    tens = [str(10 * n) for n in range(10)]
    spread = report["distribution"]
    figure.add_trace(go.Bar(x=tens, y=spread, text=spread), row=2, col=1)
    _add_weeks(figure, report["trends"], 3)
    return _png(figure, 2800)


if __name__ == "__main__":
    kaleido.start_sync_server()
    serve({"student": student, "class": whole_class})
    kaleido.stop_sync_server()
