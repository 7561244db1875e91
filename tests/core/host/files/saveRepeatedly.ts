import { fileByteSink } from '#core/host/files/fileByteSink';

/** Saves files of `words` words to `path` for ever; every word of one file is the number of its save. */
async function saveRepeatedly(path: string, words: number, first: number): Promise<void> {
  const chunk = new Uint32Array(words / 16);
  for (let save = first; ; save++) {
    const sink = await fileByteSink(path);
    chunk.fill(save);
    for (let part = 0; part < 16; part++) {
      await sink.write(part * chunk.byteLength, new Uint8Array(chunk.buffer));
    }
    await sink.commit();
    process.send?.(save);
  }
}

const [path = '', words = '0', first = '0'] = process.argv.slice(2);
await saveRepeatedly(path, Number(words), Number(first));
