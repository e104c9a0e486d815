/**
 * A pure function that remembers what it came to, for values that a whole booking asks for again and again. What it
 * returns is shared, so nobody may change it. Holds `most` results, and begins anew when it is full.
 */
export function remembered<Args extends readonly unknown[], Result extends {}>(
  keyOf: (...args: Args) => string,
  make: (...args: Args) => Result,
  most = 2_000,
): (...args: Args) => Result {
  const known = new Map<string, Result>();
  return (...args) => {
    const key = keyOf(...args);
    const held = known.get(key);
    if (held !== undefined) return held;
    const made = make(...args);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
