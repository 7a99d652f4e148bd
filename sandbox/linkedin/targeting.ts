import type { Checks } from './checks.ts';
import { given, isRecord } from './entity-fields.ts';
import { entityTrouble, FACET_PREFIX, facetOf } from './targeting-entities.ts';
import type { LiWorld } from './world.ts';

const PATH = 'targetingCriteria';
/** [D] Smaller matched audiences cannot be targeted. */
const SMALLEST_AUDIENCE = 300;

type Facets = Record<string, unknown[]>;

function readFacets(checks: Checks, value: unknown, path: string): Facets {
  if (!isRecord(value)) {
    checks.invalid(path, value);
    return {};
  }
  const facets: Facets = {};
  for (const [facet, entities] of Object.entries(value)) {
    if (facetOf(facet) === null || !Array.isArray(entities)) checks.invalid(`${path}/${facet}`, entities);
    else facets[facet] = [...(facets[facet] ?? []), ...(entities as unknown[])];
  }
  return facets;
}

function checkEntities(world: LiWorld, checks: Checks, accountId: string, facets: Facets, path: string): void {
  for (const [facet, entities] of Object.entries(facets)) {
    for (const entity of entities) {
      const trouble = entityTrouble(facet, entity);
      if (trouble !== null) checks.add(trouble, `${path}/${facet}`, `${String(entity)} cannot be used in ${facet}`);
      if (facetOf(facet)?.entity !== 'adSegment' || trouble !== null) continue;
      const segment = world.store.all('segment').find((one) => one.inner['adSegment'] === entity && one.accountId === accountId);
      if (segment === undefined) {
        checks.add('FIELD_VALUE_DOES_NOT_EXIST', `${path}/${facet}`, `${String(entity)} does not exist in this account`);
      } else if (Number(segment.inner['size']) < SMALLEST_AUDIENCE) {
        checks.add('AUDIENCE_SIZE_TOO_SMALL', `${path}/${facet}`, `The audience is smaller than ${SMALLEST_AUDIENCE}`);
      }
    }
  }
}

/** `{include: {and: [{or: {facet: [entity]}}]}, exclude: {or: {…}}}`: a place is obligatory, nothing may be in both halves. */
export function checkTargeting(world: LiWorld, checks: Checks, accountId: string, criteria: unknown): void {
  if (!given(criteria)) return checks.missing(PATH);
  const include = isRecord(criteria) ? criteria['include'] : null;
  const all = isRecord(include) ? include['and'] : null;
  if (!isRecord(criteria) || !Array.isArray(all) || all.length === 0) return checks.invalid(`${PATH}/include`, include ?? null);
  const included: Facets = {};
  for (const [place, clause] of all.entries()) {
    const path = `${PATH}/include/and/${place}/or`;
    const facets = readFacets(checks, isRecord(clause) ? clause['or'] : clause, path);
    checkEntities(world, checks, accountId, facets, path);
    for (const [facet, entities] of Object.entries(facets)) included[facet] = [...(included[facet] ?? []), ...entities];
  }
  if ((included[`${FACET_PREFIX}locations`] ?? []).length + (included[`${FACET_PREFIX}profileLocations`] ?? []).length === 0) {
    checks.missing(`${PATH}/include/${FACET_PREFIX}locations`);
  }
  const exclude = criteria['exclude'];
  if (!given(exclude)) return;
  const excluded = readFacets(checks, isRecord(exclude) ? exclude['or'] : exclude, `${PATH}/exclude/or`);
  checkEntities(world, checks, accountId, excluded, `${PATH}/exclude/or`);
  for (const [facet, entities] of Object.entries(excluded)) {
    if (entities.some((entity) => included[facet]?.includes(entity) === true)) {
      checks.add('FIELD_CANNOT_BE_BOTH_IN_INCLUDED_AND_EXCLUDED_TARGETING', `${PATH}/${facet}`, `${facet} is both included and excluded`);
    }
  }
}
