"""CASE 2's diagram drawn by matplotlib, and moved by a slider for w5 in the three usual ways."""

import io

import ipywidgets
import matplotlib.pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import bpviz

EX = bpviz.case2()
PLACES = {"i1": (0, 1), "i2": (0, 0), "h1": (1, 1), "h2": (1, 0), "o1": (2, 1), "o2": (2, 0)}
ENDS = ("i1h1", "i2h1", "i1h2", "i2h2", "h1o1", "h2o1", "h1o2", "h2o2")
EDGES = {f"w{k}": ends for k, ends in enumerate(ENDS, 1)}


class Diagram:
    """Artists made once and updated in place."""

    def __init__(self, figure):
        ax = figure.add_subplot()
        ax.set(xlim=(-0.4, 2.4), ylim=(-0.4, 1.4))
        ax.axis("off")
        self.title, self.lines, self.weights, self.outs = ax.set_title(""), {}, {}, {}
        for weight, ends in EDGES.items():
            (x1, y1), (x2, y2) = PLACES[ends[:2]], PLACES[ends[2:]]
            (self.lines[weight],) = ax.plot([x1, x2], [y1, y2], color="C0", zorder=0)
            self.weights[weight] = ax.text(x1 + 0.3 * (x2 - x1), y1 + 0.3 * (y2 - y1), "")
        for node, place in PLACES.items():
            ax.add_patch(plt.Circle(place, 0.18, facecolor="white", edgecolor="black"))
            self.outs[node] = ax.text(*place, "", ha="center", va="center")

    def show(self, w5):
        t = EX.run(w5=w5)
        self.title.set_text(f"E_total = {t['E_total']:.9f}")
        for weight, line in self.lines.items():
            line.set_linewidth(1 + 4 * abs(t[weight]))
            self.weights[weight].set_text(f"{weight} = {t[weight]:.2f}")
        for node, text in self.outs.items():
            text.set_text(f"{t[node if node[0] == 'i' else 'out_' + node]:.4f}")


def with_interact():
    """Draw a new inline figure for every value."""

    def draw(w5):
        Diagram(plt.figure(figsize=(6, 4))).show(w5)
        plt.show()

    ipywidgets.interact(draw, w5=_slider())


def with_ipympl():
    """Update one figure of `%matplotlib widget`; run that line first."""
    figure = plt.figure(figsize=(6, 4))
    diagram, slider = Diagram(figure), _slider()

    def move(change):
        diagram.show(change["new"])
        figure.canvas.draw_idle()

    diagram.show(slider.value)
    slider.observe(move, "value")
    return ipywidgets.VBox([slider, figure.canvas])


def with_image():
    """Update one Agg figure and send its PNG to an Image widget."""
    figure = Figure(figsize=(6, 4))
    canvas, diagram, image, slider = FigureCanvasAgg(figure), Diagram(figure), ipywidgets.Image(), _slider()

    def move(value):
        diagram.show(value)
        file = io.BytesIO()
        canvas.print_png(file, pil_kwargs={"compress_level": 1})
        image.value = file.getvalue()

    move(slider.value)
    slider.observe(lambda change: move(change["new"]), "value")
    return ipywidgets.VBox([slider, image])


def _slider():
    return ipywidgets.FloatSlider(0.4, min=0.0, max=1.0, step=0.01)
