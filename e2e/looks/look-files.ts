import { PNG } from 'pngjs';

const HEAD = 'campaign,ad_set,daily_budget,country,concept,headline,primary_text,description,link';

/** A small brief: 3 ad sets, 6 concepts, one image per ratio; the second sheet has mistakes in every row. */
export function lookFiles() {
  const concepts = ['Founder story', 'Before after', 'Question', 'Unboxing', 'Three reasons', 'Customer voice'];
  const rows = ['Broad 25-54', 'Lookalike', 'Retargeting'].flatMap((adSet) =>
    concepts.map(
      (concept) =>
        `Spring,${adSet},20,FR,${concept},Meet your next customer,"Leads that answer the phone, from ads you can measure.",Free for 14 days,https://shop.example/spring`,
    ),
  );
  const wrong = [
    'Spring,Broad,50 USD,FR,Founder story,Hi,Text,,https://shop.example/',
    'Spring,Lookalike,abc,FRANCE,Nobody,Hi,Text,,shop.example',
    `Spring,Retargeting,20,FR,Question,,${'x'.repeat(2300)},,https://shop.example/`,
    'Spring,Broad,20,FR,Unboxing,Hello {city},A headline that is far too long for any feed anywhere,,http://shop.example/',
  ];
  const search = [
    'campaign,ad_set,concept,headline,headline_2,headline_3,primary_text,description,link',
    'Spring,Coffee,Fresh,Fresh coffee,Roasted today,Free delivery,From small farms.,At your door in two days.,https://shop.example/spring',
  ];
  const long = [
    HEAD,
    `Spring,Broad,20,FR,Founder story,"Meet your next customer before anybody else does, today","${'Leads that answer the phone, from ads you can measure. '.repeat(4).trim()}",Free for 14 days and not one of them more,https://shop.example/spring`,
  ];
  return {
    longSheet: { name: 'spring_long.csv', mimeType: 'text/csv', buffer: Buffer.from(long.join('\n')) },
    searchSheet: { name: 'spring_search.csv', mimeType: 'text/csv', buffer: Buffer.from(search.join('\n')) },
    sheet: { name: 'spring_prospecting.csv', mimeType: 'text/csv', buffer: Buffer.from([HEAD, ...rows].join('\n')) },
    wrongSheet: { name: 'spring_wrong.csv', mimeType: 'text/csv', buffer: Buffer.from([HEAD, ...wrong].join('\n')) },
    /** The first concept stands twice in its ad set, under two names of one text. */
    twiceSheet: {
      name: 'spring_twice.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([`${HEAD},copy`, ...['a', 'b'].map((copy) => `${rows[0] ?? ''},${copy}`)].join('\n')),
    },
    media: concepts.flatMap((concept, i) =>
      (
        [
          ['1x1', 540, 540],
          ['9x16', 540, 960],
        ] as const
      ).map(([ratio, width, height]) => ({
        name: `${concept.toLowerCase().replaceAll(' ', '-')}_${ratio}.png`,
        mimeType: 'image/png',
        buffer: picture(width, height, i),
      })),
    ),
  };
}

function picture(width: number, height: number, seed: number): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const wave = Math.sin((x + seed * 90) / 120) * Math.cos((y - seed * 50) / 150);
      png.data.set([Math.round(120 + 70 * wave + seed * 12), Math.round(130 + 50 * wave), Math.round(170 - 50 * wave + seed * 8), 255], at);
    }
  return PNG.sync.write(png);
}
