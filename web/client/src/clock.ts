// Time as an argument, so that tests need not wait for it.

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after a while; the answer calls it off. */
  after(ms: number, run: () => void): () => void;
};

export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
