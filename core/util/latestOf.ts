/**
 * Keeps the last few things that were made: whoever asks for the same again gets what was made before.
 *
 * @param count how many are kept
 * @param make makes one of a key, which JSON can write; what else it takes is the same whenever the key is
 */
export function latestOf<K, Rest extends readonly unknown[], T>(
  count: number,
  make: (key: K, ...rest: Rest) => T,
): (key: K, ...rest: Rest) => T {
  let known: readonly { readonly text: string; readonly made: T }[] = [];
  return (key, ...rest) => {
    const text = JSON.stringify(key);
    const found = known.find((one) => one.text === text) ?? { text, made: make(key, ...rest) };
    known = [found, ...known.filter((one) => one !== found)].slice(0, count);
    return found.made;
  };
}
