// The writer's fault: a link profile that can't be. One line, and the path to the value, so that a reader of YAML
// can say in which line and column it stands.

export type Path = readonly (string | number)[];

export class LinkProfileError extends Error {
  readonly path: Path;

  /** @param problem what is wrong, the limit, and what to do; the path stands before it in the message */
  constructor(path: Path, problem: string) {
    super(path.length > 0 ? `${path.join('.')}: ${problem}` : problem);
    this.name = 'LinkProfileError';
    this.path = path;
  }
}
