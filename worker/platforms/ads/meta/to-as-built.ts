import { CLIENT_TOKEN_PATTERN, tokenInName } from '#shared/rules/client-token.ts';
import type { AsBuilt } from '../ad-platform.ts';
import { toStatus } from './accounts.ts';
import { toInstant } from './to-instant.ts';

/** One node as read back. `status` is the object's own switch, not what its parents make of it. */
export function toAsBuilt(node: Record<string, unknown>): AsBuilt {
  const name = typeof node['name'] === 'string' ? node['name'] : '';
  const labels = Array.isArray(node['adlabels']) ? (node['adlabels'] as { name?: unknown }[]) : [];
  const labelled = labels
    .map((label) => label.name)
    .find((label): label is string => typeof label === 'string' && CLIENT_TOKEN_PATTERN.test(label));
  return {
    externalId: String(node['id']),
    name,
    clientToken: labelled ?? tokenInName(name),
    status: toStatus(typeof node['status'] === 'string' ? node['status'] : 'UNKNOWN'),
    createdAt: toInstant(node['created_time']),
    fields: node,
    raw: node,
  };
}
