import type { MailData, MailTemplate } from '../mail.ts';

/** What one mail says, before it becomes text and HTML. */
export interface Words {
  subject: string;
  /** Shown by mailboxes beside the subject. */
  preheader: string;
  greeting: string;
  lines: string[];
  /** Label of the button that opens the mail's link. */
  button?: string;
  /** A code to type, in large signs. */
  code?: string;
  /** Rows of a small table; a value that is null is unknown. */
  facts?: [label: string, value: string | null][];
  /** After the button: how long it is good, what to do if it was not you. */
  after: string[];
}
/** Values in the form of the reader's language. */
export interface Values {
  /** What somebody else typed, harmless inside a sentence of ours. */
  name(text: string): string;
  /** An instant, in UTC and said so. */
  instant(iso: string): string;
  number(value: number | null): string | null;
}
export interface MailWords {
  templates: { [T in MailTemplate]: (data: MailData<T>, values: Values) => Words };
  /** Above the address, for readers whose button does nothing. */
  linkNote: string;
  sentTo(address: string): string;
  /** Why this person gets it, in the small print. */
  why: Record<MailTemplate, string>;
  unsubscribe: string;
}
