import type { Outside } from '../http/send.ts';

export interface OutgoingMail {
  /** Our own id: the provider's key against a second copy. */
  id: string;
  /** "Name <address>" */
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** Who carries mail to its reader. One call, no retry inside; mails come again by decision of the job. */
export interface MailPlatform {
  /**
   * @param isRepeat this mail was tried before and may have been taken then
   * @returns the provider's id of the mail; the same one when it had taken it before
   * @throws PlatformError refused: this mail will never be taken; all else may pass
   */
  send(outside: Outside, key: string, mail: OutgoingMail, isRepeat: boolean): Promise<string>;
}

/** One call of a provider; below the time for which a mail is claimed. */
export const MAIL_TIMEOUT_MS = 20_000;
