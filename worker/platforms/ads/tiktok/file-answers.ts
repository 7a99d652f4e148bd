import { createHash } from 'node:crypto';
import { PlatformError } from '../../platform-error.ts';
import { idIn, type Row } from './client.ts';
import type { Envelope } from './map-error.ts';

/** With every file goes its md5, which the platform holds against what arrived. */
export const md5 = (bytes: ArrayBuffer): string => createHash('md5').update(new Uint8Array(bytes)).digest('hex');

/** The id of what an upload made. @throws unknown when the answer names none */
export function named({ requestId, data }: Pick<Envelope, 'requestId' | 'data'>, row: Row | undefined, field: string): string {
  const id = row && idIn(row, field);
  if (id) return id;
  throw new PlatformError('unknown', 'The answer names no file.', {
    platform: 'tiktok',
    raw: { data },
    ...(requestId === null ? {} : { traceId: requestId }),
  });
}
