import type { Context } from '../../kernel/context.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { accessRefused } from './access-refused.ts';

/**
 * Work with a platform under a connection. Access that the platform no longer accepts is renewed where it can be, else noted on the
 * connection; an error goes on in any case: after a renewal one that says to come again.
 */
export async function whileConnected<T>(ctx: Context, connectionId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PlatformError) || error.failure !== 'auth' || !(await accessRefused(ctx, connectionId, error))) throw error;
    const again = 'The access was renewed on the way.';
    throw new PlatformError('throttled', again, { platform: error.detail.platform, code: 'renewed', retryAfterSeconds: 1 });
  }
}
