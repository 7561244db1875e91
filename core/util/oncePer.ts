/**
 * Makes something of each object once, and keeps it as long as that object lives. A failure is forgotten, so that
 * it can be tried again.
 *
 * @param make what else it takes is the same whenever the object is
 */
export function oncePer<K extends object, Rest extends readonly unknown[], T>(
  make: (object: K, ...rest: Rest) => Promise<T>,
): (object: K, ...rest: Rest) => Promise<T> {
  const made = new WeakMap<K, Promise<T>>();
  return (object, ...rest) => {
    const known = made.get(object);
    if (known) return known;
    const result = make(object, ...rest);
    made.set(object, result);
    result.catch(() => made.delete(object));
    return result;
  };
}
