// Whoever holds a link is asked for news again and again, never twice at once.

export interface Asking {
  /** Asks now, unless an answer is awaited already. */
  now(): Promise<void>;
  stop(): void;
}

/** @param ask where it rejects, the link is gone, and with it the way to the server: the sessions hear of that */
export function askEvery<News>(ms: number, ask: () => Promise<News>, tell: (news: News) => void): Asking {
  let isAsking = false;
  const now = async () => {
    if (isAsking) return;
    isAsking = true;
    const news = await ask().catch(() => undefined);
    isAsking = false;
    if (news !== undefined) tell(news);
  };
  const timer = setInterval(() => void now(), ms);
  return { now, stop: () => clearInterval(timer) };
}
