// One contestant lit up everywhere on the page: pointed at in a legend, or chosen there.
export const HIGHLIGHT = `
let chosen;
const light = (series) => {
  document.body.classList.toggle('lit', series !== undefined);
  for (const mark of document.querySelectorAll('.mark')) mark.classList.toggle('dark', series !== undefined && !mark.classList.contains('s' + series));
  for (const button of document.querySelectorAll('.legend button')) button.setAttribute('aria-pressed', String(button.dataset.series === chosen));
};
for (const item of document.querySelectorAll('.legend li[data-series]')) {
  const button = make('button', { type: 'button', 'aria-pressed': 'false' }, ...item.childNodes);
  button.dataset.series = item.dataset.series;
  item.append(button);
  button.addEventListener('click', () => {
    chosen = chosen === item.dataset.series ? undefined : item.dataset.series;
    light(chosen);
  });
  button.addEventListener('pointerenter', () => light(item.dataset.series));
  button.addEventListener('pointerleave', () => light(chosen));
}
`;
