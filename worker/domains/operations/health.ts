import type { Ports } from '../../kernel/context.ts';
import { checkParts } from './check-parts.ts';

/** Which part is unwell, for probes. 503 only without the database: with any other part away most of the product works. */
export async function answerHealth(ports: Ports): Promise<Response> {
  const { parts } = await checkParts(ports);
  const has = (state: string) => parts.some((part) => part.state === state);
  const isDown = parts.some((part) => part.name === 'database' && part.state === 'down');
  return Response.json(
    { ok: !isDown, state: isDown ? 'down' : has('down') || has('slow') ? 'degraded' : 'ok', parts },
    { status: isDown ? 503 : 200, headers: { 'cache-control': 'no-store' } },
  );
}
