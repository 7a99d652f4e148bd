import { LINKEDIN } from '#shared/rules/ad-platforms/linkedin.ts';
import type { AdSetSpec } from '#shared/rules/planned-item.ts';
import { isRow, type Row } from './read.ts';
import { urn } from './urn.ts';

/** The platform's own age ranges; the last one has no end. */
const AGES: readonly (readonly [number, number])[] = [
  [18, 24],
  [25, 34],
  [35, 54],
  [55, 2_147_483_647],
];
const OLDEST = 65;

/** Places, and ages where the plan cuts them. @throws RangeError for what the plan's own checks refuse */
export function targetingOf({ countries, ageMin, ageMax }: Pick<AdSetSpec, 'countries' | 'ageMin' | 'ageMax'>): Row {
  const places = countries.map((code) => {
    const id = LINKEDIN.countries?.[code];
    if (id === undefined) throw new RangeError(`no place is known for ${code}`);
    return urn.geo(id);
  });
  const all: Row[] = [{ or: { [urn.facet('locations')]: places } }];
  if (ageMin !== null || (ageMax !== null && ageMax < OLDEST)) {
    const ages = AGES.filter(([from, to]) => from >= (ageMin ?? 0) && (ageMax === null || ageMax >= OLDEST || to <= ageMax));
    all.push({ or: { [urn.facet('ageRanges')]: ages.map(([from, to]) => `urn:li:ageRange:(${from},${to})`) } });
  }
  return { include: { and: all } };
}

/** Who is in and who is out, one line per entity, whatever the order of the lists. */
export function targetingLines(criteria: unknown): string[] {
  if (!isRow(criteria)) return [];
  const { include, exclude } = criteria;
  const all = isRow(include) && Array.isArray(include['and']) ? (include['and'] as unknown[]) : [];
  return [...all.flatMap((clause) => lines(clause, '')), ...lines(exclude, 'not ')].toSorted();
}

function lines(clause: unknown, sign: string): string[] {
  const facets = isRow(clause) ? clause['or'] : null;
  if (!isRow(facets)) return [];
  return Object.entries(facets).flatMap(([facet, entities]) =>
    (Array.isArray(entities) ? entities : [entities]).map((one) => `${sign}${facet.split(':').at(-1)} ${String(one)}`),
  );
}
