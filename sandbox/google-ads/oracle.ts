import { part } from './operation.ts';
import type { AdsStore, Resource } from './store.ts';

const KINDS: Record<
  string,
  'campaign' | 'ad_set' | 'ad' | 'image' | 'video' | 'account' | 'budget' | 'label' | 'lead_form' | 'lead' | undefined
> = {
  customer: 'account',
  campaign: 'campaign',
  campaign_budget: 'budget',
  ad_group: 'ad_set',
  asset_group: 'ad_set',
  ad_group_ad: 'ad',
  label: 'label',
  lead_form_submission_data: 'lead',
};
export interface OracleObject {
  id: string;
  kind: NonNullable<(typeof KINDS)[string]>;
  resourceName: string;
  accountId: string;
  name: string | null;
  status: string | null;
  labels: string[];
  /** Names of what it hangs under, nearest first. */
  parents: string[];
  /** It is on, and so is everything above it. */
  maySpend: boolean;
  createdTime: string;
  requestId: string;
  demo: boolean;
  fields: Record<string, unknown>;
}

const LAUNCHED = ['campaign', 'ad_group', 'asset_group', 'ad_group_ad'];

function kindOf(resource: Resource): OracleObject['kind'] | undefined {
  if (resource.type !== 'asset') return KINDS[resource.type];
  const types: Record<string, OracleObject['kind'] | undefined> = { IMAGE: 'image', YOUTUBE_VIDEO: 'video', LEAD_FORM: 'lead_form' };
  return types[String(resource.fields['type'])];
}

function parentsOf(store: AdsStore, resource: Resource): Resource[] {
  const above = store.get(String(resource.fields['adGroup'] ?? resource.fields['campaign']));
  return above === undefined ? [] : [above, ...parentsOf(store, above)];
}

function nameOf({ fields }: Resource): string | null {
  const name = fields['name'] ?? part(fields['ad'])['name'] ?? fields['descriptiveName'];
  return typeof name === 'string' ? name : null;
}

const labelsOf = (store: AdsStore, name: string): string[] =>
  store.byKey(`on ${name}`).flatMap((link) => String(store.get(String(link.fields['label']))?.fields['name'] ?? ''));

function toOracle(store: AdsStore, resource: Resource, kind: OracleObject['kind']): OracleObject {
  const parents = parentsOf(store, resource);
  const status = resource.fields['status'];
  return {
    id: String(resource.fields['id'] ?? part(resource.fields['ad'])['id'] ?? resource.name.split('/').pop()),
    kind,
    resourceName: resource.name,
    accountId: resource.customerId,
    name: nameOf(resource),
    status: typeof status === 'string' ? status : null,
    labels: labelsOf(store, resource.name),
    parents: parents.map((one) => one.name),
    maySpend: LAUNCHED.includes(resource.type) && [resource, ...parents].every((one) => one.fields['status'] === 'ENABLED'),
    createdTime: new Date(resource.createdAt).toISOString(),
    requestId: resource.requestId,
    demo: resource.demo,
    fields: resource.fields,
  };
}

/** What truly exists, past lag and lost answers. */
export function listObjects(store: AdsStore): OracleObject[] {
  return ['customer', 'campaign_budget', ...LAUNCHED, 'asset', 'label', 'lead_form_submission_data'].flatMap((type) =>
    store.all(type).flatMap((one) => {
      const kind = kindOf(one);
      return kind === undefined ? [] : toOracle(store, one, kind);
    }),
  );
}

/** Ads that carry a client token: as a label, at the end of a name, or in the tail of their address. */
export function findByToken(store: AdsStore, token: string): OracleObject[] {
  const carries = (ad: OracleObject): boolean => {
    const content = part(ad.fields['ad']);
    return ad.labels.includes(token) || ad.name?.endsWith(token) === true || String(content['finalUrlSuffix'] ?? '').includes(token);
  };
  const groups = store.all('asset_group').map((one) => toOracle(store, one, 'ad_set'));
  return [...store.all('ad_group_ad').map((one) => toOracle(store, one, 'ad')), ...groups].filter(carries);
}

/**
 * Living objects beyond the first that share kind, parent and intent. Names keep campaigns and ad groups single, so it is the
 * ads that may come twice: by label, else name, else all of their content.
 */
export function countDuplicates(store: AdsStore): number {
  let duplicates = 0;
  for (const type of LAUNCHED) {
    const seen = new Set<string>();
    for (const resource of store.all(type)) {
      if (resource.demo || resource.fields['status'] === 'REMOVED') continue;
      const { id: _id, resourceName: _name, ...content } = part(resource.fields['ad']);
      const intent = labelsOf(store, resource.name)[0] ?? nameOf(resource) ?? JSON.stringify(content);
      const key = `${resource.customerId} ${String(resource.fields['adGroup'] ?? resource.fields['campaign'] ?? '')} ${intent}`;
      if (seen.has(key)) duplicates += 1;
      seen.add(key);
    }
  }
  return duplicates;
}
