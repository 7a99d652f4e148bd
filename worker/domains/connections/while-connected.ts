import type { Context } from '../../kernel/context.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { markConnectionExpired } from './mark-expired.ts';

/** Work with a platform under a connection. Access that the platform no longer accepts is noted on the connection; the error goes on in any case. */
export async function whileConnected<T>(ctx: Context, connectionId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlatformError && error.failure === 'auth') await markConnectionExpired(ctx, connectionId, error);
    throw error;
  }
}
