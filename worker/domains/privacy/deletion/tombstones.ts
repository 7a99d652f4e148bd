import { z } from 'zod';
import type { Ports } from '../../../kernel/context.ts';

const PREFIX = 'tombstones/';
const tombstone = z.object({ kind: z.enum(['organization', 'person']), subject: z.string(), at: z.string() });
export type Tombstone = z.infer<typeof tombstone>;

/** Notes a deletion outside of the database: a backup that is restored knows nothing of what was deleted since. Ids only. */
export async function setTombstone(ports: Ports, { kind, subject, at }: Tombstone): Promise<void> {
  await ports.bindings.RAW.put(`${PREFIX}${kind}/${subject}.json`, JSON.stringify({ kind, subject, at }));
}

export async function* readTombstones(ports: Ports): AsyncGenerator<Tombstone> {
  let cursor: string | undefined;
  do {
    const page = await ports.bindings.RAW.list({ prefix: PREFIX, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key } of page.objects) {
      const object = await ports.bindings.RAW.get(key);
      if (object) yield tombstone.parse(await object.json());
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
}
