import { defaultFaultPlan, noFaults, type FaultDice, type FaultPlan } from './faults.ts';
import type { Handle } from './node-http.ts';
import type { RequestLog } from './request-log.ts';
import type { Vendor } from './vendor.ts';
import type { WebhookSender } from './webhook-sender.ts';

export interface ControlParts {
  seed: number;
  vendors: readonly Vendor[];
  faults: FaultDice;
  log: RequestLog;
  webhooks: WebhookSender;
  reset(): void;
  touch(): void;
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}

/** A plan over HTTP: `{ "default": true, "seed": 3 }`, or any part of a plan over a calm sea. */
function readPlan(body: unknown, seed: number): FaultPlan {
  const given = (body ?? {}) as Partial<FaultPlan> & { default?: boolean };
  const { default: useDefault, ...part } = given;
  const base = useDefault === true ? defaultFaultPlan(part.seed ?? seed) : noFaults(part.seed ?? seed);
  return { ...base, ...part, webhooks: { ...base.webhooks, ...part.webhooks } };
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** The steering wheel for other processes: /_sandbox/... in JSON. It is no part of any vendor's API. */
export function createControl(parts: ControlParts): Handle {
  const { vendors, faults, log, webhooks } = parts;

  const oracle = (url: URL): Response => {
    const wanted = url.searchParams.get('platform') ?? url.searchParams.get('vendor');
    const vendor = vendors.find((one) => one.name === wanted);
    if (wanted !== null && vendor === undefined) return json({ error: `no vendor ${wanted}` }, 404);
    const shown = vendor === undefined ? vendors : [vendor];
    const objects = Object.fromEntries(shown.map((one) => [one.name, one.objects()]));
    return json({
      objects: vendor === undefined ? objects : vendor.objects(),
      calls: Object.fromEntries(log.counts),
      faults: Object.fromEntries(log.faults),
      violations: log.violations,
    });
  };

  const own = async (method: string, name: string, request: Request, url: URL): Promise<Response | undefined> => {
    switch (`${method} ${name}`) {
      case 'GET health':
        return json({ ok: true, seed: parts.seed, vendors: vendors.map((vendor) => vendor.name) });
      case 'GET objects':
        return oracle(url);
      case 'GET faults':
        return json(faults.plan);
      case 'PUT faults':
        faults.set(readPlan(await readJson(request), parts.seed));
        return json(faults.plan);
      case 'POST reset':
        parts.reset();
        return json({ ok: true });
      case 'GET webhooks':
        return json({ deliveries: webhooks.deliveries });
      case 'GET log':
        return json({ requests: log.requests, counts: Object.fromEntries(log.counts), violations: log.violations });
      default:
        return undefined;
    }
  };

  return async (request) => {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/_sandbox\//, '');
    try {
      const answer = await own(request.method, path, request, url);
      if (answer !== undefined) return answer;
      const [name = '', ...rest] = path.split('/');
      const vendor = vendors.find((one) => one.name === name);
      const result = await vendor?.control(request.method, `${rest.join('/')}${url.search}`, await readJson(request));
      if (result === undefined) return json({ error: `no such control route: ${path}` }, 404);
      parts.touch();
      return json(result);
    } catch (error) {
      return json({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
  };
}
