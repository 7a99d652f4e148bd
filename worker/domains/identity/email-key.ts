/** One key per mailbox: trimmed, NFKC, lower case. Look-alike letters stay different on purpose: they are different mailboxes. */
export const emailKey = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
