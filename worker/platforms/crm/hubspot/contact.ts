import { send } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import type { CrmContact, CrmSession } from '../crm-platform.ts';
import { HUBSPOT_API, HUBSPOT_VERSION } from './version.ts';

const PROPERTIES = ['email', 'phone', 'mobilephone', 'firstname', 'lastname', 'country', 'hs_country_region_code', 'hs_merged_object_ids'];
const BY_STATUS: Record<number, FailureClass> = { 400: 'refused', 401: 'auth', 403: 'auth', 404: 'missing', 429: 'throttled' };

/** One contact by its id. Property values are text or null, whatever their type. */
export async function contact(session: CrmSession, contactId: string): Promise<CrmContact> {
  const answer = await send(
    session.outside,
    'hubspot',
    `${HUBSPOT_API}/crm/objects/${HUBSPOT_VERSION}/contacts/${encodeURIComponent(contactId)}?${new URLSearchParams({ properties: PROPERTIES.join(',') })}`,
    {
      method: 'GET',
      timeoutMs: session.timeoutMs,
      headers: { authorization: `Bearer ${session.accessToken}`, accept: 'application/json' },
    },
  );
  if (answer.status !== 200) {
    const { category, message } = (answer.json ?? {}) as { category?: string; message?: string };
    throw new PlatformError(BY_STATUS[answer.status] ?? 'unknown', message ?? `HubSpot answered ${answer.status}.`, {
      platform: 'hubspot',
      httpStatus: answer.status,
      ...(category ? { code: category } : {}),
    });
  }
  const { id, properties } = (answer.json ?? {}) as { id?: string; properties?: Record<string, string | null> };
  if (id === undefined || properties === undefined)
    throw new PlatformError('unknown', 'A contact without an id.', { platform: 'hubspot', httpStatus: 200 });
  const text = (name: string): string | null => properties[name] || null;
  const name = [text('firstname'), text('lastname')].filter(Boolean).join(' ');
  return {
    id,
    email: text('email'),
    phone: text('phone') ?? text('mobilephone'),
    name: name === '' ? null : name,
    country: text('hs_country_region_code'),
    mergedIds: (text('hs_merged_object_ids') ?? '').split(';').filter(Boolean),
  };
}
