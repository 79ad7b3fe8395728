# SPDX-License-Identifier: MIT
"""Plots of growth, as SVG: both axes logarithmic, so that what is linear has the slope of the grey line."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN = 420, 300, 56  # of one panel
COLOURS = ("#1f5fa8", "#b5482a")


def decades(values):
    """The powers of ten around all values."""
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


def power(exponent):
    """A tick as people write it."""
    return f"{10**exponent:,}" if 0 <= exponent <= 3 else f"10<tspan dy='-4' font-size='8'>{exponent}</tspan>"


class Panel:
    def __init__(self, left, title, label, curves):
        points = [point for curve in curves.values() for point in curve]
        self.x0, self.x1 = decades([x for x, _ in points])
        self.y0, self.y1 = decades([y for _, y in points])
        self.left, self.title, self.label, self.curves = left, title, label, curves

    def x(self, exponent):
        return self.left + MARGIN + (exponent - self.x0) / (self.x1 - self.x0) * (WIDTH - 1.5 * MARGIN)

    def y(self, exponent):
        return HEIGHT - MARGIN - (exponent - self.y0) / (self.y1 - self.y0) * (HEIGHT - 2 * MARGIN)

    def line(self, x0, y0, x1, y1, style):
        return f"<line x1='{x0:.1f}' y1='{y0:.1f}' x2='{x1:.1f}' y2='{y1:.1f}' {style}/>"

    def grid(self):
        pale = "stroke='#ddd'"
        for e in range(self.x0, self.x1 + 1):
            yield self.line(self.x(e), self.y(self.y0), self.x(e), self.y(self.y1), pale)
            yield f"<text x='{self.x(e):.1f}' y='{HEIGHT - MARGIN + 16}' text-anchor='middle'>{power(e)}</text>"
        for e in range(self.y0, self.y1 + 1):
            yield self.line(self.x(self.x0), self.y(e), self.x(self.x1), self.y(e), pale)
            yield f"<text x='{self.x(self.x0) - 6:.1f}' y='{self.y(e) + 4:.1f}' text-anchor='end'>{power(e)}</text>"
        rise = min(self.x1 - self.x0, self.y1 - self.y0)
        yield self.line(self.x(self.x1 - rise), self.y(self.y0), self.x(self.x1), self.y(self.y0 + rise),
                        "stroke='#bbb' stroke-dasharray='4 4'")

    def parts(self):
        middle = (self.x(self.x0) + self.x(self.x1)) / 2
        yield f"<text x='{middle:.1f}' y='24' text-anchor='middle' font-weight='bold'>{escape(self.title)}</text>"
        yield f"<text x='{middle:.1f}' y='{HEIGHT - 14}' text-anchor='middle'>{escape(self.label)}</text>"
        yield from self.grid()
        for row, (colour, (name, curve)) in enumerate(zip(COLOURS, self.curves.items())):
            places = [(self.x(math.log10(x)), self.y(math.log10(y))) for x, y in curve]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='1.5'/>"
            for x, y in places:
                yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='2.5' fill='{colour}'/>"
            yield (f"<text x='{self.x(self.x0) + 8:.1f}' y='{MARGIN + 12 + 14 * row}' fill='{colour}'>"
                   f"{escape(name)}</text>")


def panels(given):
    """One SVG of panels side by side: each a title, a label of the x axis and its curves by name."""
    body = [part for i, panel in enumerate(given) for part in Panel(i * WIDTH, *panel).parts()]
    return (f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH * len(given)} {HEIGHT}' "
            "font-family='sans-serif' font-size='11'>\n<rect width='100%' height='100%' fill='white'/>\n"
            + "\n".join(body) + "\n</svg>\n")
