import type { Mail, NewMail } from './mail.ts';
import { isUndeliverable } from './resend.ts';

export const refuse = (status: number, ErrorCode: number, Message: string): Response => Response.json({ ErrorCode, Message }, { status });

/** POST /email as https://postmarkapp.com/developer/api/email-api describes it: it knows no idempotency key. */
export function sendByPostmark(text: string, keep: (mail: NewMail) => Mail): Response {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refuse(422, 402, 'Received invalid JSON input.');
  }
  const { From, To, Subject, TextBody, HtmlBody, Headers = [], Metadata = {} } = given;
  if (typeof From !== 'string' || typeof To !== 'string') return refuse(422, 300, "Invalid 'From' or 'To' address.");
  if (TextBody === undefined && HtmlBody === undefined) return refuse(422, 300, 'Provide either email TextBody or HtmlBody or both.');
  if (isUndeliverable(To)) return refuse(422, 406, 'You tried to send to a recipient that has been marked as inactive.');
  const mail = keep({
    from: From,
    to: [To],
    subject: String(Subject),
    html: typeof HtmlBody === 'string' ? HtmlBody : null,
    text: typeof TextBody === 'string' ? TextBody : null,
    headers: Object.fromEntries((Headers as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value])),
    metadata: Metadata as Record<string, string>,
  });
  return Response.json({ To, SubmittedAt: mail.at, MessageID: mail.id, ErrorCode: 0, Message: 'OK' });
}

/** GET /messages/outbound with metadata_<name>=<value>. */
export function searchPostmark(mails: readonly Mail[], url: URL): Response {
  const wanted = [...url.searchParams].flatMap(([name, value]) => (name.startsWith('metadata_') ? [[name.slice(9), value] as const] : []));
  const found = mails.filter((mail) => wanted.every(([name, value]) => mail.metadata[name] === value));
  return Response.json({
    TotalCount: found.length,
    Messages: found.slice(0, Number(url.searchParams.get('count') ?? 50)).map((mail) => ({
      MessageID: mail.id,
      Recipients: mail.to,
      ReceivedAt: mail.at,
      From: mail.from,
      Subject: mail.subject,
      Status: 'Sent',
      Metadata: mail.metadata,
    })),
  });
}
