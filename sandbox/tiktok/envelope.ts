import type { TiktokCall } from './call.ts';
import { THROTTLE_CODES } from './limits.ts';
import { CODES, TiktokError } from './tiktok-error.ts';
import { FileAnswer, Partial20001, type TiktokWorld } from './world.ts';

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}

/** Every refusal is a 200 with the code in its body and an empty `data` [S/T]. */
export function errorResponse(requestId: string, error: TiktokError): Response {
  return json({ code: error.code, message: error.message, request_id: requestId, data: {} }, error.status);
}

/** Something new in an answer, as platforms add fields without telling anybody. */
const withExtra = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data, undocumented_field: { added: true } } : data;

export function okResponse(world: TiktokWorld, call: TiktokCall, answer: unknown): Response {
  if (answer instanceof FileAnswer) {
    return new Response(answer.body, {
      headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${answer.name}"` },
    });
  }
  const isPartial = answer instanceof Partial20001;
  const data = isPartial ? answer.data : answer;
  return json({
    code: isPartial ? CODES.partial : CODES.ok,
    message: isPartial ? answer.message : 'OK',
    request_id: call.requestId,
    data: world.settings.extraFields ? withExtra(data) : data,
  });
}

/** A throttle has no headers and no moment to come back at: one of four codes, by seed. */
export function throttleResponse(world: TiktokWorld, call: TiktokCall, key: string): Response {
  const die = world.core.faults.roll(`tiktok throttle code ${key}`);
  const code = THROTTLE_CODES[Math.floor(die * THROTTLE_CODES.length)] ?? CODES.secondLimit;
  return errorResponse(call.requestId, new TiktokError(code, 'Too many requests. Please retry in some time.'));
}

/** Share of the platform's own failures that come as a true 5xx, from something in front of it. */
const PLAIN_5XX = 0.25;
const BROKEN_CODES = [CODES.internal, CODES.system, CODES.processing, CODES.systemBusy] as const;

/** The platform's own failure: usually a 200 with one of its codes. Whether the call took effect is never said. */
export function platformBroken(world: TiktokWorld, call: TiktokCall, key: string): Response {
  const die = world.core.faults.roll(`tiktok failure ${key}`);
  if (die < PLAIN_5XX)
    return new Response('<html><body><h1>502 Bad Gateway</h1></body></html>', { status: 502, headers: { 'content-type': 'text/html' } });
  const code = BROKEN_CODES[Math.floor(((die - PLAIN_5XX) / (1 - PLAIN_5XX)) * BROKEN_CODES.length)] ?? CODES.system;
  return errorResponse(call.requestId, new TiktokError(code, 'System error. Please try again later.'));
}
