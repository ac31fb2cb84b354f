// Who is here: names to users, and a number for everyone who comes without a name.
import { foldName, judgeName, numberedName } from './name.ts';
import type { RefusalCode } from './refusal.ts';

export type Claim =
  | { readonly kind: 'granted'; readonly name: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly about: string };

export class Directory<User> {
  readonly maxUsers: number;
  readonly #users = new Map<string, User>();
  /** Of the names that were asked for: nobody may have one that reads like another's. */
  readonly #folded = new Set<string>();
  #nextNumber = 0;

  constructor(maxUsers: number) {
    this.maxUsers = maxUsers;
  }

  /** Gives `user` the name asked for, or the next number where none is. A number is never given twice. */
  claim(asked: string, user: User): Claim {
    const refusal = this.#refusal(asked);
    if (refusal !== undefined) {
      return { kind: 'refused', code: refusal, about: refusal === 'server-full' ? String(this.maxUsers) : asked };
    }
    const name = asked === '' ? numberedName(this.#nextNumber++) : asked;
    this.#users.set(name, user);
    if (asked !== '') this.#folded.add(foldName(name));
    return { kind: 'granted', name };
  }

  release(name: string): void {
    this.#users.delete(name);
    this.#folded.delete(foldName(name));
  }

  get isFull(): boolean {
    return this.#users.size >= this.maxUsers;
  }

  find(name: string): User | undefined {
    return this.#users.get(name);
  }

  /** In the order of joining. */
  users(): IterableIterator<User> {
    return this.#users.values();
  }

  get size(): number {
    return this.#users.size;
  }

  #refusal(asked: string): RefusalCode | undefined {
    if (this.isFull) return 'server-full';
    if (asked === '') return undefined;
    const verdict = judgeName(asked);
    if (verdict !== 'legal') return `name-${verdict}`;
    return this.#folded.has(foldName(asked)) ? 'name-taken' : undefined;
  }
}
