// What is done across a link: by the process that a person started where a relay carries it, by one on host `clients` where
// packets cross.
import { MachineError } from '../../src/core/errors.ts';
import { formatAddress } from '../../src/core/machine-fault.ts';
import type { ChatChoice } from '../chat/open-chat.ts';
import type { DuelChoice } from '../duel/open-duel.ts';
import type { Heard } from '../duel/readers.ts';
import type { LiveLink } from './live-link.ts';

export type Task =
  | { readonly kind: 'chat'; readonly choice: ChatChoice }
  | { readonly kind: 'duel'; readonly choice: DuelChoice };

/** @param heard what came to those who read on the far side, since it was last asked */
export async function perform(task: Task, link: LiveLink, heard: () => Promise<Heard[]>): Promise<void> {
  const { host, port } = task.choice;
  try {
    if (task.kind === 'chat') {
      const { openChat } = await import('../chat/open-chat.ts');
      return await openChat(task.choice, link);
    }
    const { openDuel } = await import('../duel/open-duel.ts');
    return await openDuel(task.choice, link, heard);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    // Whoever asked knows the server by its own address, and not by the one that it has across the link.
    const own = formatAddress(host, port);
    const found = Object.values(link.server).flatMap((at) =>
      at === undefined ? [] : [formatAddress(at.host, at.port)],
    );
    const message = found.reduce((text, address) => text.replaceAll(address, own), error.message);
    if (message === error.message) throw error;
    throw new MachineError(error.code, `${message} (It was asked for across the emulated link.)`);
  }
}
