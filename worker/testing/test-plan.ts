import { createHash } from 'node:crypto';
import type { Plan, PlanMedia, Ratio } from '#shared/rules/launch-plan.ts';
import { sampleSettings } from '#shared/rules/plan-sample.test-data.ts';
import { plainPng } from './plain-png.ts';

export interface TestFile {
  fileName: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
  sha256: string;
  ratio: Ratio;
  width: number;
  height: number;
  conceptKey: string;
}

const PIXELS: Record<'1x1' | '9x16', [number, number]> = { '1x1': [600, 600], '9x16': [540, 960] };

/** A one-colour picture; the colour tells files apart, so their hashes differ. */
export function picture(conceptKey: string, ratio: '1x1' | '9x16', shade: number): TestFile {
  const [width, height] = PIXELS[ratio];
  const bytes = plainPng({ width, height, colour: [shade % 256, (shade >> 8) % 256, ratio === '1x1' ? 20 : 200] });
  return {
    fileName: `${conceptKey}-${ratio}.png`,
    contentType: 'image/png',
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ratio,
    width,
    height,
    conceptKey,
  };
}

/** The boxes of an MP4 that say what it is, with no pictures inside; padding stands for them. */
export function movie({
  width,
  height,
  seconds,
  padding,
}: {
  width: number;
  height: number;
  seconds: number;
  padding: number;
}): Uint8Array<ArrayBuffer> {
  const box = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8, 0);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1_000, 12);
  mvhd.writeUInt32BE(seconds * 1_000, 16);
  const tkhd = Buffer.alloc(84);
  [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].forEach((value, i) => tkhd.writeInt32BE(value, 40 + i * 4));
  tkhd.writeUInt32BE(width * 65_536, 76);
  tkhd.writeUInt32BE(height * 65_536, 80);
  const moov = box('moov', Buffer.concat([box('mvhd', mvhd), box('trak', box('tkhd', tkhd))]));
  return new Uint8Array(Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), box('mdat', Buffer.alloc(padding)), moov]));
}

export interface PlanSize {
  adSets: number;
  concepts: number;
  ratios?: ('1x1' | '9x16')[];
  shade?: number;
}

/** adSets × concepts × ratios ads, and the files they need. */
export function testPlan({ adSets, concepts, ratios = ['1x1', '9x16'], shade = 0 }: PlanSize): { plan: Plan; files: TestFile[] } {
  const conceptKeys = Array.from({ length: concepts }, (_, i) => `concept-${i + 1}`);
  const files = conceptKeys.flatMap((key, i) => ratios.map((ratio) => picture(key, ratio, shade * 1000 + i)));
  const media = files.map((file): PlanMedia => ({
    mediaKey: file.fileName,
    fileName: file.fileName,
    sha256: file.sha256,
    kind: 'image',
    width: file.width,
    height: file.height,
    durationMs: null,
    conceptKey: file.conceptKey,
    variantKey: 'default',
    ratio: file.ratio,
    role: 'main',
  }));
  const plan: Plan = {
    version: 1,
    platform: 'meta',
    accountId: 'act_1000000001',
    name: `Test launch ${shade}`,
    settings: {
      ...sampleSettings,
      ageMin: 18,
      ageMax: 60,
      pageId: '107000000000001',
      leadFormId: '108000000000001',
      linkUrl: 'https://example.com/offer',
      callToAction: 'SIGN_UP',
      utm: { utm_source: 'meta', utm_medium: 'paid-social', utm_content: '{{ad.id}}' },
      naming: { campaign: '{campaign}', adSet: '{adset}', creative: '{concept} | {ratio}', ad: '{concept} | {ratio} | {counter:3}' },
      accountName: 'Inlay demo',
    },
    campaigns: [{ key: 'c1', name: 'Campaign one', dailyBudgetMinor: null }],
    adSets: Array.from({ length: adSets }, (_, i) => ({
      key: `s${i + 1}`,
      campaignKey: null,
      name: `Audience ${i + 1}`,
      dailyBudgetMinor: null,
      countries: null,
      ageMin: null,
      ageMax: null,
      optimizationGoal: null,
    })),
    concepts: conceptKeys.map((key) => ({ key, name: key.replace('-', ' '), hook: null, creator: null, lang: null })),
    copySets: [
      {
        key: 'default',
        conceptKey: null,
        headline: 'Find out more',
        primaryText: 'A short text that says what it is.',
        description: '',
        moreHeadlines: [],
        morePrimaryTexts: [],
        moreDescriptions: [],
        link: null,
        callToAction: null,
      },
    ],
    media,
    mode: 'all',
    n: null,
    rows: [],
    exclusions: [],
    duplicatesReason: null,
  };
  return { plan, files };
}
