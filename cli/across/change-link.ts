// A link becomes another one by the words behind `/link`.
import type { LiveLink } from './live-link.ts';

/** @param words none: it stays as it is @throws CallerError for words that mean nothing, or a link that can't be had here */
export async function changeLink(link: LiveLink, words: string): Promise<void> {
  if (words === '') return;
  // Few ever do it, and its parser takes its time to load.
  const { changedProfile } = await import('../link/link-words.ts');
  await link.change(changedProfile(link.profile, words));
}
