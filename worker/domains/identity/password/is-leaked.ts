import { toHex, utf8 } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';
import { samePassword } from './password-text.ts';

const WAIT_MS = 2_000;

/**
 * Whether a password stands in published leaks, asked by k-anonymity (https://haveibeenpwned.com/API/v3#PwnedPasswords): five hex digits
 * of its SHA-1 leave this Worker, several hundred answers come back, padded so that their number tells nothing. A list that cannot be
 * reached stops nobody, and the log says so.
 */
export async function isLeaked(ports: Ports, password: string): Promise<boolean> {
  const hash = toHex(await crypto.subtle.digest('SHA-1', utf8(samePassword(password)))).toUpperCase();
  const answer = await ports
    .outside(`https://api.pwnedpasswords.com/range/${hash.slice(0, 5)}`, {
      headers: { 'add-padding': 'true' },
      signal: AbortSignal.timeout(WAIT_MS),
    })
    .then(async (response) => {
      if (!response.ok) throw new Error(`The list of leaked passwords answered ${response.status}.`);
      return response.text();
    })
    .catch((error: unknown) => {
      ports.log.error('password.leaks_not_asked', error);
      return '';
    });
  // A padded line has the count 0.
  return answer.split('\n').some((line) => {
    const [suffix, count] = line.trim().split(':');
    return suffix === hash.slice(5) && Number(count) > 0;
  });
}
