/**
 * Makes something of each object once, and keeps it as long as that object lives. A failure is forgotten, so that
 * it can be tried again.
 */
export function oncePer<K extends object, T>(
  make: (object: K) => Promise<T>,
): (object: K) => Promise<T> {
  const made = new WeakMap<K, Promise<T>>();
  return (object) => {
    const known = made.get(object);
    if (known) return known;
    const result = make(object);
    made.set(object, result);
    result.catch(() => made.delete(object));
    return result;
  };
}
