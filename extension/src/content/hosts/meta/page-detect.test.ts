import { expect, test } from 'vitest';
import { detectPage } from '../page.ts';

const manage = (path: string, query: string, host = 'adsmanager.facebook.com'): string =>
  `https://${host}/adsmanager/manage/${path}?${query}`;

test('account and level come from the address, with and without act_', () => {
  expect(detectPage(manage('campaigns', 'act=1000000001'))).toMatchObject({
    platform: 'meta',
    accountExternalId: '1000000001',
    level: 'campaign',
  });
  expect(detectPage(manage('adsets', 'act=act_42&selected_campaign_ids=1,2', 'business.facebook.com'))).toMatchObject({
    accountExternalId: '42',
    level: 'ad_set',
  });
  expect(detectPage(manage('ads', 'act=42', 'www.facebook.com'))).toMatchObject({ level: 'ad' });
});

test('pages that are not a table of an account are not ours', () => {
  for (const address of [
    manage('ads', ''),
    manage('ads', 'act=abc'),
    manage('audiences', 'act=42'),
    manage('ads/edit/standalone', 'act=42'),
    'https://www.facebook.com/groups/1?act=42',
    'https://adsmanager.facebook.com.example.com/adsmanager/manage/ads?act=42',
    'https://example.com/adsmanager/manage/ads?act=42',
  ])
    expect(detectPage(address), address).toBeNull();
});

test('a range is read only in its one exact form; a missing one and an odd one are told apart', () => {
  const range = (date: string): unknown => {
    const page = detectPage(manage('ads', `act=42&date=${date}`));
    return page?.platform === 'meta' ? page.range : null;
  };
  expect(range('2026-11-01_2026-11-19')).toEqual({ kind: 'read', since: '2026-11-01', until: '2026-11-19' });
  expect(range('2026-11-01_2026-11-19,last_7d')).toMatchObject({ kind: 'read', until: '2026-11-19' });
  expect(range('')).toEqual({ kind: 'absent' });
  // Relative words, a comparison, an impossible day, a reversed range, Arabic digits: nothing is guessed.
  for (const odd of [
    'last_30d',
    '2026-11-01_2026-11-19_vs_2026-10-01_2026-10-19',
    '2026-02-30_2026-03-01',
    '2026-11-19_2026-11-01',
    '٢٠٢٦-١١-٠١_٢٠٢٦-١١-١٩',
    '2026-11-01',
  ])
    expect(range(odd), odd).toEqual({ kind: 'unreadable' });
});

test('a HubSpot contact record gives portal and contact, other records and lists give nothing', () => {
  expect(detectPage('https://app.hubspot.com/contacts/4242/record/0-1/101?tab=activity')).toEqual({
    platform: 'hubspot',
    portalId: '4242',
    contactId: '101',
  });
  for (const address of [
    'https://app.hubspot.com/contacts/4242/record/0-3/101',
    'https://app.hubspot.com/contacts/4242/objects/0-1/views/all/list',
    'https://app-eu1.hubspot.com/contacts/4242/record/0-1/101',
  ])
    expect(detectPage(address), address).toBeNull();
});
