/** One mail as the provider took it. */
export interface Mail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  /** The sender's own marks, by which a mail can be found again. */
  metadata: Record<string, string>;
  at: string;
}
export type NewMail = Omit<Mail, 'id' | 'at'>;
