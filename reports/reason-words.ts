// Why something is not there, or is to be doubted, in the words of a language.
import type { Ending, NoInterval, Obstacle, Warning } from '../src/bench/result.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';

export function warningWords(warning: Warning, { say, metrics }: Pick<Told, 'say' | 'metrics'>): string {
  const { reasons } = say;
  switch (warning.kind) {
    case 'unexplained': {
      const messages = say.plural(warning.messages, 'message');
      return reasons.unexplained({ cell: say.cell(warning.cell), messages });
    }
    case 'lost-by-the-machine': {
      const packets = say.plural(warning.packets, 'packet');
      return reasons.lostByTheMachine({ cell: say.cell(warning.cell), packets });
    }
    case 'counts-disagree': {
      const what = reasons.countedBy(reasons.countables[warning.what], reasons.hosts[warning.by]);
      return reasons.countsDisagree({ cell: say.cell(warning.cell), what, off: say.count(warning.off) });
    }
    case 'late-link':
      return reasons.lateLink(say.milliseconds(warning.latenessMs));
    case 'stood-still': {
      const { process, cell, ms } = warning;
      return reasons.stoodStill({
        process: reasons.processes[process],
        cell: say.cell(cell),
        ms: say.milliseconds(ms),
      });
    }
    case 'within-timer-error':
      return reasons.withinTimerError({
        ...warning,
        place: say.place(warning.place),
        metrics: warning.metrics.map((id) => metrics[id]?.title ?? id).join(', '),
        timerErrorMs: say.milliseconds(warning.timerErrorMs),
      });
  }
}

export function noIntervalWords(why: NoInterval | undefined, say: Speech): string {
  const { reasons } = say;
  if (why === undefined) return reasons.noReason;
  if (why.kind !== 'too-few-repetitions') return reasons.noInterval[why.kind];
  const { repetitions, confidence, least } = why;
  return reasons.tooFew(
    say.plural(repetitions, 'repetition'),
    `${say.count(Math.round(confidence * 1000) / 10)} %`,
    say.count(least),
  );
}

export function obstacleWords(obstacle: Obstacle, { reasons }: Speech): string {
  const { asked = '', known = [], backend = '', transport = '' } = obstacle as Partial<AllOf>;
  return reasons.obstacles[obstacle.kind]({
    asked: typeof asked === 'string' ? asked : asked.join(', '),
    known: known.join(', '),
    backend,
    transport,
  });
}

/** What one obstacle or another has beside its kind. */
interface AllOf {
  readonly asked: string | readonly string[];
  readonly known: readonly string[];
  readonly backend: string;
  readonly transport: string;
}

/** All reasons of a run that is not whole, as the inside of a sentence. */
export function endingWords(endings: readonly Ending[], { reasons }: Speech): string {
  return endings
    .map((ending) => {
      const own = Object.fromEntries(Object.entries(ending).map(([name, value]) => [name, String(value)]));
      return reasons.endings[ending.kind]({ ...NOTHING_SAID, ...own });
    })
    .join('; ');
}

const NOTHING_SAID = { ended: '', planned: '', failed: '', trial: '', backend: '', transport: '', said: '' };
