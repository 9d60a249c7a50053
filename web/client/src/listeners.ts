// A list of those who want to be told.

export type Listeners<Value> = {
  /** The answer takes the listener off again. */
  add(listener: (value: Value) => void): () => void;
  tell(value: Value): void;
};

export function listeners<Value>(): Listeners<Value> {
  const all = new Set<(value: Value) => void>();
  return {
    add(listener) {
      // Wrapped, so that the same function added twice can be removed once.
      const entry = (value: Value) => listener(value);
      all.add(entry);
      return () => all.delete(entry);
    },
    tell(value) {
      for (const listener of [...all]) listener(value);
    },
  };
}
