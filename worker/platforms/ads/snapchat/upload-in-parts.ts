import type { AdSession } from '../ad-platform.ts';
import { ADS_ORIGIN, pathOf, snapCall } from './client.ts';
import { MEDIA, textOf } from './kinds.ts';
import { unreadable } from './map-error.ts';
import { SNAP_VERSION } from './version.ts';

/** The platform takes at most so many (single source). */
const MOST_PARTS = 32;

/**
 * Sends a large file in parts and comes back with the one call that makes it whole: until then the media has no file.
 * @param partBytes larger when the file would need more parts than the platform takes
 */
export async function uploadInParts(
  session: AdSession,
  externalId: string,
  file: { name: string; size: number; slice(from: number, to: number): Promise<ArrayBuffer> },
  partBytes: number,
): Promise<() => Promise<void>> {
  const size = Math.max(partBytes, Math.ceil(file.size / MOST_PARTS));
  const count = Math.ceil(file.size / size);
  const begun = await snapCall(session, {
    method: 'POST',
    path: pathOf(MEDIA.plural, externalId, 'multipart-upload-v2'),
    query: { action: 'INIT' },
    form: formOf({ file_name: file.name, file_size: String(file.size), number_of_parts: String(count) }),
  });
  const [uploadId, addPath, finalizePath] = ['upload_id', 'add_path', 'finalize_path'].map((name) => textOf(begun[name]));
  if (!uploadId || !addPath || !finalizePath) throw unreadable('An upload without a place to send it to.', begun);
  for (let n = 0; n < count; n += 1) {
    const form = formOf({ part_number: String(n + 1), upload_id: uploadId });
    form.set('file', new Blob([await file.slice(n * size, Math.min(file.size, (n + 1) * size))]), file.name);
    await snapCall(session, { method: 'POST', ...placeOf(addPath), form });
  }
  return async () => {
    await snapCall(session, { method: 'POST', ...placeOf(finalizePath), form: formOf({ upload_id: uploadId }) });
  };
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** The platform says where parts go, with a region before the version; our token goes to its own host only. */
function placeOf(told: string): { path: string; query: string; origin: string } {
  const { pathname, search } = new URL(told, ADS_ORIGIN);
  const [, region = '', path = ''] = new RegExp(`^(.*?)/${SNAP_VERSION}/(.*)$`).exec(pathname) ?? [];
  if (path === '') throw unreadable('An upload to an address of another kind.', told);
  return { path, query: search.slice(1), origin: ADS_ORIGIN + region };
}
