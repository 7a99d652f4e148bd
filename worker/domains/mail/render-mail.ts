import { chooseLocale, type Locale } from '#shared/messages/locales.ts';
import type { MailData, MailTemplate } from './mail.ts';
import { toHtml } from './templates/to-html.ts';
import { toText } from './templates/to-text.ts';
import { isolated, valuesFor } from './templates/values.ts';
import { ar } from './templates/words.ar.ts';
import { en } from './templates/words.en.ts';
import { fr } from './templates/words.fr.ts';
import type { MailWords } from './templates/words.ts';

const WORDS: Record<Locale, MailWords> = { en, fr, ar };

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** A mail in the reader's language, as text and as HTML. */
export function renderMail<T extends MailTemplate>(template: T, to: string, wished: string, data: MailData<T>): RenderedMail {
  const locale = chooseLocale([wished]);
  const common = WORDS[locale];
  const words = common.templates[template](data, valuesFor(locale));
  const unsubscribe = 'unsubscribe' in data ? data.unsubscribe : null;
  const parts = {
    words,
    small: [common.sentTo(isolated(locale, to)), common.why[template]],
    link: 'link' in data ? data.link : null,
    unsubscribe,
  };
  return {
    subject: words.subject,
    text: toText(parts, common),
    html: toHtml(parts, common, locale),
    // RFC 8058: mailboxes show a button of their own that switches it off by one POST.
    headers: unsubscribe === null ? {} : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}
