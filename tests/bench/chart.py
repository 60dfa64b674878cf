"""Draws one line over a row of sizes as SVG: plain, with a title and a description for those who do not see it."""
import html
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 64, 24, 40, 56


def draw(title, desc, unit, sizes, lines):
    """`lines` holds a name and a figure for each size. Sizes stand on a logarithmic scale, figures on one from zero."""
    top = nice(max(value for _, values in lines for value in values))
    low, high = math.log10(sizes[0]), math.log10(sizes[-1])
    x = lambda size: LEFT + (math.log10(size) - low) / (high - low) * (WIDTH - LEFT - RIGHT)
    y = lambda value: HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13">',
           f'<title id="t">{html.escape(title)}</title>', f'<desc id="d">{html.escape(desc)}</desc>',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', f'<text x="{LEFT}" y="22">{html.escape(unit)}</text>']
    for step in range(5):
        value = top * step / 4
        out.append(f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}" stroke="#ccc"/><text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    out += [f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>' for size in sizes]
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">vendors</text>')
    highest = max(lines, key=lambda line: line[1][-1])
    for n, (name, values) in enumerate(lines):
        beside = -12 if (name, values) == highest else 22
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in zip(sizes, values))
        dash, colour = (("", "#1f4e79"), (' stroke-dasharray="7 4"', "#8a3b12"))[n % 2]
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"{dash}/>')
        out += [f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5" fill="{colour}"/>' for size, value in zip(sizes, values)]
        out.append(f'<text x="{WIDTH - RIGHT}" y="{y(values[-1]) + beside:.1f}" text-anchor="end" fill="{colour}">{html.escape(name)}</text>')
    return "\n".join(out + ["</svg>", ""])


def nice(value):
    """The next round number, so that four steps up to it can be read."""
    power = 10 ** math.floor(math.log10(value))
    return next(power * step for step in (1, 2, 4, 6, 8, 10) if power * step >= value)
