import type { AdsStore } from './store.ts';

/** Places and languages with the platform's own numbers: the few that campaigns of the demo and of tests aim at. */
const PLACES: readonly (readonly [id: string, name: string, country: string, kind: string, parents: readonly string[]])[] = [
  ['2250', 'France', 'FR', 'Country', []],
  ['2276', 'Germany', 'DE', 'Country', []],
  ['2724', 'Spain', 'ES', 'Country', []],
  ['2380', 'Italy', 'IT', 'Country', []],
  ['2528', 'Netherlands', 'NL', 'Country', []],
  ['2056', 'Belgium', 'BE', 'Country', []],
  ['2826', 'United Kingdom', 'GB', 'Country', []],
  ['2840', 'United States', 'US', 'Country', []],
  ['2124', 'Canada', 'CA', 'Country', []],
  ['2392', 'Japan', 'JP', 'Country', []],
  ['2784', 'United Arab Emirates', 'AE', 'Country', []],
  ['20321', 'Ile-de-France', 'FR', 'Region', ['2250']],
  ['1006094', 'Paris', 'FR', 'City', ['20321', '2250']],
  ['1006410', 'Lyon', 'FR', 'City', ['2250']],
  ['21167', 'New York', 'US', 'State', ['2840']],
  ['1023191', 'New York', 'US', 'City', ['21167', '2840']],
];
const LANGUAGES: readonly (readonly [id: string, code: string, name: string])[] = [
  ['1000', 'en', 'English'],
  ['1001', 'de', 'German'],
  ['1002', 'fr', 'French'],
  ['1003', 'es', 'Spanish'],
  ['1004', 'it', 'Italian'],
  ['1005', 'ja', 'Japanese'],
  ['1010', 'nl', 'Dutch'],
  ['1019', 'ar', 'Arabic'],
];

export function addConstants(store: AdsStore): void {
  const add = (type: string, name: string, fields: Record<string, unknown>): void =>
    store.put({
      name,
      type,
      customerId: '',
      fields: { resourceName: name, ...fields },
      keys: [],
      createdAt: 0,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
  const nameOf = (id: string): string => PLACES.find((one) => one[0] === id)?.[1] ?? '';
  for (const [id, name, countryCode, targetType, parents] of PLACES)
    add('geo_target_constant', `geoTargetConstants/${id}`, {
      id,
      name,
      countryCode,
      targetType,
      status: 'ENABLED',
      canonicalName: [name, ...parents.map(nameOf)].join(','),
      ...(parents[0] === undefined ? {} : { parentGeoTarget: `geoTargetConstants/${parents[0]}` }),
    });
  for (const [id, code, name] of LANGUAGES) add('language_constant', `languageConstants/${id}`, { id, code, name, targetable: true });
}
