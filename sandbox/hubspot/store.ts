import type { SandboxCore } from '../core/vendor.ts';

export const CLIENT_ID = 'sandbox-hubspot';
export const CLIENT_SECRET = 'sandbox-hubspot-secret';
export const APP_ID = 31337;
export const DEMO_PORTAL = 4242;
export const SCOPES =
  'oauth crm.objects.contacts.read crm.objects.contacts.write crm.objects.deals.read crm.objects.deals.write crm.objects.companies.read crm.objects.companies.write crm.schemas.contacts.read crm.schemas.contacts.write crm.schemas.deals.read crm.schemas.deals.write';

export type ObjectType = 'contacts' | 'companies' | 'deals' | 'tickets';
const TYPE_NAMES: Record<string, ObjectType> = {
  contacts: 'contacts',
  contact: 'contacts',
  '0-1': 'contacts',
  companies: 'companies',
  company: 'companies',
  '0-2': 'companies',
  deals: 'deals',
  deal: 'deals',
  '0-3': 'deals',
  tickets: 'tickets',
  ticket: 'tickets',
  '0-5': 'tickets',
};
export const typeOf = (name: string): ObjectType | null => TYPE_NAMES[name.toLowerCase()] ?? null;

export interface CrmObject {
  id: string;
  type: ObjectType;
  properties: Record<string, string | null>;
  createdAt: number;
  updatedAt: number;
  archived: boolean;
  history: { name: string; value: string | null; at: number; source: string }[];
}
export interface PropertyDefinition {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  hasUniqueValue: boolean;
  builtIn: boolean;
}
export interface Association {
  from: string;
  to: string;
}
export interface Portal {
  id: number;
  name: string;
  objects: CrmObject[];
  properties: Record<ObjectType, PropertyDefinition[]>;
  associations: Association[];
  /** Message of a customer's own validation rule; set, it refuses every write. */
  refuseWrites: string | null;
}
export interface Grant {
  accessToken: string;
  refreshToken: string;
  portalId: number;
  scope: string;
  expiresAt: number;
  userId: number;
}

const BUILT_IN: Record<ObjectType, string> = {
  contacts:
    'email firstname lastname phone mobilephone company lifecyclestage hs_lead_status hs_object_id createdate lastmodifieddate hs_analytics_source hs_analytics_first_url hubspot_owner_id city country jobtitle website hs_merged_object_ids',
  companies: 'name domain phone city country hs_object_id createdate hs_lastmodifieddate',
  deals:
    'dealname amount dealstage pipeline closedate deal_currency_code hs_is_closed_won hs_object_id createdate hs_lastmodifieddate hubspot_owner_id',
  tickets: 'subject content hs_pipeline hs_pipeline_stage hs_object_id createdate hs_lastmodifieddate',
};
/** Set by the platform; a write to them is refused. */
export const READ_ONLY = new Set([
  'hs_object_id',
  'createdate',
  'lastmodifieddate',
  'hs_lastmodifieddate',
  'hs_merged_object_ids',
  'hs_is_closed_won',
]);

export class HubspotStore {
  readonly core: SandboxCore;
  portals = new Map<number, Portal>();
  grants: Grant[] = [];
  codes: { code: string; portalId: number; scope: string; redirectUri: string }[] = [];
  /** What the app registered for its webhooks; null = `${worker}/webhooks/hubspot`. */
  targetUrl: string | null = null;

  constructor(core: SandboxCore) {
    this.core = core;
    this.portal(DEMO_PORTAL);
    this.#seed();
  }

  portal(id: number): Portal {
    const found = this.portals.get(id);
    if (found) return found;
    const properties = Object.fromEntries(
      Object.entries(BUILT_IN).map(([type, names]) => [
        type,
        names.split(' ').map((name) => ({
          name,
          label: labelOf(name),
          type: 'string',
          fieldType: 'text',
          groupName: `${type}information`,
          hasUniqueValue: (type === 'contacts' && name === 'email') || name === 'hs_object_id',
          builtIn: true,
        })),
      ]),
    ) as Portal['properties'];
    const portal: Portal = { id, name: `Portal ${id}`, objects: [], properties, associations: [], refuseWrites: null };
    this.portals.set(id, portal);
    return portal;
  }

  find(portal: Portal, type: ObjectType, id: string, idProperty = 'hs_object_id'): CrmObject | undefined {
    const wanted = idProperty === 'email' ? id.trim().toLowerCase() : id;
    return portal.objects.find(
      (one) =>
        one.type === type &&
        !one.archived &&
        (idProperty === 'hs_object_id'
          ? one.id === wanted || one.properties['hs_merged_object_ids']?.split(';').includes(wanted) === true
          : one.properties[idProperty] === wanted),
    );
  }

  #seed(): void {
    const portal = this.portal(DEMO_PORTAL);
    const start = this.core.now() - 20 * 86_400_000;
    for (let n = 1; n <= 12; n += 1) {
      const number = String(n).padStart(2, '0');
      const at = start + n * 86_400_000;
      const id = String(100 + n);
      portal.objects.push({
        id,
        type: 'contacts',
        createdAt: at,
        updatedAt: at,
        archived: false,
        history: [],
        properties: {
          hs_object_id: id,
          email: `lead-${number}@example.com`,
          firstname: 'Lead',
          lastname: number,
          phone: `+331555501${number}`,
          lifecyclestage: n % 3 === 0 ? 'customer' : 'lead',
          hs_lead_status: n % 2 === 0 ? 'OPEN' : 'NEW',
          city: 'Lyon',
          country: 'France',
          hs_analytics_source: 'PAID_SOCIAL',
          company: null,
        },
      });
    }
  }

  save(): unknown {
    return structuredClone({ portals: [...this.portals.values()], grants: this.grants, codes: this.codes, targetUrl: this.targetUrl });
  }

  load(state: unknown): void {
    const { portals, grants, codes, targetUrl } = state as {
      portals: Portal[];
      grants: Grant[];
      codes: HubspotStore['codes'];
      targetUrl: string | null;
    };
    this.portals = new Map(portals.map((portal) => [portal.id, portal]));
    this.grants = grants;
    this.codes = codes;
    this.targetUrl = targetUrl;
  }
}

const labelOf = (name: string): string =>
  name
    .replace(/^hs_/, '')
    .replaceAll('_', ' ')
    .replace(/^./, (first) => first.toUpperCase());
