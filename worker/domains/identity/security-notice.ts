import type { InferSelectModel } from 'drizzle-orm';
import type { users } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { queueMail, type MailData } from '../mail/index.ts';
import { deviceName } from './device-name.ts';

export type Addressee = Pick<InferSelectModel<typeof users>, 'id' | 'email' | 'name' | 'locale'>;

/** Tells a person, in the caller's transaction, what happened to the safety of their account, from which device and place; the link leads to their sessions. */
export async function queueSecurityNotice(ctx: Context, tx: Tx, to: Addressee, what: MailData<'security_notice'>['what']): Promise<void> {
  const { caller, settings } = ctx.ports;
  await queueMail(ctx, tx, {
    template: 'security_notice',
    to: to.email,
    locale: to.locale,
    userId: to.id,
    data: {
      name: to.name,
      what,
      at: ctx.now().toISOString(),
      place: caller?.place ?? null,
      device: deviceName(caller?.userAgent ?? null),
      link: new URL('/settings/security', settings.APP_ORIGIN).href,
    },
  });
}
