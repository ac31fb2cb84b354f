// One line of the comparison: what was configured, what came of it, and whether that is near enough.
export interface Finding {
  readonly profile: string;
  readonly figure: string;
  readonly unit: 'ms' | '%' | 'Mbit/s' | '';
  readonly configured: number;
  readonly achieved: number;
  /** What the figure must keep to. */
  readonly reach: string;
  readonly isMet: boolean;
  readonly samples: number;
}
