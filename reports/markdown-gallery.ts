// The index of many reports as Markdown, for where pages are not shown: what each asked and what it found.
import type { Told } from './language/told.ts';
import { code, paragraph, plain } from './markdown-text.ts';
import { verdictWords } from './verdict-words.ts';

export interface GalleryEntry {
  /** Of its page, from the index. */
  readonly href: string;
  readonly result: Told;
}

/** @param entries at least one */
export function markdownGallery(entries: readonly GalleryEntry[]): string {
  const [{ result }] = entries as [GalleryEntry];
  const { gallery } = result.say;
  return [
    `# ${gallery.title}`,
    plain(gallery.what),
    plain(gallery.measured(result.say.count(entries.length), machineOf(result))),
    gallery.compare,
    ...entries.map(section),
  ]
    .join('\n\n')
    .concat('\n');
}

export function machineOf({ environment: machine, say }: Told): string {
  const versions = `Node ${machine.node}; transport-lab ${machine.lab}`;
  return `${machine.processor}, ${say.plural(machine.cores, 'core')}; ${machine.system}; ${versions}`;
}

function section({ href, result }: GalleryEntry): string {
  const { scenario, verdicts, command } = result;
  const found = verdicts.map((verdict) => {
    const { outcome } = verdictWords(verdict, result);
    return `- ${paragraph(verdict.sentence)} — **${outcome}**`;
  });
  return [`## [${plain(scenario.title)}](${href})`, paragraph(scenario.question), found.join('\n'), code(command)].join(
    '\n\n',
  );
}
