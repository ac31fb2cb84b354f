// A terminal that another process takes: how it was before, in case that process can't give it back.
import { spawnSync } from 'node:child_process';
import { GIVE_BACK } from './terminal.ts';

export interface SavedTerminal {
  giveBack(): void;
}

/** Where there is none, nothing is saved and nothing given back. */
export function savedTerminal(): SavedTerminal {
  const settings = process.stdin.isTTY ? stty('-g') : undefined;
  return {
    giveBack() {
      if (settings === undefined) return;
      if (process.stdout.isTTY) process.stdout.write(GIVE_BACK);
      stty(settings.trim());
    },
  };
}

function stty(argument: string): string | undefined {
  const { status, stdout } = spawnSync('stty', [argument], { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}
