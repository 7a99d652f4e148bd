import { NAME_LENGTH } from './check-campaign.ts';
import { CUSTOM_FIELDS, FORM_FIELDS, MEDIA_TYPES } from './enums.ts';
import { httpsUrl, micro, object, objects, present, requiredOneOf, requiredText, text } from './read-fields.ts';
import { missingField, unknownItem, wrongField } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** Unverified [K]: audiences are made from FIRST_PARTY lists only here; the longest retention; a form's title of 25 is [D]. */
const DESCRIPTION_LENGTH = 180;
const TITLE_LENGTH = 25;
const LONGEST_RETENTION_DAYS = 9999;

function sameAccount(account: SnapObject, item: Json): void {
  const id = text(item, 'ad_account_id');
  if (id !== null && id !== account.id) throw wrongField('ad_account_id', 'must be the ad account of the path');
}

/** The shell of a file; its bytes come by an upload. */
export function checkMedia(_world: SnapWorld, account: SnapObject, item: Json): Json {
  sameAccount(account, item);
  return { name: requiredText(item, 'name', NAME_LENGTH), type: requiredOneOf(item, 'type', MEDIA_TYPES), ad_account_id: account.id };
}

export function checkSegment(_world: SnapWorld, account: SnapObject, item: Json): Json {
  sameAccount(account, item);
  return present({
    name: requiredText(item, 'name', NAME_LENGTH),
    ad_account_id: account.id,
    organization_id: account.fields['organization_id'],
    description: text(item, 'description'),
    source_type: requiredOneOf(item, 'source_type', ['FIRST_PARTY'] as const),
    retention_in_days: micro(item, 'retention_in_days', 1, LONGEST_RETENTION_DAYS) ?? LONGEST_RETENTION_DAYS,
  });
}

export function checkForm(world: SnapWorld, account: SnapObject, item: Json): Json {
  sameAccount(account, item);
  const fields = objects(item, 'form_fields');
  if (fields.length === 0) throw missingField('form_fields');
  for (const field of fields) {
    if (requiredOneOf(field, 'type', FORM_FIELDS) !== 'CUSTOM') continue;
    const properties = object(field, 'custom_form_field_properties');
    if (properties === null) throw missingField('form_fields.custom_form_field_properties');
    requiredOneOf(properties, 'type', CUSTOM_FIELDS);
  }
  const banner = text(item, 'banner_media_id');
  if (banner !== null && world.store.find('media', banner)?.accountId !== account.id) throw unknownItem('media', banner);
  return present({
    name: requiredText(item, 'name', NAME_LENGTH),
    ad_account_id: account.id,
    description: requiredText(item, 'description', DESCRIPTION_LENGTH),
    title: text(item, 'title', TITLE_LENGTH),
    form_fields: fields,
    privacy_policy_url: httpsUrl(item, 'privacy_policy_url', 2048),
    legal_disclosures: object(item, 'legal_disclosures'),
    banner_media_id: banner,
    status: 'ACTIVE',
  });
}
