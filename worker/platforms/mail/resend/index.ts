import { z } from 'zod';
import { send, type Answer } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import { MAIL_TIMEOUT_MS, type MailPlatform } from '../mail-platform.ts';

const taken = z.object({ id: z.string().min(1) });
const problem = z.object({ name: z.string() });

/** https://resend.com/docs/api-reference/emails/send-email: the idempotency key holds for 24 hours, longer than we try. */
export const resend: MailPlatform = {
  async send(outside, key, { id, from, to, subject, text, html, headers }) {
    const answer = await send(outside, 'resend', 'https://api.resend.com/emails', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ from, to: [to], subject, text, html, headers }),
      timeoutMs: MAIL_TIMEOUT_MS,
    });
    const body = taken.safeParse(answer.json);
    if (answer.status === 200 && body.success) return body.data.id;
    throw failed(answer);
  },
};

function failed({ status, json, headers }: Answer): PlatformError {
  const parsed = problem.safeParse(json);
  const code = parsed.success ? parsed.data.name : String(status);
  const wait = Number(headers.get('retry-after'));
  return new PlatformError(failureOf(status, code), `Resend answered ${status} ${code}.`, {
    platform: 'resend',
    code,
    httpStatus: status,
    ...(wait > 0 ? { retryAfterSeconds: wait } : {}),
  });
}

/** https://resend.com/docs/api-reference/errors */
function failureOf(status: number, code: string): FailureClass {
  if (status === 429 || code === 'concurrent_idempotent_requests') return 'throttled';
  // A key that is wrong or a domain that is not proven is the operator's to mend: the mail waits for it.
  if (status === 401 || status === 403) return 'auth';
  return status >= 400 && status < 500 ? 'refused' : 'unknown';
}
