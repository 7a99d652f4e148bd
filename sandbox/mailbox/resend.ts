import type { Mail, NewMail } from './mail.ts';

export const refuse = (statusCode: number, name: string, message: string): Response =>
  Response.json({ statusCode, name, message }, { status: statusCode });

/** POST /emails as https://resend.com/docs/api-reference/emails/send-email describes it; a repeated idempotency key answers as before. */
export function sendByResend(
  text: string,
  headers: Headers,
  { keys, keep }: { keys: Record<string, string>; keep(mail: NewMail): Mail },
): Response {
  const key = headers.get('idempotency-key');
  const before = key === null ? undefined : keys[key];
  if (before !== undefined) return Response.json({ id: before });
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refuse(422, 'validation_error', 'The body is not JSON');
  }
  const { from, to, subject } = given;
  const missing = Object.entries({ from, to, subject }).find(([, value]) => value === undefined)?.[0];
  if (missing !== undefined) return refuse(422, 'missing_required_field', `Missing \`${missing}\` field.`);
  if (given['html'] === undefined && given['text'] === undefined)
    return refuse(422, 'missing_required_field', 'Missing `html` or `text` field.');
  const addresses = [to].flat().map(String);
  if (addresses.some(isUndeliverable))
    return refuse(422, 'validation_error', 'Invalid `to` field. The email address needs to follow the `email@example.com` format.');
  const mail = keep({
    from: String(from),
    to: addresses,
    subject: String(subject),
    html: typeof given['html'] === 'string' ? given['html'] : null,
    text: typeof given['text'] === 'string' ? given['text'] : null,
    headers: (given['headers'] ?? {}) as Record<string, string>,
    metadata: {},
  });
  if (key !== null) keys[key] = mail.id;
  return Response.json({ id: mail.id });
}

/** An address that no provider takes: "refused" as its local part. */
export const isUndeliverable = (address: string): boolean => /^refused(?:\+[^@]*)?@/.test(address);
