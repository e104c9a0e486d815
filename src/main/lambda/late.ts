/**
 * Something whose code is loaded when it is first asked: a cold start does not wait for what it may not need. `known` are
 * the members that are no calls, and those that it does not have.
 */
export function late<T extends object>(
  load: () => Promise<T>,
  known: { readonly [K in keyof T]?: T[K] | undefined } = {},
): T {
  let loaded: Promise<T> | null = null;
  return new Proxy(known as T, {
    get(target, key) {
      if (key in target || key === 'then') return Reflect.get(target, key) as unknown;
      return async (...given: unknown[]) => {
        loaded ??= load();
        const it = await loaded.catch((error: unknown) => {
          loaded = null;
          throw error;
        });
        return (it[key as keyof T] as (...args: unknown[]) => unknown)(...given);
      };
    },
  });
}
