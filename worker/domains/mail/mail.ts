import { z } from 'zod';

/** Every mail there is, with what its words need. Links carry their secret behind '#', which no server sees. */
export const MAIL_TEMPLATES = {
  confirm_sign_up: z.object({ name: z.string(), link: z.string() }),
  /** Sent instead of confirm_sign_up when the address has an account already. */
  already_have_account: z.object({ name: z.string(), link: z.string() }),
  welcome: z.object({ name: z.string(), organization: z.string(), link: z.string() }),
  magic_link: z.object({ name: z.string(), link: z.string(), place: z.string().nullable(), device: z.string().nullable() }),
  reset_password: z.object({ name: z.string(), link: z.string() }),
  proof_code: z.object({ name: z.string(), code: z.string() }),
  change_email: z.object({ name: z.string(), link: z.string() }),
  invitation: z.object({ organization: z.string(), invitedBy: z.string(), role: z.string(), link: z.string(), expiresAt: z.string() }),
  /** Something about the account's safety happened; `what` names it, `link` leads to the sessions. */
  security_notice: z.object({
    name: z.string(),
    what: z.enum([
      'password_changed',
      'password_reset',
      'email_change_asked',
      'email_changed',
      'second_factor_on',
      'second_factor_off',
      'recovery_code_used',
      'recovery_codes_new',
      'new_sign_in',
      'session_reused',
      'google_linked',
      'google_unlinked',
      'ownership_received',
      'support_let_in',
      'account_locked',
      'account_deletion',
      'account_deletion_waits',
      'organization_deletion',
    ]),
    at: z.string(),
    place: z.string().nullable(),
    device: z.string().nullable(),
    link: z.string(),
  }),
  /** An endpoint of the organization was switched off: it answered 410, or nothing it took for five days. */
  webhooks_off: z.object({
    name: z.string(),
    organization: z.string(),
    host: z.string(),
    reason: z.enum(['gone', 'failing']),
    link: z.string(),
  }),
  /** A launch above the organization's threshold waits for this person's word. `amount` is ready to print. */
  approval_asked: z.object({
    name: z.string(),
    organization: z.string(),
    launch: z.string(),
    account: z.string(),
    askedBy: z.string(),
    amount: z.string(),
    expiresAt: z.string(),
    link: z.string(),
  }),
  /** What came of it, to who asked. */
  approval_decided: z.object({
    name: z.string(),
    launch: z.string(),
    decidedBy: z.string(),
    decision: z.enum(['approved', 'declined']),
    reason: z.string().nullable(),
    link: z.string(),
  }),
  export_ready: z.object({ name: z.string(), link: z.string(), expiresAt: z.string() }),
  /** A shop's customer asked the merchant for their data; the copy about them is there for the merchant to hand on. */
  customer_copy_ready: z.object({ name: z.string(), organization: z.string(), shop: z.string(), link: z.string(), expiresAt: z.string() }),
  weekly_digest: z.object({
    name: z.string(),
    organization: z.string(),
    from: z.string(),
    until: z.string(),
    /** Ready to print in the reader's language; null = unknown. */
    spend: z.string().nullable(),
    revenue: z.string().nullable(),
    roas: z.string().nullable(),
    leads: z.number().nullable(),
    launches: z.number(),
    link: z.string(),
    /** Address that switches the digest off without signing in. */
    unsubscribe: z.string(),
  }),
} as const;
export type MailTemplate = keyof typeof MAIL_TEMPLATES;
export type MailData<T extends MailTemplate> = z.infer<(typeof MAIL_TEMPLATES)[T]>;

const DAY = 24 * 60;
/** Minutes after which a mail is worth nothing any more: the life of its link, or of its news. It is then given up. */
export const LIFE_MINUTES: Readonly<Record<MailTemplate, number>> = {
  confirm_sign_up: DAY,
  already_have_account: DAY,
  welcome: 3 * DAY,
  magic_link: 15,
  reset_password: 30,
  proof_code: 10,
  change_email: DAY,
  invitation: 7 * DAY,
  security_notice: 3 * DAY,
  webhooks_off: 3 * DAY,
  approval_asked: DAY,
  approval_decided: 3 * DAY,
  export_ready: DAY,
  customer_copy_ready: DAY,
  weekly_digest: 3 * DAY,
};
/** What anybody can have sent to somebody else: so many to one person an hour, as of links; more only fill a mailbox. */
export const MOST_AN_HOUR: Readonly<Partial<Record<MailTemplate, number>>> = { already_have_account: 5 };
/** The same for addresses whose owner has not said yes to us, counted by mailbox over everybody who asks. */
export const MOST_TO_A_STRANGER: Readonly<Partial<Record<MailTemplate, number>>> = { confirm_sign_up: 5, change_email: 5, invitation: 5 };
