// A drawing is zoomed along its time and its messages: its marks grow in place, and its ticks are drawn anew.
export const ZOOM = `
const niceSteps = (from, to, most) => {
  const raw = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= raw);
  const ticks = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to + step / 1e6; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return ticks;
};
for (const [number, plot] of [...document.querySelectorAll('.plot[data-zoom]')].entries()) {
  const svg = plot.querySelector('svg');
  const axes = JSON.parse(plot.dataset.zoom);
  const clip = svg.querySelector('.clip');
  const content = svg.querySelector('.content');
  const space = 'http://www.w3.org/2000/svg';
  const [left, right] = axes.x.range;
  const [bottom, top] = axes.y.range;
  const frame = document.createElementNS(space, 'clipPath');
  const rect = document.createElementNS(space, 'rect');
  frame.id = 'frame-' + number;
  for (const [name, value] of Object.entries({ x: left - 6, y: top - 6, width: right - left + 12, height: bottom - top + 12 })) rect.setAttribute(name, value);
  frame.append(rect);
  svg.prepend(frame);
  const circles = [...content.querySelectorAll('circle')].map((circle) => ({ circle, own: Number(circle.getAttribute('r')) }));
  const dots = [...content.querySelectorAll('[transform^="translate"]')].map((dot) => ({ dot, own: dot.getAttribute('transform') }));
  let zoom = 1;
  let [centreX, centreY] = [0.5, 0.5];
  const shown = (range, centre) => {
    const length = range[1] - range[0];
    const half = 1 / (2 * zoom);
    const middle = Math.min(1 - half, Math.max(half, centre));
    return [range[0] + (middle - half) * length, range[0] + (middle + half) * length];
  };
  const value = ({ domain, range }, pixel) => domain[0] + ((pixel - range[0]) / (range[1] - range[0])) * (domain[1] - domain[0]);
  const drawTicks = (name, [from, to]) => {
    const axis = axes[name];
    const labels = svg.querySelector('[data-part="' + name + '-axis tick label"]');
    const marks = svg.querySelector('[data-part="' + name + '-axis tick"]');
    plot.kept ??= {};
    plot.kept[name] ??= { labels: labels.innerHTML, marks: marks?.innerHTML ?? '' };
    if (zoom === 1) {
      labels.innerHTML = plot.kept[name].labels;
      if (marks) marks.innerHTML = plot.kept[name].marks;
      return;
    }
    if (marks) marks.innerHTML = '';
    const template = labels.querySelector('text');
    const [first, last] = [value(axis, from), value(axis, to)];
    labels.replaceChildren(...niceSteps(Math.min(first, last), Math.max(first, last), 6).map((tick) => {
      const text = template.cloneNode();
      const whole = (tick - axis.domain[0]) / (axis.domain[1] - axis.domain[0]) * (axis.range[1] - axis.range[0]) + axis.range[0];
      const pixel = axis.range[0] + ((whole - from) / (to - from)) * (axis.range[1] - axis.range[0]);
      text.setAttribute('transform', name === 'x' ? 'translate(' + pixel + ',' + bottom + ')' : 'translate(' + left + ',' + pixel + ')');
      text.textContent = tick.toLocaleString(language);
      return text;
    }));
  };
  const draw = () => {
    const [fromX, toX] = shown(axes.x.range, centreX);
    const [fromY, toY] = shown(axes.y.range, centreY);
    const [moveX, moveY] = [left - fromX * zoom, bottom - fromY * zoom];
    plot.zoomed = (x, y) => [x * zoom + moveX, y * zoom + moveY];
    content.setAttribute('transform', 'translate(' + moveX + ',' + moveY + ') scale(' + zoom + ')');
    for (const { circle, own } of circles) circle.setAttribute('r', own / zoom);
    for (const { dot, own } of dots) dot.setAttribute('transform', own + ' scale(' + 1 / zoom + ')');
    if (zoom === 1) clip.removeAttribute('clip-path'); else clip.setAttribute('clip-path', 'url(#frame-' + number + ')');
    drawTicks('x', [fromX, toX]);
    drawTicks('y', [fromY, toY]);
    plot.classList.toggle('zoomed', zoom > 1);
    out.disabled = all.disabled = zoom === 1;
  };
  const by = (factor, x = centreX, y = centreY) => {
    [centreX, centreY] = [x, y];
    zoom = Math.min(16, Math.max(1, zoom * factor));
    draw();
  };
  const within = (event) => {
    const area = svg.getBoundingClientRect();
    const scale = area.width / svg.viewBox.baseVal.width;
    const [px, py] = [(event.clientX - area.left) / scale, (event.clientY - area.top) / scale];
    const [fromX, toX] = shown(axes.x.range, centreX);
    const [fromY, toY] = shown(axes.y.range, centreY);
    const part = (pixel, range, from, to) => (from + ((pixel - range[0]) / (range[1] - range[0])) * (to - from) - range[0]) / (range[1] - range[0]);
    return [part(px, axes.x.range, fromX, toX), part(py, axes.y.range, fromY, toY)];
  };
  const button = (text, name, act) => {
    const element = make('button', { type: 'button', 'aria-label': name, title: name }, text);
    element.addEventListener('click', act);
    return element;
  };
  const into = button('+', words.zoomIn, () => by(2));
  const out = button('−', words.zoomOut, () => by(0.5));
  const all = button('⤢', words.whole, () => { zoom = 1; [centreX, centreY] = [0.5, 0.5]; draw(); });
  plot.parentElement.querySelector('figcaption').append(make('div', { class: 'buttons' }, into, out, all));
  svg.addEventListener('dblclick', (event) => by(2, ...within(event)));
  let held;
  svg.addEventListener('pointerdown', (event) => { if (zoom > 1) { held = within(event); svg.setPointerCapture(event.pointerId); } });
  svg.addEventListener('pointermove', (event) => {
    if (held === undefined) return;
    const [x, y] = within(event);
    const keep = (centre) => Math.min(1 - 1 / (2 * zoom), Math.max(1 / (2 * zoom), centre));
    [centreX, centreY] = [keep(centreX + held[0] - x), keep(centreY + held[1] - y)];
    draw();
  });
  for (const end of ['pointerup', 'pointercancel']) svg.addEventListener(end, () => { held = undefined; });
  draw();
}
`;
