import { refusal } from './ads-error.ts';
import { listOf, part } from './operation.ts';
import type { Fields } from './read-message.ts';
import type { AdsWorld } from './world.ts';

const MOST_NAMES = 25;

/** POST geoTargetConstants:suggest: places by name, or by their own numbers. */
export function suggestPlaces(world: AdsWorld, body: Fields): Fields {
  const places = world.store.all('geo_target_constant').map((one) => one.fields);
  const locale = String(body['locale'] ?? 'en');
  const show = (place: Fields, searchTerm: string): Fields => ({
    locale,
    reach: String(1_000_000 * String(place['name']).length),
    ...(searchTerm === '' ? {} : { searchTerm }),
    geoTargetConstant: place,
    geoTargetConstantParents: places.filter((one) => one['resourceName'] === place['parentGeoTarget']),
  });
  const wanted = listOf(part(body['geoTargets'])['geoTargetConstants']).map(String);
  if (wanted.length > 0)
    return {
      geoTargetConstantSuggestions: places.filter((one) => wanted.includes(String(one['resourceName']))).map((one) => show(one, '')),
    };
  const names = listOf(part(body['locationNames'])['names']).map(String);
  if (names.length === 0)
    throw refusal('requestError', 'REQUIRED_FIELD_MISSING', 'Required field is missing.', { at: [{ fieldName: 'query' }] });
  if (names.length > MOST_NAMES)
    throw refusal('geoTargetConstantSuggestionError', 'LOCATION_NAME_LIMIT', 'A request must contain a limited number of location names.');
  const country = body['countryCode'];
  return {
    geoTargetConstantSuggestions: names.flatMap((name) =>
      places
        .filter(
          (one) =>
            (country === undefined || one['countryCode'] === country) && String(one['name']).toLowerCase().startsWith(name.toLowerCase()),
        )
        .map((one) => show(one, name)),
    ),
  };
}
