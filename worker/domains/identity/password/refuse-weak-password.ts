import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { isLeaked } from './is-leaked.ts';
import { weaknessOf } from './weakness-of.ts';

/**
 * For every password somebody chooses, before it is hashed.
 * @throws invalid_input naming the field `password`, with what is wrong with it
 */
export async function refuseWeakPassword(ports: Ports, password: string, about: { email: string; name: string }): Promise<void> {
  const weakness =
    weaknessOf(password, about) ??
    ((await isLeaked(ports, password))
      ? ({
          reason: 'password_leaked',
          message:
            'This password stands in lists of leaked passwords, so it is guessed first. Choose another one, and change it wherever else you use it.',
        } as const)
      : null);
  if (weakness !== null)
    throw new AppError('invalid_input', `${weakness.message} Nothing was changed.`, { fields: [{ path: 'password', ...weakness }] });
}
