// HTML as values: what is put into a template is text and stands for itself, unless it is HTML already. So nothing that a
// scenario, a user or a host calls itself can become markup.
import { visible } from '../plain-text.ts';

export interface Html {
  readonly markup: string;
}

type Piece = string | number | Html | readonly Piece[];

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = strings.map((text, index) => text + (index < pieces.length ? markupOf(pieces[index]!) : '')).join('');
  return { markup };
}

export const NOTHING: Html = { markup: '' };

/** What is HTML because the lab made it, and not because somebody wrote it: a drawing, a style, a script. */
export function trusted(markup: string): Html {
  return { markup };
}

function markupOf(piece: Piece): string {
  if (typeof piece === 'string') return escaped(visible(piece));
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
