import { WebSocket } from 'ws';
import type { z } from 'zod';
import type { AnyContract } from '#shared/contracts/index.ts';
import { problem } from '#shared/contracts/parts.ts';
import { HOSTILE_BODIES, HOSTILE_JSON, HOSTILE_QUERY, HOSTILE_SEGMENTS, seeded, spoil } from './hostile-values.ts';
import { ALL_CONTRACTS, DEAR, VALID_BODIES } from './valid-bodies.ts';
import { demoMember } from '../demo-member.ts';
import type { TrustRow, TrustStage } from './trust-row.ts';

const INPUTS = 1_000_000;
const AT_ONCE = 12;
/** What is still held after it all, once garbage is collected. */
const MOST_HEAP_MB = 100;
const DEAR_SHARE = 0.02;

/** Near-valid, malformed, huge and strange input on every route: nothing of ours breaks, and every answer has its documented shape. */
export const fuzz: TrustRow = {
  row: 'C7',
  promise: 'any input gets a clear answer: 0 × 5xx, 0 answers off schema',
  async run(stage) {
    const random = seeded(stage.seed);
    const total = stage.scaled(INPUTS);
    const member = await demoMember(stage.stack);
    const found: string[] = [];
    const statuses: Record<string, number> = {};
    let sent = 0;
    let cut = 0;
    const lane = async () => {
      while (sent < total) {
        const input = pickInput(random);
        if (!input) continue;
        sent++;
        const answer = await reach(stage, member, input);
        if (!answer) {
          cut++;
          continue;
        }
        const { status, text, type } = answer;
        statuses[`${Math.floor(status / 100)}xx`] = (statuses[`${Math.floor(status / 100)}xx`] ?? 0) + 1;
        const fault = judge(input.contract, status, text, type);
        if (fault && found.length < 20)
          found.push(`${fault}: ${input.contract.method} ${input.path.slice(0, 120)} ${input.note} → ${status} ${text.slice(0, 200)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    for (const line of found) stage.say(line);
    const heap = await heapMb(stage);
    const alive = (await fetch(`${stage.stack.origin}/health`)).status === 200;
    return {
      ok: found.length === 0 && alive && heap < MOST_HEAP_MB,
      figures: {
        inputs: sent,
        contracts: ALL_CONTRACTS.length,
        faults: found.length,
        cutConnections: cut,
        heapMb: Math.round(heap),
        ...statuses,
      },
    };
  },
};

interface Input {
  contract: AnyContract;
  path: string;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  type: string;
  note: string;
}

function pickInput(random: () => number): Input | null {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const contract = one(ALL_CONTRACTS);
  if (DEAR.test(contract.path) && random() > DEAR_SHARE) return null;
  const isPathHostile = random() < 0.15;
  let path = contract.path.replaceAll(/:\w+/g, (name) =>
    isPathHostile ? one(HOSTILE_SEGMENTS) : name === ':provider' ? 'meta' : 'lch_00000000000000000000000000',
  );
  if (contract.query && random() < 0.8) {
    const names = Object.keys((contract.query as unknown as { shape?: object }).shape ?? {});
    path += `?${names.flatMap((name) => (random() < 0.7 ? [`${name}=${one(HOSTILE_QUERY)}`] : [])).join('&')}`;
  }
  const valid = VALID_BODIES[`${contract.method} ${contract.path}`];
  if (!contract.body || valid === undefined) return { contract, path, body: undefined, type: '', note: '' };
  const kind = random();
  if (kind < 0.1) return { contract, path, body: one(HOSTILE_BODIES), type: 'application/json', note: 'a hostile body' };
  if (kind < 0.13)
    return {
      contract,
      path,
      body: JSON.stringify(valid),
      type: one(['text/plain', 'multipart/form-data', 'application/xml', '']),
      note: 'another type',
    };
  const { text, place } = spoil(valid, random, one(HOSTILE_JSON));
  return { contract, path, body: text, type: 'application/json', note: place };
}

/** A refusal that did not wait for the body ends its connection, so a pooled one may be found closed: asked again a few times. */
async function reach(
  stage: TrustStage,
  member: { token(): string },
  input: Input,
): Promise<{ status: number; text: string; type: string } | null> {
  for (let tries = 0; tries < 6; tries++)
    try {
      const answer = await fetch(stage.stack.origin + input.path, {
        method: input.contract.method,
        redirect: 'manual',
        ...(input.body === undefined ? {} : { body: input.body }),
        headers: {
          authorization: `Bearer ${member.token()}`,
          origin: 'https://page.example.com',
          ...(input.type ? { 'content-type': input.type } : {}),
        },
      });
      return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
    } catch {
      continue;
    }
  return null;
}

/** What is wrong with an answer; null = nothing. */
function judge(contract: AnyContract, status: number, text: string, type: string): string | null {
  if (status >= 500 && status !== 503) return 'a failure of ours';
  if (text.includes('x'.repeat(1_000))) return 'echoes what it was sent';
  if (status >= 400) {
    if (!type.startsWith('application/problem+json')) return 'no problem body';
    const said = problem.safeParse(JSON.parse(text));
    if (!said.success) return 'another shape';
    return said.data.code === 'invalid_input' && !said.data.fields?.length ? 'names no field' : null;
  }
  if (status >= 300 || status === 204) return null;
  return (contract.response as z.ZodType).safeParse(JSON.parse(text)).success ? null : 'an answer off its schema';
}

/** The Worker's heap after a collection, in MB, by the inspector of workerd. */
async function heapMb({ stack }: TrustStage): Promise<number> {
  const [target] = (await (await fetch(new URL('/json', httpOf(await stack.worker.mf.getInspectorURL())))).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  if (!target) throw new Error('The inspector names no isolate.');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const ask = (id: number, method: string) =>
    new Promise<{ usedSize?: number }>((resolve) => {
      const hear = (data: Buffer) => {
        const said = JSON.parse(data.toString('utf8')) as { id?: number; result?: { usedSize?: number } };
        if (said.id !== id) return;
        socket.off('message', hear);
        resolve(said.result ?? {});
      };
      socket.on('message', hear);
      socket.send(JSON.stringify({ id, method }));
    });
  await ask(1, 'HeapProfiler.collectGarbage');
  const { usedSize } = await ask(2, 'Runtime.getHeapUsage');
  socket.close();
  if (usedSize === undefined) throw new Error('The inspector does not tell the heap.');
  return usedSize / 1_048_576;
}
const httpOf = (url: URL): URL => new URL(url.href.replace(/^ws/, 'http'));
