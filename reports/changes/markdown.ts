// What changed from one run to the next, as Markdown: for a pull request, or a hand-in.
import { table } from '../markdown-table.ts';
import { paragraph, plain } from '../markdown-text.ts';
import { changeTable } from './change-table.ts';
import { incomparableWords, restWords, rowsOf, settingName } from './change-words.ts';
import type { ToldChanges } from './told-changes.ts';

export function markdownChanges(changes: ToldChanges): string {
  return [opening(changes), changed(changes), incomparable(changes), differences(changes), everyFigure(changes)]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function opening({ before, after, say }: ToldChanges): string {
  const side = (name: string, { folder, title, startedAt }: ToldChanges['before']) =>
    `- **${name}**: ${plain(title)}, ${plain(folder)}, ${plain(startedAt)}`;
  return [
    `# ${say.changes.title}`,
    [side(say.changes.sides.before, before), side(say.changes.sides.after, after)].join('\n'),
  ].join('\n\n');
}

function changed(changes: ToldChanges): string {
  const { cells, say } = changes;
  if (cells.length === 0) return paragraph(say.changes.nothingToCompare);
  const own = changeTable(changes, 'headlines');
  const rest = restWords(rowsOf(changes, 'headlines'), say).map((line) => `- ${paragraph(line)}`);
  return [
    plain(say.changes.changedHow),
    own === undefined ? plain(say.changes.nothingChanged) : table(own.head, own.rows, own.words),
    rest.join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function incomparable(changes: ToldChanges): string {
  const lines = incomparableWords(changes).map((line) => `- ${paragraph(line)}`);
  return lines.length === 0 ? '' : `## ${changes.say.changes.incomparable}\n\n${lines.join('\n')}`;
}

function differences({ differences: all, say }: ToldChanges): string {
  if (all.length === 0) return '';
  const { changes } = say;
  const head = [changes.setting, changes.sides.before, changes.sides.after];
  const rows = all.map(({ what, before, after }) => [settingName(what, say), before, after]);
  return `## ${changes.differences}\n\n${changes.differencesHow}\n\n${table(head, rows, 3)}`;
}

function everyFigure(changes: ToldChanges): string {
  const own = changeTable(changes, 'all');
  return own === undefined ? '' : `## ${changes.say.changes.everyFigure}\n\n${table(own.head, own.rows, own.words)}`;
}
