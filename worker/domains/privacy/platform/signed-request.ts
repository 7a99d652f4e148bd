import { z } from 'zod';
import { fromBase64, fromUtf8, hmacSha256, sameBytes } from '../../../kernel/bytes.ts';

const payload = z.object({
  algorithm: z.literal('HMAC-SHA256'),
  user_id: z.string().regex(/^\d{1,32}$/),
  issued_at: z.number().optional(),
});

/**
 * Meta's signed request, `<signature>.<payload>` in base64url: https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback.
 * The signature is judged before anything is read. Null = not Meta's. `mark` is the
 * same for the same words, however their signature is spelled.
 */
export async function readSignedRequest(secret: string, text: string): Promise<{ userId: string; mark: string } | null> {
  const [signature, body, ...rest] = text.split('.');
  if (!signature || !body || rest.length > 0 || !/^[\w-]+={0,2}$/.test(signature) || !/^[\w-]+={0,2}$/.test(body)) return null;
  const given = decoded(signature);
  if (!given || !sameBytes(given, await hmacSha256(secret, body))) return null;
  const bytes = decoded(body);
  const parsed = bytes && payload.safeParse(safeJson(fromUtf8(bytes)));
  return parsed?.success ? { userId: parsed.data.user_id, mark: body } : null;
}

function decoded(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}
function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
