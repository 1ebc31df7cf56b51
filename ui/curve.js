// The curve of the lesson that is being learned: a line over the steps, its axis in words.
// Knows no verb. A line is drawn, never animated; the caption says in words what it shows.

function makeCurve() {
  const ns = 'http://www.w3.org/2000/svg';
  const node = h('figure.l-curve', {hidden: true});
  const svg = document.createElementNS(ns, 'svg');
  for (const [key, value] of Object.entries({viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true'}))
    svg.setAttribute(key, value);
  const plot = h('div.l-plot', {'aria-hidden': 'true'});
  const words = h('span', {}), axis = h('span.h-hide', {}), caption = h('figcaption.h-small', {}, words, ' ', axis);
  const dot = h('i.l-dot', {});
  node.append(plot, caption);
  const line = name => {
    const path = document.createElementNS(ns, 'path');
    path.setAttribute('class', name);
    path.setAttribute('vector-effect', 'non-scaling-stroke');
    return path;
  };

  // The axis reaches a little beyond its line, and further where the gains do.
  node.show = row => {
    node.hidden = !row;
    if (!row) return;
    const ats = row.lines.map(one => one.at);
    const low = Math.min(...ats, ...row.points) - 0.4, high = Math.max(...ats, ...row.points) + 0.4;
    const x = step => 100 * step / row.steps, y = gain => 100 * (high - gain) / (high - low);
    const curve = line('l-line');
    curve.setAttribute('d', 'M' + row.points.map((gain, at) => `${x(at + 1).toFixed(2)} ${y(gain).toFixed(2)}`).join('L'));
    svg.replaceChildren(...row.lines.map(one => {
      const rule = line('l-rule');
      rule.setAttribute('d', `M0 ${y(one.at)}H100`);
      return rule;
    }), curve);
    dot.style.left = `${x(row.points.length)}%`;
    dot.style.top = `${y(row.points.at(-1))}%`;
    plot.replaceChildren(svg, dot, ...row.lines.map(one => h('span', {style: `top:${y(one.at)}%`}, one.name)));
    words.textContent = row.words;
    axis.textContent = row.axis;
  };
  return node;
}
