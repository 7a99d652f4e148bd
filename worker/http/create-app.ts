import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { readSettings } from '../env.ts';
import { createPorts } from '../kernel/create-ports.ts';
import { openDatabase } from '../kernel/database.ts';
import { AppError, toProblem } from '../kernel/errors.ts';
import { createLog } from '../observability/log.ts';
import { reportDone } from '../observability/report.ts';
import { startTrace } from '../observability/trace.ts';
import { answerProblem } from './answer-problem.ts';
import { createBind, type App, type AppEnv, type RouteFact } from './bind-contract.ts';
import { serveOpenapi } from './openapi/serve-openapi.ts';
import { readCaller } from './read-caller.ts';
import { answerPreflight, showRefusal } from './middleware/embed.ts';
import { domainRoutes } from './mounts.ts';
import { serveWidget } from './serve-widget.ts';

/** Middleware in the order it runs, then every domain's routes: the table of contents of the API. */
export function createApp(): App {
  const app: App = new Hono<AppEnv>();

  app.get('/widget/*', serveWidget);
  app.use(withPorts);
  app.use(withHeaders);
  // Uploads stream straight to storage and carry their own cap.
  app.use('/v1/*', (c, next) => (c.req.method === 'PUT' && c.req.path.startsWith('/v1/media/uploads/') ? next() : withBodyLimit(c, next)));
  // Deliveries are capped where they are taken in; this one is a form.
  app.use('/webhooks/meta/data-deletion', withBodyLimit);
  app.options('/v1/embeds/*', (c) => answerPreflight(c.get('ports'), c.req.raw));
  app.use('/v1/embeds/*', async (c, next) => {
    await next();
    if (c.res.status < 400 || c.res.headers.has('access-control-allow-origin')) return;
    for (const [name, value] of Object.entries(await showRefusal(c.get('ports'), c.req.raw, c.res.status))) c.header(name, value);
  });

  const facts: RouteFact[] = [];
  const bind = createBind(app, facts);
  for (const routes of domainRoutes) routes(bind);
  serveOpenapi(app, facts);

  app.all('/v1/*', () => {
    throw new AppError('not_found', 'There is no such address. GET /v1/reference lists those there are.');
  });
  app.notFound(async (c) =>
    c.env.ASSETS
      ? c.env.ASSETS.fetch(c.req.raw)
      : c.json(toProblem(new AppError('not_found', 'There is nothing here.'), c.get('requestId')), 404),
  );
  app.onError(answerProblem);
  return app;
}

/** What a request brings along: its id, log, settings and database, closed when the answer's afterwork is done. */
const withPorts: MiddlewareHandler<AppEnv> = async (c, next) => {
  const settings = readSettings(c.env);
  const trace = startTrace(c.req.header('traceparent'), settings.OTLP_SAMPLE);
  const requestId = trace.id;
  const database = openDatabase(settings);
  const log = createLog({ req: requestId });
  const pending: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => {
    pending.push(work);
    c.executionCtx.waitUntil(work);
  };
  c.set('requestId', requestId);
  const ports = {
    ...createPorts({ settings, bindings: c.env, database, log, waitUntil, trace }),
    caller: await readCaller(settings, c.req.raw),
  };
  c.set('ports', ports);
  try {
    await next();
    const { status } = c.res;
    reportDone(ports, {
      kind: 'request',
      name: c.req.routePath,
      method: c.req.method,
      status,
      outcome: trace.outcome ?? (status < 400 ? 'ok' : `http_${status}`),
    });
  } finally {
    c.executionCtx.waitUntil(Promise.allSettled(pending).then(() => database.close()));
  }
  c.header('x-request-id', requestId);
};

const withHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (c.req.path.startsWith('/v1/')) c.header('cache-control', 'no-store');
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'strict-origin-when-cross-origin');
};

const withBodyLimit = bodyLimit({
  maxSize: 2_000_000,
  onError: () => {
    throw new AppError('too_large', 'The body may be at most 2 MB.');
  },
});
