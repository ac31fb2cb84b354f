// Where a run is: one line that changes on a terminal, plain lines off it.
import { Listr } from 'listr2';
import type { Progress } from '../../src/bench/run/run.ts';

/**
 * Answers, or throws, what the work does.
 * @param isShown false where only the result may be printed
 */
export async function showProgress<T>(
  title: string,
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
              task.output = inWords(progress);
            });
            outcome = () => value;
          } catch (error) {
            outcome = () => {
              throw error;
            };
            // It is told once, by whoever catches it.
            task.skip('ended before its time');
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

function inWords(progress: Progress): string {
  switch (progress.kind) {
    case 'planned':
      return `${progress.trials} trials`;
    case 'trial': {
      const { number, transport, link, point, repetition } = progress.trial;
      const place = point === '' ? link : `${link} at ${point}`;
      return `trial ${number} of ${progress.of}: ${transport} over ${place}, repetition ${repetition}`;
    }
    case 'vanishing':
      return `killing the server under ${progress.transport}`;
  }
}
