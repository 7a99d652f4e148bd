import type { MailData, MailTemplate } from './mail.ts';

/** A mail's words in the reader's language. */
export function renderMail<T extends MailTemplate>(template: T, _locale: string, data: MailData<T>): { subject: string; text: string } {
  return { subject: template, text: 'link' in data ? data.link : JSON.stringify(data) };
}
