import type { GraphCall } from './graph-call.ts';
import type { ThrottleKind } from './graph-error.ts';
import type { GraphObject } from './store.ts';
import type { MetaWorld } from './world.ts';

const nameOf = (world: MetaWorld, id: string): string => {
  const node = world.store.get(id);
  return node === undefined
    ? 'unknown'
    : `${node.kind}:${String(node.fields['name'] ?? node.fields['title'] ?? node.fields['hash'] ?? node.id)}`;
};

/**
 * Words that name a request the same way in every run of one seed: ids are handed out in arrival order, so they are
 * replaced by the names of what they point to.
 */
export function requestKey(world: MetaWorld, call: GraphCall): string {
  const [id, edge] = call.path;
  const subject = id === undefined ? 'root' : id.startsWith('act_') || id === 'me' ? id : nameOf(world, id);
  const { name, title, status, upload_phase: phase, start_offset: offset, after, filtering, fields } = call.params;
  const filters = filtering === undefined ? '' : JSON.stringify(filtering).replace(/\d{12,}/g, (found) => nameOf(world, found));
  const about = [name, title, status, phase, offset, filters, call.method === 'GET' ? fields : '', after === undefined ? '' : 'more']
    .map((part) => (part === undefined ? '' : String(part)))
    .join('|');
  const files = [...call.files.values()].map((file) => `${file.name}:${file.bytes.length}`).join();
  const batch = Array.isArray(call.params['batch'])
    ? call.params['batch'].map((item) => /(?:^|&)name=([^&]*)/.exec(String((item as { body?: unknown }).body))?.[1] ?? '').join()
    : '';
  return `${call.method} ${subject} ${edge ?? ''} ${about} ${files}${batch}`;
}

/** The throttle code that fits the call; the account-level ones take turns by seed. */
export function throttleKind(world: MetaWorld, call: GraphCall, node: GraphObject | undefined): ThrottleKind {
  if (call.path[1] === 'insights' || node?.kind === 'report') return 'insights';
  if (node?.kind === 'lead' || node?.kind === 'form') return 'leads';
  const kinds = ['account', 'custom', 'management'] as const;
  return kinds[Math.floor(world.core.faults.roll(`throttle kind ${requestKey(world, call)}`) * kinds.length)] ?? 'account';
}
