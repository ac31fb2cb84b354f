// Tables are sorted by a click on a heading; commands are copied by a click beside them.
export const TABLES = `
const collator = new Intl.Collator(language, { numeric: true });
for (const table of document.querySelectorAll('.table table')) {
  const body = table.tBodies[0];
  if (body.rows.length < 2) continue;
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    if (heading.textContent === '') return;
    const button = make('button', { type: 'button', title: words.sortBy.replace('%', heading.textContent) }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const descends = heading.getAttribute('aria-sort') === 'ascending';
      for (const each of headings) each.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', descends ? 'descending' : 'ascending');
      const order = (a, b) => {
        const [x, y] = [a.cells[column], b.cells[column]].map((cell) => cell.dataset.key);
        // What is not available comes last, either way.
        if (x === undefined && y === undefined) return (descends ? -1 : 1) * collator.compare(a.cells[column].textContent, b.cells[column].textContent);
        if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
        return Number(x) === Number(y) ? 0 : (descends ? -1 : 1) * (Number(x) < Number(y) ? -1 : 1);
      };
      body.append(...[...body.rows].sort(order));
    });
  });
}
for (const code of document.querySelectorAll('#method li:last-child code')) {
  const button = make('button', { type: 'button', class: 'copy' }, words.copy);
  code.after(' ', button);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // A page from a disk may not write to the clipboard: the old way.
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand('copy');
    }
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 1500);
  });
}
`;
