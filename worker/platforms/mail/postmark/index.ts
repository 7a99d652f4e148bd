import { z } from 'zod';
import { send, type Answer, type Outside } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import { MAIL_TIMEOUT_MS, type MailPlatform } from '../mail-platform.ts';

const API = 'https://api.postmarkapp.com';
/** Name of our id in a message's metadata; at most 20 characters. */
const METADATA = 'inlay-mail';
const taken = z.object({ MessageID: z.string().min(1), ErrorCode: z.literal(0) });
const problem = z.object({ ErrorCode: z.number() });
const found = z.object({ Messages: z.array(z.object({ MessageID: z.string() })) });

/**
 * https://postmarkapp.com/developer/api/email-api. Postmark knows no idempotency key, so a mail that was tried before is first looked for
 * by our id in its metadata (https://postmarkapp.com/developer/api/messages-api).
 */
export const postmark: MailPlatform = {
  async send(outside, key, { id, from, to, subject, text, html, headers }, isRepeat) {
    const before = isRepeat ? await search(outside, key, id) : null;
    if (before !== null) return before;
    const answer = await send(outside, 'postmark', `${API}/email`, {
      method: 'POST',
      headers: { ...credentials(key), 'content-type': 'application/json' },
      body: JSON.stringify({
        From: from,
        To: to,
        Subject: subject,
        TextBody: text,
        HtmlBody: html,
        MessageStream: 'outbound',
        TrackOpens: false,
        TrackLinks: 'None',
        Metadata: { [METADATA]: id },
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
      }),
      timeoutMs: MAIL_TIMEOUT_MS,
    });
    const body = taken.safeParse(answer.json);
    if (answer.status === 200 && body.success) return body.data.MessageID;
    throw failed(answer);
  },
};

async function search(outside: Outside, key: string, id: string): Promise<string | null> {
  const answer = await send(
    outside,
    'postmark',
    `${API}/messages/outbound?count=1&offset=0&metadata_${METADATA}=${encodeURIComponent(id)}`,
    { headers: credentials(key), timeoutMs: MAIL_TIMEOUT_MS },
  );
  const body = found.safeParse(answer.json);
  if (answer.status !== 200 || !body.success) throw failed(answer, true);
  return body.data.Messages[0]?.MessageID ?? null;
}

const credentials = (key: string) => ({ accept: 'application/json', 'x-postmark-server-token': key });

function failed({ status, json }: Answer, isLook = false): PlatformError {
  const parsed = problem.safeParse(json);
  const code = parsed.success ? String(parsed.data.ErrorCode) : String(status);
  // A look that was refused says nothing about the mail.
  const failure = failureOf(status);
  return new PlatformError(isLook && failure === 'refused' ? 'unknown' : failure, `Postmark answered ${status} ${code}.`, {
    platform: 'postmark',
    code,
    httpStatus: status,
  });
}

/** https://postmarkapp.com/developer/api/overview#error-codes: 422 is about this mail, its address (300, 406) included. */
function failureOf(status: number): FailureClass {
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'auth';
  return status >= 400 && status < 500 ? 'refused' : 'unknown';
}
