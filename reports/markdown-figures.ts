// Tables of figures as Markdown, and what each figure is.
import { everyFigure, type FigureTable, figureTables } from './figure-tables.ts';
import type { Told } from './language/told.ts';
import { table } from './markdown-table.ts';
import { plain } from './markdown-text.ts';
import { sentence } from './plain-text.ts';

export function figureSections(result: Told): string[] {
  return figureTables(result).map(({ note, ...rest }) =>
    [`## ${rest.title}`, ...(note === undefined ? [] : [plain(note)]), tableOf(rest)].join('\n\n'),
  );
}

export function allFigures(result: Told): string {
  const tables = everyFigure(result).map((each) => `### ${plain(each.title)}\n\n${tableOf(each)}`);
  if (tables.length === 0) return '';
  const definitions = Object.values(result.metrics).map(
    ({ title, formula, source, reading: how }) =>
      `- **${plain(title)}**: ${plain(formula)} (${plain(source)}). ${plain(sentence(how))}`,
  );
  return [
    `## ${result.say.figures.everyFigure}`,
    ...tables,
    `## ${result.say.figures.definitions}`,
    definitions.join('\n'),
  ].join('\n\n');
}

function tableOf({ head, rows, words }: Omit<FigureTable, 'note'>): string {
  return table(head, rows, words);
}
