import type { Answer } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';

/** Every refusal is a 200 whose body carries the code; `data` is empty then. */
export interface Envelope {
  code: number;
  message: string;
  requestId: string | null;
  data: unknown;
}

export const CODES = { ok: 0, partial: 20001, badVideo: 40053, transcoding: 40901, taskNotReady: 40201 } as const;

/**
 * Throttles, with the seconds after which asking again is worth a call. The second's limit is over at once. Which of the others stands
 * for the minute (five minutes of block) and which for the day is not confirmed, and asking during a block does not lengthen it: so
 * neither is believed for longer than a short pause.
 */
const THROTTLES: Readonly<Record<number, number>> = { 40100: 1, 40132: 1, 40016: 3, 40133: 3 };
/** Definitely nothing was made, and it passes by itself: the video is still transcoded, the task still runs. */
const NOT_YET: Readonly<Record<number, number>> = { [CODES.transcoding]: 3, [CODES.taskNotReady]: 2 };
/** A token that ended, is missing or was taken away, and a code that is none: the person has to give consent again. */
const AUTH = new Set([40102, 40103, 40104, 40105, 40107, 40110]);
/** Plain noes: parameters, permissions, what does not exist or is not implemented, an app that is not let in, files of the wrong kind. */
const REFUSALS = new Set([40000, 40001, 40002, 40006, 40007, 40008, 40009, 40011, 40051, 40053, 40065, 40101, 40113, 40118, 40900]);
const ADVERTISER_GONE = 40300;

/** By code only: texts are localised and change. What is not documented as a plain no may have come after the object was made. */
function classify(code: number): FailureClass {
  if (THROTTLES[code] !== undefined || NOT_YET[code] !== undefined) return 'throttled';
  if (AUTH.has(code)) return 'auth';
  if (code === ADVERTISER_GONE) return 'missing';
  // 40050 (this request is known already) and 40911 (this file name is taken) say that it is there: it is looked for like anything unclear.
  return REFUSALS.has(code) ? 'refused' : 'unknown';
}

/** Whether a refusal is about the pace of our calls, and for how many seconds. */
export const throttleSeconds = ({ detail }: PlatformError): number | null => THROTTLES[Number(detail.code)] ?? null;

export function envelopeOf(json: unknown): Envelope | null {
  if (typeof json !== 'object' || json === null) return null;
  const { code, message, request_id: id, data } = json as Record<string, unknown>;
  if (typeof code !== 'number') return null;
  return { code, message: typeof message === 'string' ? message : '', requestId: typeof id === 'string' ? id : null, data };
}

/** What an answer that is not code 0 came to. One without an envelope is unknown, whatever its status: it may have been applied. */
export function mapError(answer: Pick<Answer, 'status' | 'json'>): PlatformError {
  const said = envelopeOf(answer.json);
  if (said === null)
    return new PlatformError('unknown', `An answer that cannot be read (status ${answer.status}).`, {
      platform: 'tiktok',
      httpStatus: answer.status,
    });
  return codeError(said, answer.status);
}

function codeError({ code, message, requestId }: Pick<Envelope, 'code' | 'message' | 'requestId'>, httpStatus = 200): PlatformError {
  const retryAfterSeconds = THROTTLES[code] ?? NOT_YET[code];
  return new PlatformError(httpStatus === 200 ? classify(code) : 'unknown', message === '' ? 'No reason was given.' : message, {
    platform: 'tiktok',
    code: String(code),
    httpStatus,
    raw: { code, message, request_id: requestId },
    ...(requestId === null ? {} : { traceId: requestId }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
