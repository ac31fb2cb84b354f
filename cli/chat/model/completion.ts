// Completion of a recipient's name. Pure.
import { charactersOf } from '../../../reports/plain-text.ts';

/** The names that begin with what was typed, in any case, in their order; all of them where nothing was. */
export function completions(typed: string, names: readonly string[]): string[] {
  const asked = typed.toLocaleLowerCase();
  return names.filter((name) => name.toLocaleLowerCase().startsWith(asked));
}

/**
 * What Tab makes of a name that was begun: the only one, or as much as all of them have in common.
 * @returns undefined where there is none
 */
export function completed(typed: string, names: readonly string[]): string | undefined {
  const [first, ...others] = completions(typed, names);
  if (first === undefined) return undefined;
  const characters = charactersOf(first);
  let length = characters.length;
  const common = () => characters.slice(0, length).join('');
  for (const other of others) {
    while (!other.toLocaleLowerCase().startsWith(common().toLocaleLowerCase())) length--;
  }
  return common();
}
