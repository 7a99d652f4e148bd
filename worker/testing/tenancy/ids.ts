/** Every id that can stand somewhere, as organization A owns it; the other set names nothing at all. */
export interface Ids {
  launch: string;
  launchItem: string;
  connection: string;
  account: string;
  accountExternal: string;
  adExternal: string;
  campaignExternal: string;
  page: string;
  lead: string;
  media: string;
  sha256: string;
  portal: string;
  contact: string;
  embedKey: string;
  state: string;
  planHash: string;
  shop: string;
  customer: string;
  user: string;
  session: string;
  client: string;
  invitation: string;
  apiKey: string;
  endpoint: string;
  delivery: string;
  supportGrant: string;
  dataExport: string;
  organization: string;
  person: string;
  mail: string;
  deletion: string;
}
/** Ids of the same shapes that name nothing. */
export const MISSING: Ids = {
  launch: 'lch_00000000000000000000000000',
  launchItem: 'itm_00000000000000000000000000',
  connection: 'con_00000000000000000000000000',
  account: 'acc_00000000000000000000000000',
  accountExternal: '9999999999',
  adExternal: '129999999999999',
  campaignExternal: '129999999999998',
  page: '199999999999999',
  lead: 'led_00000000000000000000000000',
  media: 'med_00000000000000000000000000',
  sha256: 'f'.repeat(64),
  portal: '999999',
  contact: '770000001',
  embedKey: 'pk_000000000000000000000000',
  state: `org_00000000000000000000000000.${'x'.repeat(43)}`,
  planHash: 'e'.repeat(64),
  shop: 'no-such-shop.myshopify.com',
  customer: '999999',
  user: 'usr_00000000000000000000000000',
  session: 'ses_00000000000000000000000000',
  client: 'cli_00000000000000000000000000',
  invitation: 'inv_00000000000000000000000000',
  apiKey: 'key_00000000000000000000000000',
  endpoint: 'whe_00000000000000000000000000',
  delivery: 'whd_00000000000000000000000000',
  supportGrant: 'sup_00000000000000000000000000',
  dataExport: 'exp_00000000000000000000000000',
  organization: 'org_00000000000000000000000000',
  person: 'per_00000000000000000000000000',
  mail: 'eml_00000000000000000000000000',
  deletion: 'del_00000000000000000000000000',
};
