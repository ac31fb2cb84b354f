// Values are read off a drawing: the nearest point to the pointer, or the next one by an arrow key.
export const READING = `
for (const plot of document.querySelectorAll('.plot')) {
  const data = plot.querySelector('script.points');
  const svg = plot.querySelector('svg');
  if (data === null || svg === null) continue;
  const points = JSON.parse(data.textContent);
  const box = svg.viewBox.baseVal;
  const tip = make('div', { class: 'tip', role: 'status', hidden: '' });
  const mark = make('div', { class: 'spot', hidden: '' });
  plot.append(mark, tip);
  plot.tabIndex = 0;
  plot.setAttribute('role', 'group');
  plot.setAttribute('aria-label', svg.getAttribute('aria-label').split('. ')[0] + '. ' + words.keys);
  let at = -1;
  const place = ([x, y]) => {
    const [zx, zy] = plot.zoomed ? plot.zoomed(x, y) : [x, y];
    const scale = svg.clientWidth / box.width;
    return [zx * scale, zy * scale];
  };
  const show = (index) => {
    at = index;
    const [left, top] = place(points[index]);
    mark.style.left = left + 'px';
    mark.style.top = top + 'px';
    tip.textContent = points[index][2];
    tip.hidden = mark.hidden = false;
    const room = plot.clientWidth - tip.offsetWidth;
    tip.style.left = Math.max(0, Math.min(room, left - tip.offsetWidth / 2)) + 'px';
    tip.style.top = (top > tip.offsetHeight + 14 ? top - tip.offsetHeight - 12 : top + 14) + 'px';
  };
  const hide = () => { tip.hidden = mark.hidden = true; };
  svg.addEventListener('pointermove', (event) => {
    const area = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - area.left, event.clientY - area.top];
    let best = -1;
    let bestDistance = 40 * 40;
    points.forEach((point, index) => {
      const [x, y] = place(point);
      const distance = (x - px) ** 2 + (y - py) ** 2;
      if (distance < bestDistance) [best, bestDistance] = [index, distance];
    });
    if (best < 0) hide(); else show(best);
  });
  plot.addEventListener('pointerleave', hide);
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', (event) => {
    if (event.target !== plot) return;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') return hide();
    if (step === undefined) return;
    event.preventDefault();
    show((at + step + points.length) % points.length);
  });
}
`;
