import { z } from 'zod';
import { isTimezone } from '../rules/day-of.ts';
import { isCurrency } from '../rules/money.ts';
import { ROLES } from '../rules/permissions.ts';
import { SHOP_ADDRESS } from '../rules/shop-address.ts';
import { WINDOW_DAYS } from '../rules/window-days.ts';
import type { Reason } from './reasons.ts';

/** What a rule of ours says when it is broken, and the reason that clients translate. */
const because = (reason: Reason, message: string) => ({ message, params: { reason } });

/** Words that several contracts share. */
export const instant = z.iso.datetime();
export const day = z.iso.date();
export const currency = z.string().regex(/^[A-Z]{3}$/);
/** A currency a caller chooses: one that money can be counted in. */
export const knownCurrency = currency.refine(isCurrency, because('currency_unknown', 'Use a currency such as EUR.'));
/** A timezone a caller chooses: one that days can be counted in. */
export const timezone = z.string().max(64).refine(isTimezone, because('timezone_unknown', 'Use an IANA name such as Europe/Paris.'));
/** Integer minor units of the currency beside it. */
export const minor = z.int();
export const id = z.string().min(3).max(64);
export const locale = z.enum(['en', 'fr', 'ar']);
export const role = z.enum(ROLES);
export const cursor = z.string().max(200).optional();
export const pageSize = z.coerce.number().int().min(1).max(200).default(50);
/** Length of a window in a body; `z.coerce` first where it stands in an address. */
export const windowDays = z.literal(WINDOW_DAYS);
export const shopAddress = z.string().regex(SHOP_ADDRESS, 'Give the shop address, such as name.myshopify.com.');
export const empty = z.object({});
/** At least 15 signs are advised, none are forbidden; what is on lists of leaked passwords is refused. */
export const newPassword = z.string().min(8, 'Use at least 8 characters.').max(256, 'Use at most 256 characters.');
export const emailAddress = z.string().trim().max(254).pipe(z.email('Enter an e-mail address such as name@company.com.'));
/** The secret of a link sent by mail. */
export const linkToken = z.string().min(20).max(200);

/** RFC 9457 problem with our closed set of codes. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** Which of the ways of failing under this code it was, where that is worth telling apart; the list grows. */
  reason: z.string().optional(),
  requestId: z.string(),
  /** The fields at fault, if the caller's input is: path in the body, what is wrong, what to do. */
  fields: z.array(z.object({ path: z.string(), message: z.string(), reason: z.string().optional() })).optional(),
  /** When it is worth trying again, in seconds from the answer; the header Retry-After says the same. */
  retryAfterSeconds: z.int().optional(),
});
export type Problem = z.infer<typeof problem>;
