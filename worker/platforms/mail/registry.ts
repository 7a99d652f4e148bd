import type { MailPlatform } from './mail-platform.ts';
import { postmark } from './postmark/index.ts';
import { resend } from './resend/index.ts';

/** Names of the setting MAIL_PROVIDER. */
const PLATFORMS = { resend, postmark } as const;
export const mailPlatform = (name: keyof typeof PLATFORMS): MailPlatform => PLATFORMS[name];
