import type { GraphObject, MetaStore } from './store.ts';

export interface OracleObject {
  id: string;
  kind: GraphObject['kind'];
  accountId: string | null;
  name: string | null;
  status: string | null;
  labels: string[];
  createdTime: string;
  requestId: string;
  /** Part of the generated demo account. */
  demo: boolean;
  fields: Record<string, unknown>;
}

const LAUNCHED = ['campaign', 'adset', 'creative', 'ad'] as const;

/** What truly exists, past lag and lost answers. */
export function listObjects(store: MetaStore): OracleObject[] {
  const kinds = ['account', 'page', 'form', 'label', 'image', 'video', ...LAUNCHED, 'lead'] as const;
  return kinds.flatMap((kind) => store.all(kind).map((object) => toOracle(store, object)));
}

function toOracle(store: MetaStore, object: GraphObject): OracleObject {
  const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    id: object.id,
    kind: object.kind,
    accountId: object.accountId,
    name: word(object.fields['name']) ?? word(object.fields['title']),
    status: word(object.fields['status']),
    labels: object.labelIds.flatMap((id) => word(store.get(id)?.fields['name']) ?? []),
    createdTime: new Date(object.createdAt).toISOString(),
    requestId: object.requestId,
    demo: object.demo,
    fields: object.fields,
  };
}

/** Ads that carry a client token as label or at the end of their name. */
export function findByToken(store: MetaStore, token: string): OracleObject[] {
  return store
    .all('ad')
    .map((ad) => toOracle(store, ad))
    .filter((ad) => ad.labels.includes(token) || ad.name?.endsWith(token) === true);
}

/** Living objects beyond the first that share kind, account and intent (first label, else name). */
export function countDuplicates(store: MetaStore): number {
  let duplicates = 0;
  for (const kind of LAUNCHED) {
    const seen = new Set<string>();
    for (const object of store.all(kind)) {
      if (object.demo || object.fields['status'] === 'DELETED') continue;
      const intent = `${String(object.accountId)} ${object.labelIds[0] ?? String(object.fields['name'])}`;
      if (seen.has(intent)) duplicates += 1;
      seen.add(intent);
    }
  }
  return duplicates;
}
