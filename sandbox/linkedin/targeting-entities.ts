import { urnOf } from './urn.ts';

interface Facet {
  /** URN type of its entities. */
  entity: string;
  finders: readonly ('AD_TARGETING_FACET' | 'TYPEAHEAD')[];
  /** True when the sandbox knows every entity, so that an unknown one is refused. */
  closed: boolean;
}

export const FACETS: Record<string, Facet> = {
  locations: { entity: 'geo', finders: ['AD_TARGETING_FACET', 'TYPEAHEAD'], closed: true },
  profileLocations: { entity: 'geo', finders: ['AD_TARGETING_FACET', 'TYPEAHEAD'], closed: true },
  interfaceLocales: { entity: 'locale', finders: ['AD_TARGETING_FACET'], closed: true },
  industries: { entity: 'industry', finders: ['AD_TARGETING_FACET', 'TYPEAHEAD'], closed: true },
  seniorities: { entity: 'seniority', finders: ['AD_TARGETING_FACET'], closed: true },
  jobFunctions: { entity: 'function', finders: ['AD_TARGETING_FACET'], closed: true },
  staffCountRanges: { entity: 'staffCountRange', finders: ['AD_TARGETING_FACET'], closed: false },
  ageRanges: { entity: 'ageRange', finders: ['AD_TARGETING_FACET'], closed: false },
  genders: { entity: 'gender', finders: ['AD_TARGETING_FACET'], closed: false },
  titles: { entity: 'title', finders: ['TYPEAHEAD'], closed: false },
  skills: { entity: 'skill', finders: ['TYPEAHEAD'], closed: false },
  employers: { entity: 'organization', finders: ['TYPEAHEAD'], closed: false },
  audienceMatchingSegments: { entity: 'adSegment', finders: [], closed: false },
  dynamicSegments: { entity: 'adSegment', finders: [], closed: false },
};

/** Ids of places: the first as in the guide, the others [K]. */
const GEO: Record<string, string> = {
  'United States': '103644278',
  'United Kingdom': '101165590',
  France: '105015875',
  Germany: '101282230',
  Spain: '105646813',
  Italy: '103350119',
  Netherlands: '102890719',
  Belgium: '100565514',
  Canada: '101174742',
  Australia: '101452733',
  Austria: '103883259',
  Switzerland: '106693272',
  Portugal: '100364837',
  Poland: '105072130',
  Ireland: '104738515',
  Sweden: '105117694',
  Denmark: '104514075',
  Norway: '103819153',
  Finland: '100456013',
  Luxembourg: '104042105',
  'Czech Republic': '104508036',
  Greece: '104677530',
  Romania: '106670623',
  Hungary: '100288700',
  India: '102713980',
  Japan: '101355337',
  Singapore: '102454443',
  Brazil: '106057199',
  Mexico: '103323778',
  Morocco: '102787409',
  Tunisia: '102134353',
  Algeria: '106395874',
  'Saudi Arabia': '100459316',
  'United Arab Emirates': '104305776',
  'South Africa': '104035573',
  'Paris, France': '106383538',
  'Berlin, Germany': '106967730',
  'London, United Kingdom': '102257491',
  'New York, United States': '102571732',
};
const LOCALES: Record<string, string> = {
  English: 'en_US',
  French: 'fr_FR',
  German: 'de_DE',
  Spanish: 'es_ES',
  Italian: 'it_IT',
  Dutch: 'nl_NL',
  Portuguese: 'pt_BR',
  Arabic: 'ar_AE',
};
const numbered = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, place) => [name, String(place + 1)]));

const ENTITIES: Record<string, Record<string, string>> = {
  geo: GEO,
  locale: LOCALES,
  industry: numbered(['Software Development', 'Financial Services', 'Retail', 'Hospitals', 'Higher Education', 'Advertising Services']),
  seniority: numbered(['Unpaid', 'Training', 'Entry', 'Senior', 'Manager', 'Director', 'VP', 'CXO', 'Partner', 'Owner']),
  function: numbered([
    'Accounting',
    'Administrative',
    'Arts and Design',
    'Business Development',
    'Consulting',
    'Education',
    'Engineering',
    'Marketing',
    'Sales',
  ]),
  title: { 'Marketing Manager': '26', 'Chief Executive Officer': '8', 'Software Engineer': '9', 'Sales Manager': '4' },
  skill: { Marketing: '1162', Sales: '95', 'Project Management': '56' },
  gender: { Female: 'FEMALE', Male: 'MALE' },
};

export const FACET_PREFIX = urnOf('adTargetingFacet', '');

export function facetOf(urn: string): Facet | null {
  return urn.startsWith(FACET_PREFIX) ? (FACETS[urn.slice(FACET_PREFIX.length)] ?? null) : null;
}

export interface TargetingEntity {
  name: string;
  urn: string;
  facetUrn: string;
}

export function entitiesOf(facetUrn: string): TargetingEntity[] {
  const facet = facetOf(facetUrn);
  if (facet === null) return [];
  return Object.entries(ENTITIES[facet.entity] ?? {}).map(([name, id]) => ({ name, urn: urnOf(facet.entity, id), facetUrn }));
}

/** What is wrong with one wished entity; null = fine. Segments are looked at by their own rule. */
export function entityTrouble(facetUrn: string, entity: unknown): 'INVALID_VALUE_FOR_FIELD' | 'FIELD_VALUE_DOES_NOT_EXIST' | null {
  const facet = facetOf(facetUrn);
  if (facet === null || typeof entity !== 'string' || !entity.startsWith(urnOf(facet.entity, ''))) return 'INVALID_VALUE_FOR_FIELD';
  if (!facet.closed) return null;
  return entitiesOf(facetUrn).some((known) => known.urn === entity) ? null : 'FIELD_VALUE_DOES_NOT_EXIST';
}
