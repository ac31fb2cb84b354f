// "Less by 3" and not "less by −3".
import type { ComparedFigure, SignedFigure, SignedReading } from '../src/bench/result.ts';

/** Of what is less, the difference the other way round: without a minus in front of every number. */
export function byHowMuch(difference: SignedFigure, conclusion: ComparedFigure['conclusion']): SignedFigure {
  return conclusion === 'less' ? turned(difference) : difference;
}

function turned({ value, low, high }: SignedFigure): SignedFigure {
  return {
    value: opposite(value),
    ...(low === undefined || high === undefined ? {} : { low: opposite(high), high: opposite(low) }),
  };
}

function opposite(value: SignedReading): SignedReading {
  if (value === null) return '-infinite';
  return value === '-infinite' ? null : -value;
}
