import { parseText, splitPath, type GraphCall, type GraphMethod } from './graph-call.ts';
import { GraphError, invalidParameter, platformBroken } from './graph-error.ts';
import { findNode } from './answer-call.ts';
import { requestKey, throttleOf } from './request-key.ts';
import type { MetaWorld } from './world.ts';

interface BatchItem {
  method: GraphMethod;
  relative_url: string;
  body?: string;
  name?: string;
  depends_on?: string | string[];
  omit_response_on_success?: boolean;
  access_token?: string;
}

export interface ItemAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export type AnswerItem = (call: GraphCall) => Promise<ItemAnswer>;

const MOST_ITEMS = 50;

/** `{result=name:$.id}` and `{result=name:$.data.0.id}`; the names are those of earlier items. */
function fillReferences(source: string, results: ReadonlyMap<string, unknown>): { text: string; missing: string | null } {
  let missing: string | null = null;
  const text = source.replace(/\{result=([^:}]+):\$\.([^}]+)\}/g, (_all, name: string, path: string) => {
    let value: unknown = results.get(name);
    for (const step of path.replace(/\[(\d+|\*)\]/g, '.$1').split('.')) {
      value = step === '*' ? value : (value as Record<string, unknown> | undefined)?.[step];
    }
    if (value === undefined) missing = name;
    return Array.isArray(value) ? value.map(String).join(',') : String(value);
  });
  return { text, missing };
}

function toCall(item: BatchItem, outer: GraphCall, results: ReadonlyMap<string, unknown>): GraphCall | string {
  const url = fillReferences(item.relative_url, results);
  const body = fillReferences(item.body ?? '', results);
  const missing = url.missing ?? body.missing;
  if (missing !== null) return missing;
  const parsed = new URL(url.text.replace(/^\//, ''), 'https://graph.facebook.com/');
  const { version, path } = splitPath(parsed.pathname);
  const params: Record<string, unknown> = {};
  for (const [name, value] of [...parsed.searchParams, ...new URLSearchParams(body.text)]) {
    params[name] = parseText(value);
  }
  const token = typeof params['access_token'] === 'string' ? params['access_token'] : (item.access_token ?? outer.token);
  delete params['access_token'];
  return {
    method: item.method,
    host: outer.host,
    version: version ?? outer.version,
    path,
    params,
    files: outer.files,
    token,
    requestId: outer.requestId,
  };
}

function readItems(call: GraphCall): BatchItem[] {
  const items = call.params['batch'];
  if (!Array.isArray(items)) throw invalidParameter('batch must be a list.');
  if (items.length > MOST_ITEMS) {
    throw new GraphError({ message: `Too many requests in batch message. Maximum batch size is ${MOST_ITEMS}`, code: 1 });
  }
  return items as BatchItem[];
}

/** Several ad sets of one campaign in one batch are refused by the platform. */
function refuseSecondAdset(call: GraphCall, seen: Set<string>): GraphError | null {
  if (call.method !== 'POST' || call.path[1] !== 'adsets') return null;
  const campaign = String(call.params['campaign_id']);
  if (seen.has(campaign)) return invalidParameter('Several ad sets of one campaign cannot be created in one batch.', 1885316);
  seen.add(campaign);
  return null;
}

/** Faults inside a batch: the outer answer stays 200, one item is refused, broken or null (applied or not). */
async function answerUnderFaults(world: MetaWorld, call: GraphCall, answer: AnswerItem): Promise<ItemAnswer | null> {
  const key = `batch item ${requestKey(world, call)}`;
  const { faults } = world.core;
  if (faults.covers('meta') && (faults.plan.batchNull ?? 0) > faults.roll(`meta null ${key}`)) {
    world.core.log.countFault('meta', 'batch null');
    return null;
  }
  const fate = faults.draw('meta', key, call.method !== 'GET');
  if (fate.kind !== 'none') world.core.log.countFault('meta', `batch ${fate.kind}`);
  const refusal = (error: GraphError): ItemAnswer => ({ status: error.status, headers: {}, body: error.body(call.requestId) });
  switch (fate.kind) {
    case 'none':
      return answer(call);
    case 'dead':
    case 'request-lost':
      return null;
    case 'throttle':
      return refusal(throttleOf(world, call, findNode(world, call, null)));
    case 'error500':
      if (fate.applied) await answer(call);
      return refusal(platformBroken());
    case 'answer-lost':
      await answer(call);
      return null;
    case 'late-apply':
      world.core.later(fate.afterMs, async () => {
        await answer(call);
      });
      return null;
  }
}

const waitsOf = ({ depends_on: names }: BatchItem): string[] => (typeof names === 'string' ? [names] : (names ?? []));

/** What later items wait for or refer to is answered with null when it worked, unless it asks for its answer. */
function isOmitted(item: BatchItem, items: readonly BatchItem[]): boolean {
  const { name } = item;
  const isUsed = (other: BatchItem) =>
    waitsOf(other).includes(name as string) || `${other.relative_url}${other.body ?? ''}`.includes(`{result=${name}:`);
  return item.omit_response_on_success ?? (name !== undefined && items.some(isUsed));
}

/** POST / with `batch`: items in order, each with its own code and a body in text, or null when time ran out. */
export async function answerBatch(world: MetaWorld, outer: GraphCall, answer: AnswerItem): Promise<unknown[]> {
  const results = new Map<string, unknown>();
  const failed = new Set<string>();
  const campaigns = new Set<string>();
  const answers: unknown[] = [];
  const items = readItems(outer);
  for (const item of items) {
    const waitsFor = waitsOf(item);
    const call = waitsFor.some((name) => failed.has(name)) ? waitsFor.join() : toCall(item, outer, results);
    if (typeof call === 'string') {
      if (item.name !== undefined) failed.add(item.name);
      answers.push(null); // what it depends on has failed: the platform does not run it
      continue;
    }
    const refused = refuseSecondAdset(call, campaigns);
    const given =
      refused === null
        ? await answerUnderFaults(world, call, answer)
        : { status: refused.status, headers: {}, body: refused.body(outer.requestId) };
    const isGood = given !== null && given.status === 200;
    if (item.name !== undefined) {
      if (isGood) results.set(item.name, given.body);
      else failed.add(item.name);
    }
    if (given === null || (isGood && isOmitted(item, items))) {
      answers.push(null);
      continue;
    }
    const headers = Object.entries(given.headers).map(([name, value]) => ({ name, value }));
    answers.push({
      code: given.status,
      ...(outer.params['include_headers'] === 'false' ? {} : { headers }),
      body: JSON.stringify(given.body),
    });
  }
  return answers;
}
