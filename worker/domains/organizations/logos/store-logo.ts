import { imageSize } from 'image-size';
import type { Reason } from '#shared/contracts/reasons.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';

const MOST_BYTES = 512 * 1024;
const MOST_PIXELS = 2000;
/** What a file begins with, whatever its name and type say. No SVG: it is a page that runs. */
const SIGNS: { type: string; isOne(head: Uint8Array): boolean }[] = [
  { type: 'image/png', isOne: (head) => starts(head, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { type: 'image/jpeg', isOne: (head) => starts(head, 0, [0xff, 0xd8, 0xff]) },
  { type: 'image/webp', isOne: (head) => starts(head, 0, [0x52, 0x49, 0x46, 0x46]) && starts(head, 8, [0x57, 0x45, 0x42, 0x50]) },
];
const starts = (bytes: Uint8Array, at: number, sign: number[]): boolean => sign.every((byte, i) => bytes[at + i] === byte);

/**
 * Puts a picture into storage under a name of ours, never one somebody sent.
 * @returns its key; what pointed to an older one changes in the caller's transaction, and `forgetLogo` takes that away afterwards
 * @throws too_large, unsupported_type, invalid_input
 */
export async function storeLogo(ctx: Context, request: Request): Promise<string> {
  const bytes = await readBytes(request);
  const type = SIGNS.find((sign) => sign.isOne(bytes))?.type;
  if (!type)
    throw new AppError('unsupported_type', 'The file is neither PNG, JPEG nor WebP. Save it as one of these; the logo is as it was.');
  const { width, height } = sizeOf(bytes);
  if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS)
    throw refuse(
      'picture_too_wide',
      `The picture is ${width} × ${height} pixels. Use at most ${MOST_PIXELS} × ${MOST_PIXELS}; the logo is as it was.`,
    );
  const key = `org/${ctx.organizationId}/logo/${ctx.newId('lgo')}`;
  await ctx.ports.bindings.MEDIA.put(key, bytes, { httpMetadata: { contentType: type } });
  return key;
}

/** What nothing points to any more; left lying it would only take room, so a failure is a line in the log. */
export function forgetLogo(ctx: Context, key: string | null): void {
  if (key === null) return;
  ctx.ports.waitUntil(ctx.ports.bindings.MEDIA.delete(key).catch((error: unknown) => ctx.log.error('logo.not_deleted', error)));
}

/** Stops reading where it is too much, whatever the length that was announced. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('too_large', `A logo may be at most ${MOST_BYTES / 1024} kB. Save it smaller; the logo is as it was.`);
  if (Number(request.headers.get('content-length')) > MOST_BYTES) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES) {
      await reader?.cancel();
      throw tooLarge();
    }
    parts.push(part.value);
  }
  if (size === 0) throw refuse('empty', 'Nothing was sent. Send the bytes of the picture as the body.');
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch {
    throw refuse('picture_broken', 'The picture is broken: its size cannot be read. The logo is as it was.');
  }
}

const refuse = (reason: Reason, message: string) =>
  new AppError('invalid_input', message, { reason, fields: [{ path: 'body', message, reason }] });
