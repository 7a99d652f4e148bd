/** The brief of the demo, as a buyer would have it in a spreadsheet: one row per ad set and concept, each concept in two ratios. */
const CAMPAIGN = 'Autumn leads';
const HEADER = [
  'Campaign',
  'Ad set',
  'Daily budget',
  'Country',
  'Age min',
  'Age max',
  'Concept',
  'Hook',
  'Headline',
  'Primary text',
  'Description',
  'CTA',
  'Notes',
];

const AD_SETS: readonly (readonly [name: string, budget: string, country: string, min: string, max: string])[] = [
  ['Broad 25-54', '40.00', 'FR', '25', '54'],
  ['Lookalike buyers', '30.00', 'FR', '25', '60'],
  ['Outdoor interests', '25,50', 'FR, BE', '21', '49'],
  ['Newsletter readers', '20.00', 'FR', '25', '65'],
  ['Store visitors 30 days', '15.00', 'FR, BE', '18', '65'],
];
const CONCEPTS: readonly (readonly [hook: string, headline: string, text: string, description: string])[] = [
  [
    'Question',
    'One bag for the whole day',
    'Laptop, lunch and a jumper: what else do you carry? Tell us and get the fitting guide.',
    'Free fitting guide',
  ],
  [
    'Before and after',
    'Less to carry, more room',
    'Two bags in the morning, one in the evening. See how the field tote is packed.',
    'See how it packs',
  ],
  [
    'Three reasons',
    'Waxed once, dry for years',
    'Rain, coffee and bicycle baskets: three things our canvas does not mind.',
    'Repair included',
  ],
  ['Close-up', 'Stitched to be repaired', 'Look closely. Every seam of the field tote can be opened and sewn again.', 'Made to be mended'],
  ['Checklist', 'Your weekend, packed', 'The short list for two days away, and the bag it fits in. We send it to you.', 'The packing list'],
  ['Numbers', '600 ml, 12 hours warm', 'Double walls, one hand, no drips. Ask for the ridge bottle sizes.', 'All sizes at a glance'],
  ['How it works', 'A lid that just works', 'Push, drink, close. The ridge bottle needs one hand and no thinking.', 'See the lid'],
  ['Quote', 'The jacket that stays', '"It has been in my bag since March." Ask for the harbour jacket size guide.', 'Size guide'],
  ['Walkthrough', 'Folds into its own pocket', 'Wind at the harbour, sun at noon: the jacket goes where you go.', 'Packs in seconds'],
  [
    'Price check',
    'Good things, fair prices',
    'What goes into a price, line by line. Leave your address and read it first.',
    'Our price sheet',
  ],
];
/** "Concept 03", whose files are concept-03_1x1.png and concept-03_9x16.png. */
export const conceptName = (n: number): string => `Concept ${String(n).padStart(2, '0')}`;
export const mediaFileName = (n: number, ratio: string): string => `concept-${String(n).padStart(2, '0')}_${ratio}.png`;
export const CONCEPT_COUNT = CONCEPTS.length;

/** Header and 50 rows; `size` makes a smaller brief of the first ad sets and concepts. */
export function briefRows(size: { adSets: number; concepts: number } = { adSets: AD_SETS.length, concepts: CONCEPTS.length }): string[][] {
  return [
    HEADER,
    ...AD_SETS.slice(0, size.adSets).flatMap(([adSet, budget, country, min, max]) =>
      CONCEPTS.slice(0, size.concepts).map(([hook, headline, text, description], i) => [
        CAMPAIGN,
        adSet,
        budget,
        country,
        min,
        max,
        conceptName(i + 1),
        hook,
        headline,
        text,
        description,
        'Sign up',
        '',
      ]),
    ),
  ];
}

/** What people get wrong, one of each: a misspelt column, then a mistake a row. Every row says in Notes what is wrong with it. */
export function brokenRows(): string[][] {
  const header = [
    'Campaign',
    'Ad set',
    'Daily budget',
    'Country',
    'Concept',
    'Ratio',
    'Headline',
    'Primary text',
    'Desciption',
    'Link',
    'CTA',
    'Ad name',
    'Colour of the week',
    'Notes',
  ];
  const row = (adSet: string, concept: number, change: Record<string, string>, note: string): string[] => {
    const [, headline, text, description] = CONCEPTS[concept - 1] as (typeof CONCEPTS)[number];
    const cells: Record<string, string> = {
      Campaign: CAMPAIGN,
      'Ad set': adSet,
      'Daily budget': '20.00',
      Country: 'FR',
      Concept: conceptName(concept),
      Ratio: '',
      Headline: headline,
      'Primary text': text,
      Desciption: description,
      Link: '',
      CTA: 'Sign up',
      'Ad name': '',
      'Colour of the week': 'green',
      Notes: note,
      ...change,
    };
    return header.map((column) => cells[column] ?? '');
  };
  return [
    header,
    row('Broad', 1, {}, 'this row is right'),
    row('Lookalike', 1, { 'Daily budget': '20 USD' }, 'budget in the wrong currency'),
    row('Lookalike two', 1, { 'Ad name': '{concept} | {colour}' }, 'unknown token in the name template'),
    row('Broad', 2, { Headline: 'Hello {first_name}', 'Primary text': 'A text.' }, 'unknown token in a text'),
    row('Broad', 1, {}, 'the same ad as row 2'),
    row('Broad', 3, { Concept: 'Concept 99' }, 'no media for this concept'),
    row('Broad', 4, { Ratio: '4x5' }, 'there is no 4x5 of this concept'),
    row('Broad', 5, { 'Primary text': 'Too long. '.repeat(230).trim() }, 'text over the hard limit of 2,200'),
    row('Broad', 6, { Link: 'shop.example/no-scheme' }, 'a link without https'),
    row('Broad', 7, { Country: 'FRANCE' }, 'a country name for a code'),
    row('Broad', 8, { Headline: '' }, 'no headline'),
    row('', 9, {}, 'no ad set'),
    row('Broad', 10, { CTA: 'Click me' }, 'no such button'),
  ];
}
