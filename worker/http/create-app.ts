import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { domainRoutes } from './mounts.ts';
import { readSettings, type Env } from '../env.ts';
import { createPorts } from '../kernel/context.ts';
import { openDatabase } from '../kernel/database.ts';
import { AppError, toProblem } from '../kernel/errors.ts';
import { newId } from '../kernel/prefixed-id.ts';
import { PlatformError } from '../platforms/platform-error.ts';
import { createLog } from '../observability/log.ts';
import { createBind, type App, type HttpVariables, type RouteFact } from './bind-contract.ts';
import { answerPreflight, showRefusal } from './middleware/embed.ts';

export const routeFacts: RouteFact[] = [];

/** Middleware in the order it runs, then every domain's routes: the table of contents of the API. */
export function createApp(): Hono<{ Bindings: Env; Variables: HttpVariables }> {
  const app = new Hono<{ Bindings: Env; Variables: HttpVariables }>();

  app.use(async (c, next) => {
    const started = Date.now();
    const requestId = newId('req');
    const settings = readSettings(c.env);
    const database = openDatabase(settings);
    const log = createLog({ req: requestId });
    const pending: Promise<unknown>[] = [];
    c.set('requestId', requestId);
    c.set(
      'ports',
      createPorts({
        settings,
        bindings: c.env,
        database,
        log,
        waitUntil: (work) => {
          pending.push(work);
          c.executionCtx.waitUntil(work);
        },
      }),
    );
    try {
      await next();
    } finally {
      c.executionCtx.waitUntil(Promise.allSettled(pending).then(() => database.close()));
    }
    c.header('x-request-id', requestId);
    log.info('request', { method: c.req.method, route: c.req.routePath, status: c.res.status, ms: Date.now() - started });
  });
  app.use(async (c, next) => {
    await next();
    if (c.req.path.startsWith('/v1/')) c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'strict-origin-when-cross-origin');
  });
  // Uploads stream straight to storage and carry their own cap.
  app.use('/v1/*', async (c, next) =>
    c.req.method === 'PUT' && c.req.path.startsWith('/v1/media/uploads/')
      ? next()
      : bodyLimit({
          maxSize: 2_000_000,
          onError: () => {
            throw new AppError('too_large', 'The body may be at most 2 MB.');
          },
        })(c, next),
  );
  app.options('/v1/embeds/*', (c) => answerPreflight(c.get('ports'), c.req.raw));
  app.use('/v1/embeds/*', async (c, next) => {
    await next();
    if (c.res.status < 400 || c.res.headers.has('access-control-allow-origin')) return;
    for (const [name, value] of Object.entries(await showRefusal(c.get('ports'), c.req.raw))) c.header(name, value);
  });

  const bind = createBind(app as unknown as App, routeFacts);
  for (const routes of domainRoutes) routes(bind);

  app.get('/health', async (c) => {
    const database = await c
      .get('ports')
      .database.within({})
      .read((q) => q.execute('select 1'))
      .then(
        () => 'ok',
        () => 'down',
      );
    return c.json({ ok: database === 'ok', database }, database === 'ok' ? 200 : 503);
  });
  app.all('/v1/*', () => {
    throw new AppError('not_found', 'There is no such address. The contracts are in shared/contracts.');
  });
  app.notFound(async (c) =>
    c.env.ASSETS
      ? c.env.ASSETS.fetch(c.req.raw)
      : c.json(toProblem(new AppError('not_found', 'There is nothing here.'), c.get('requestId')), 404),
  );

  app.onError((error, c) => {
    const requestId = c.get('requestId');
    const known = asAppError(error);
    if (known.code === 'internal' || (known.code === 'unavailable' && known.cause))
      c.get('ports')?.log.error('request.failed', error, { route: c.req.routePath });
    if (known.retryAfterSeconds) c.header('retry-after', String(known.retryAfterSeconds));
    c.header('content-type', 'application/problem+json');
    return c.body(JSON.stringify(toProblem(known, requestId)), known.status as 400);
  });
  return app;
}

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
