// Where a run is: one line that changes on a terminal, plain lines off it.
import { Listr } from 'listr2';
import type { Speech } from '../../reports/language/speech.ts';
import type { Progress } from '../../src/bench/run/run.ts';

/**
 * Answers, or throws, what the work does.
 * @param isShown false where only the result may be printed
 */
export async function showProgress<T>(
  title: string,
  say: Speech,
  isShown: boolean,
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  let outcome: () => T = () => {
    throw new Error('The work was not begun.');
  };
  const list = new Listr(
    [
      {
        title,
        task: async (_context, task) => {
          try {
            const value = await work((progress) => {
              task.output = inWords(progress, say);
            });
            outcome = () => value;
          } catch (error) {
            outcome = () => {
              throw error;
            };
            // It is told once, by whoever catches it.
            task.skip(say.terminal.endedEarly);
          }
        },
      },
    ],
    // Ctrl-C is ours: what was measured so far is still written.
    { renderer: isShown ? 'default' : 'silent', fallbackRenderer: 'simple', registerSignalListeners: false },
  );
  await list.run();
  return outcome();
}

function inWords(progress: Progress, say: Speech): string {
  switch (progress.kind) {
    case 'planned':
      return say.plural(progress.trials, 'trial');
    case 'trial': {
      const { number, repetition } = progress.trial;
      return say.terminal.trial(
        say.count(number),
        say.count(progress.of),
        say.cell(progress.trial),
        say.count(repetition),
      );
    }
    case 'vanishing':
      return say.terminal.killing(progress.transport);
  }
}
