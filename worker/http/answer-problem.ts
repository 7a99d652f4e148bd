import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ports } from '../kernel/context.ts';
import { AppError, toProblem } from '../kernel/errors.ts';
import { PlatformError } from '../platforms/platform-error.ts';
import { reportError } from '../observability/report.ts';
import type { AppEnv } from './bind-contract.ts';

/** Whatever was thrown, as RFC 9457 problem details with a code of the closed set. What the caller cannot help is logged. */
export const answerProblem: ErrorHandler<AppEnv> = (error, c) => {
  const known = asAppError(error);
  // Without settings there are no ports yet: then the platform's own log has the error.
  const ports = c.get('ports') as Ports | undefined;
  if (ports) {
    ports.trace.outcome = known.code;
    if (known.code === 'internal') reportError(ports, 'request.failed', error, { route: c.req.routePath });
    else if (known.code === 'unavailable' && known.cause) ports.log.error('request.failed', error, { route: c.req.routePath });
  }
  if (known.retryAfterSeconds) c.header('retry-after', String(known.retryAfterSeconds));
  c.header('content-type', 'application/problem+json');
  return c.body(JSON.stringify(toProblem(known, c.get('requestId'))), known.status as 400);
};

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException && error.status === 400)
    return new AppError('malformed', 'The body is not readable JSON.', { cause: error });
  if (error instanceof PlatformError) {
    if (error.failure === 'auth')
      return new AppError('not_connected', 'The platform no longer accepts our access. Reconnect it under Connections.', { cause: error });
    return error.failure === 'refused' || error.failure === 'missing'
      ? new AppError('platform_refused', `The platform refused: ${error.message}`, { cause: error })
      : new AppError('unavailable', 'The platform did not give a clear answer. Nothing was lost; try again in a minute.', {
          cause: error,
          retryAfterSeconds: 60,
        });
  }
  return new AppError(
    'internal',
    'Something failed on our side. Nothing you typed was used; try again, and give us the request id if it stays.',
    { cause: error },
  );
}
