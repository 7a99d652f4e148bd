const AD_SETS = 48;
const CONCEPTS = 50;

/** One row per ad set and concept, one file per concept: 2,400 ads with their creatives, 4,899 objects in all, below the limit of 5,000. */
export function benchSheet() {
  const header = [
    'campaign',
    'ad_set',
    'daily_budget',
    'country',
    'concept',
    'hook',
    'headline',
    'primary_text',
    'description',
    'link',
    'media',
  ];
  const number = (i: number) => String(i + 1).padStart(2, '0');
  const rows = Array.from({ length: AD_SETS }, (_, adSet) =>
    Array.from({ length: CONCEPTS }, (__, concept) => [
      'Spring prospecting',
      `Audience ${number(adSet)} – 25-54`,
      '20.00',
      'FR, BE',
      `Concept ${number(concept)}`,
      'Question',
      `Meet your next customer ${number(concept)}`,
      `Des contacts qui répondent au téléphone, n° ${number(concept)}: mesurés jusqu’à la vente.`,
      'Free for 14 days',
      `https://shop.example/landing/${number(concept)}?from=ads`,
      `concept-${number(concept)}_1x1.png`,
    ]),
  ).flat();
  const media = Array.from({ length: CONCEPTS }, (_, concept) => ({
    fileName: `concept-${number(concept)}_1x1.png`,
    kind: 'image' as const,
    width: 1080,
    height: 1080,
    durationMs: null,
    sha256: String(concept + 1).padStart(64, '0'),
    bytes: 1,
    file: null,
  }));
  return { header, rows, media };
}
