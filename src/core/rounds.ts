// Goes round a collection that changes meanwhile, a part at a time, so that nobody waits until all have had their turn.

/** A set or a map: new members come at its end. */
interface Members<Member> {
  readonly size: number;
  values(): IterableIterator<Member>;
}

export class Rounds<Member> {
  readonly #members: Members<Member>;
  readonly #parts: number;
  #rest: IterableIterator<Member> | undefined;

  /** @param parts how many make a round */
  constructor(members: Members<Member>, parts: number) {
    this.#members = members;
    this.#parts = parts;
  }

  /** Gives the next of them their turn. */
  next(act: (member: Member) => void): void {
    this.#rest ??= this.#members.values();
    for (let left = Math.ceil(this.#members.size / this.#parts); left > 0; left--) {
      const { done, value } = this.#rest.next();
      if (done === true) {
        this.#rest = undefined;
        return;
      }
      act(value);
    }
  }
}
