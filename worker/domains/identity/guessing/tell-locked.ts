import { createContext, NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import { queueSecurityNotice, type Addressee } from '../security-notice.ts';
import { MOST_FAILURES } from './count-guess.ts';

/** Once, for the guess that locks, and after the answer: an address without an account is answered as fast. */
export function tellLocked(ports: Ports, user: Addressee, failures: number): void {
  if (failures !== MOST_FAILURES) return;
  const ctx = createContext(ports, NO_ORGANIZATION, { kind: 'job', job: 'guessing' });
  ports.waitUntil(
    ctx.transaction(async (tx) => {
      await tx.audit('identity.locked', user.id);
      await queueSecurityNotice(ctx, tx, user, 'account_locked');
    }),
  );
}
