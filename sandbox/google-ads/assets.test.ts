import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, AD_GROUP, BUDGET, CAMPAIGN, openAds, reasonsOf, type AdsClient } from './testing/ads-client.ts';
import { skipWithoutSpec } from './testing/needs-spec.ts';

let ads: AdsClient;
beforeEach(async () => {
  ads = await openAds();
});
afterEach(() => ads.sandbox.close());

function picture(width: number, height: number, shade = 0): string {
  const png = new PNG({ width, height });
  png.data.fill(shade);
  return PNG.sync.write(png, { deflateLevel: 1 }).toString('base64');
}
const WIDE = picture(600, 314);
const SQUARE = picture(300, 300);

const asset = (n: number, create: object) => ({ assetOperation: { create: { resourceName: `${ACCOUNT}/assets/-${n}`, ...create } } });
const words = (n: number, text: string) => asset(n, { textAsset: { text } });
const image = (n: number, name: string, data: string) => asset(n, { name, imageAsset: { data } });
const names = (answer: { body: any }): string[] => answer.body.results.map((one: any) => one.resourceName);
const makeImage = (name: string, data: string) =>
  ads.post(`${ACCOUNT}/assets:mutate`, { operations: [{ create: { name, imageAsset: { data } } }] });

describe('an image', () => {
  test('is kept once per content, whatever it is called', async () => {
    const first = await makeImage('wide', WIDE);
    expect(names(await makeImage('again', WIDE))).toEqual(names(first));
    expect(names(await makeImage('square', SQUARE))).not.toEqual(names(first));
    const rows = await ads.rows(
      "SELECT asset.name, asset.type, asset.image_asset.mime_type, asset.image_asset.full_size.width_pixels, asset.image_asset.file_size FROM asset WHERE asset.type = 'IMAGE'",
    );
    expect(rows.map((row) => [row.asset.name, row.asset.imageAsset.mimeType, row.asset.imageAsset.fullSize.widthPixels])).toEqual([
      ['wide', 'IMAGE_PNG', '600'],
      ['square', 'IMAGE_PNG', '300'],
    ]);
    expect(ads.sandbox.googleAds.objects().filter((one) => one.kind === 'image')).toHaveLength(2);
  });

  test.each([
    [{ name: 'x', imageAsset: { data: Buffer.from('not an image').toString('base64') } }, 'imageError.INVALID_IMAGE'],
    [{ name: 'x', imageAsset: { data: Buffer.alloc(5 * 1024 * 1024 + 1).toString('base64') } }, 'imageError.FILE_TOO_LARGE'],
    [{ name: 'x', imageAsset: {} }, 'assetError.ASSET_DATA_IS_MISSING'],
    [{ imageAsset: { data: SQUARE } }, 'assetError.NAME_REQUIRED_FOR_ASSET_TYPE'],
    [{ name: 'x' }, 'assetError.ASSET_DATA_IS_MISSING'],
    [{ name: 'taken', imageAsset: { data: SQUARE } }, 'assetError.DUPLICATE_ASSET_NAME'],
    [{ youtubeVideoAsset: { youtubeVideoId: 'short' } }, 'youtubeVideoRegistrationError.VIDEO_NOT_FOUND'],
  ])('or another asset that is wrong is refused (%#): %s', async (create, reason) => {
    await makeImage('taken', WIDE);
    expect(reasonsOf(await ads.post(`${ACCOUNT}/assets:mutate`, { operations: [{ create }] }))).toEqual([reason]);
  });

  test('twice in one request may not differ', async () => {
    const operations = ['a', 'b'].map((name) => ({ create: { name, imageAsset: { data: WIDE } } }));
    expect(reasonsOf(await ads.post(`${ACCOUNT}/assets:mutate`, { operations }))).toEqual([
      'assetError.DUPLICATE_ASSETS_WITH_DIFFERENT_FIELD_VALUE',
    ]);
  });

  test('lasts: assets are not removed', async () => {
    const [name] = names(await makeImage('wide', WIDE));
    const answer = await ads.post(`${ACCOUNT}/assets:mutate`, { operations: [{ remove: name }] });
    expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringContaining('Unknown name "remove"')]);
  });
});

const GROUP = `${ACCOUNT}/assetGroups/-10`;
const pmax = { ...CAMPAIGN, advertisingChannelType: 'PERFORMANCE_MAX', networkSettings: undefined, name: 'PMax' };
const link = (n: number, fieldType: string) => ({
  assetGroupAssetOperation: { create: { assetGroup: GROUP, asset: `${ACCOUNT}/assets/-${n}`, fieldType } },
});
const PMAX = [
  { campaignBudgetOperation: { create: BUDGET } },
  { campaignOperation: { create: pmax } },
  words(21, 'Fresh coffee'),
  words(22, 'Roasted today'),
  words(23, 'Free delivery'),
  words(24, 'The long story of our coffee'),
  words(25, 'From small farms.'),
  words(26, 'At your door in two days.'),
  words(27, 'Northwind Coffee'),
  image(28, 'wide', WIDE),
  image(29, 'square', SQUARE),
  {
    assetGroupOperation: {
      create: {
        resourceName: GROUP,
        campaign: CAMPAIGN.resourceName,
        name: 'Group',
        finalUrls: ['https://example.com/'],
        status: 'PAUSED',
      },
    },
  },
  link(21, 'HEADLINE'),
  link(22, 'HEADLINE'),
  link(23, 'HEADLINE'),
  link(24, 'LONG_HEADLINE'),
  link(25, 'DESCRIPTION'),
  link(26, 'DESCRIPTION'),
  link(27, 'BUSINESS_NAME'),
  link(28, 'MARKETING_IMAGE'),
  link(29, 'SQUARE_MARKETING_IMAGE'),
  link(29, 'LOGO'),
];

describe('Performance Max', () => {
  test('comes with its asset group and all its assets in one request', async (context) => {
    const answer = await ads.mutate(PMAX);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(
      await ads.rows('SELECT asset_group_asset.field_type, asset.name, asset_group.name, campaign.name FROM asset_group_asset'),
    ).toHaveLength(10);
    expect(ads.sandbox.googleAds.objects().find((one) => one.name === 'Group')).toMatchObject({ kind: 'ad_set', maySpend: false });
    skipWithoutSpec(context);
    expect(ads.sandbox.log.violations).toEqual([]);
  });

  test.each([
    ['HEADLINE', 'assetGroupError.NOT_ENOUGH_HEADLINE_ASSET'],
    ['DESCRIPTION', 'assetGroupError.NOT_ENOUGH_DESCRIPTION_ASSET'],
    ['LOGO', 'assetGroupError.NOT_ENOUGH_LOGO_ASSET'],
    ['MARKETING_IMAGE', 'assetGroupError.NOT_ENOUGH_MARKETING_IMAGE_ASSET'],
  ])('is refused without enough of %s', async (field, reason) => {
    const at = PMAX.findIndex((one: any) => one.assetGroupAssetOperation?.create.fieldType === field);
    expect(reasonsOf(await ads.mutate(PMAX.toSpliced(at, 1)))).toEqual([reason]);
    expect(ads.sandbox.googleAds.objects().some((one) => one.name === 'PMax')).toBe(false);
  });

  test('takes no picture of the wrong shape, and no ad group', async () => {
    expect(reasonsOf(await ads.mutate([...PMAX, link(28, 'LOGO')]))).toEqual(['imageError.ASPECT_RATIO_NOT_ALLOWED']);
    const small = [...PMAX.slice(0, 11), image(30, 'small', picture(100, 100, 9)), ...PMAX.slice(11), link(30, 'SQUARE_MARKETING_IMAGE')];
    expect(reasonsOf(await ads.mutate(small))).toEqual(['imageError.IMAGE_TOO_SMALL']);
    expect(reasonsOf(await ads.mutate([...PMAX, { adGroupOperation: { create: AD_GROUP } }]))).toEqual([
      'adGroupError.CANNOT_ADD_AD_GROUP_FOR_CAMPAIGN_TYPE',
    ]);
  });
});

const demandGen = (ad: object) => [
  { campaignBudgetOperation: { create: BUDGET } },
  { campaignOperation: { create: { ...CAMPAIGN, advertisingChannelType: 'DEMAND_GEN', networkSettings: undefined } } },
  { adGroupOperation: { create: { ...AD_GROUP, cpcBidMicros: undefined } } },
  image(28, 'wide', WIDE),
  image(29, 'square', SQUARE),
  asset(31, { youtubeVideoAsset: { youtubeVideoId: 'dQw4w9WgXcQ' } }),
  {
    adGroupAdOperation: {
      create: { adGroup: AD_GROUP.resourceName, status: 'PAUSED', ad: { name: 'Demand', finalUrls: ['https://example.com/'], ...ad } },
    },
  },
];
const texts = (...all: string[]) => all.map((text) => ({ text }));
const pictures = (n: number) => [{ asset: `${ACCOUNT}/assets/-${n}` }];

describe('Demand Gen and Display', () => {
  const multi = {
    headlines: texts('Coffee'),
    descriptions: texts('From small farms.'),
    businessName: 'Northwind Coffee',
    marketingImages: pictures(28),
    logoImages: pictures(29),
  };
  test.each([
    ['demandGenMultiAssetAd', multi],
    [
      'demandGenVideoResponsiveAd',
      {
        headlines: texts('Coffee'),
        longHeadlines: texts('Coffee today'),
        descriptions: texts('Fresh'),
        businessName: { text: 'Northwind' },
        logoImages: pictures(29),
        videos: pictures(31),
      },
    ],
  ])('%s is made', async (kind, info) => {
    const answer = await ads.mutate(demandGen({ [kind]: info }));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const [row] = await ads.rows('SELECT ad_group_ad.ad.type, ad_group.type FROM ad_group_ad');
    expect(row.adGroupAd.ad.type).toBe(kind.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
  });

  test.each([
    [{ demandGenMultiAssetAd: { ...multi, logoImages: [] } }, 'collectionSizeError.TOO_FEW'],
    [{ demandGenMultiAssetAd: { ...multi, businessName: undefined } }, 'fieldError.REQUIRED'],
    [{ demandGenMultiAssetAd: { ...multi, marketingImages: pictures(29) } }, 'imageError.ASPECT_RATIO_NOT_ALLOWED'],
    [{ demandGenMultiAssetAd: { ...multi, headlines: texts('x'.repeat(41)) } }, 'stringLengthError.TOO_LONG'],
    [{ expandedTextAd: { headlinePart1: 'x' } }, 'adGroupAdError.CANNOT_CREATE_DEPRECATED_ADS'],
  ])('%o is refused: %s', async (ad, reason) => {
    expect(reasonsOf(await ads.mutate(demandGen(ad)))).toEqual([reason]);
  });

  test('a display ad asks for pictures of both shapes', async () => {
    const operations = (change: object): unknown[] => {
      const info = {
        marketingImages: pictures(28),
        squareMarketingImages: pictures(29),
        headlines: texts('Coffee'),
        longHeadline: { text: 'Fresh coffee today' },
        descriptions: texts('Fresh'),
        businessName: 'Northwind',
        ...change,
      };
      return demandGen({ responsiveDisplayAd: info }).toSpliced(1, 1, {
        campaignOperation: { create: { ...CAMPAIGN, advertisingChannelType: 'DISPLAY', networkSettings: undefined } },
      });
    };
    expect(reasonsOf(await ads.mutate(operations({ squareMarketingImages: [] })))).toEqual(['collectionSizeError.TOO_FEW']);
    expect(reasonsOf(await ads.mutate(operations({ longHeadline: undefined })))).toEqual(['fieldError.REQUIRED']);
    expect((await ads.mutate(operations({}))).status).toBe(200);
  });
});

describe('a search ad', () => {
  const base = { finalUrls: ['https://example.com/'] };
  const lines = (count: number, letters = 10) =>
    Array.from({ length: count }, (_, n) => ({ text: `${n} ${'x'.repeat(letters - 2 - String(n).length + 1)}`.slice(0, letters) }));
  const make = (ad: object) =>
    ads.mutate([
      { campaignBudgetOperation: { create: BUDGET } },
      { campaignOperation: { create: CAMPAIGN } },
      { adGroupOperation: { create: AD_GROUP } },
      { adGroupAdOperation: { create: { adGroup: AD_GROUP.resourceName, ad } } },
    ]);
  test.each([
    [{ ...base, responsiveSearchAd: { headlines: lines(2), descriptions: lines(2) } }, 'collectionSizeError.TOO_FEW'],
    [{ ...base, responsiveSearchAd: { headlines: lines(16), descriptions: lines(2) } }, 'collectionSizeError.TOO_MANY'],
    [{ ...base, responsiveSearchAd: { headlines: lines(3, 31), descriptions: lines(2) } }, 'stringLengthError.TOO_LONG'],
    [{ ...base, responsiveSearchAd: { headlines: [...lines(2), { text: ' ' }], descriptions: lines(2) } }, 'stringLengthError.EMPTY'],
    [{ ...base, responsiveSearchAd: { headlines: [...lines(2), ...lines(1)], descriptions: lines(2) } }, 'assetError.DUPLICATE_ASSET'],
    [
      { ...base, responsiveSearchAd: { headlines: lines(3), descriptions: lines(2), path2: 'x' } },
      'adError.CANNOT_SET_PATH2_WITHOUT_PATH1',
    ],
    [
      { finalUrls: ['example.com'], responsiveSearchAd: { headlines: lines(3), descriptions: lines(2) } },
      'urlFieldError.MISSING_PROTOCOL_IN_FINAL_URL',
    ],
    [
      { finalUrls: ['https://nohost'], responsiveSearchAd: { headlines: lines(3), descriptions: lines(2) } },
      'urlFieldError.MALFORMED_FINAL_URL',
    ],
    [base, 'fieldError.REQUIRED'],
    [{ ...base, demandGenMultiAssetAd: {} }, 'collectionSizeError.TOO_FEW'],
  ])('%o: %s', async (ad, reason) => {
    expect(reasonsOf(await make(ad))).toEqual([reason]);
  });

  test('runs three times in a group at most; its content changes through the ad itself', async () => {
    const ad = (n: number) => ({ ...base, responsiveSearchAd: { headlines: lines(3), descriptions: lines(2), path1: `p${n}` } });
    const first = await make(ad(1));
    const names: any[] = first.body.mutateOperationResponses;
    const adGroup = names[2].adGroupResult.resourceName;
    const more = (n: number, status: string) =>
      ads.post(`${ACCOUNT}/adGroupAds:mutate`, { operations: [{ create: { adGroup, status, ad: ad(n) } }] });
    await more(2, 'ENABLED');
    await more(3, 'ENABLED');
    expect(reasonsOf(await more(4, 'ENABLED'))).toEqual(['resourceCountLimitExceededError.RESOURCE_LIMIT']);
    expect((await more(4, 'PAUSED')).status).toBe(200);
    const [row] = await ads.rows('SELECT ad_group_ad.ad.resource_name FROM ad_group_ad LIMIT 1');
    const { resourceName } = row.adGroupAd.ad;
    const changed = await ads.post(`${ACCOUNT}/ads:mutate`, {
      operations: [{ update: { resourceName, finalUrls: ['https://example.com/new'] }, updateMask: 'finalUrls' }],
    });
    expect(changed.body.results).toEqual([{ resourceName }]);
    expect((await ads.rows('SELECT ad_group_ad.ad.final_urls FROM ad_group_ad LIMIT 1'))[0].adGroupAd.ad.finalUrls).toEqual([
      'https://example.com/new',
    ]);
  });
});

test('criteria, lists and labels are made once', async () => {
  const { body } = await ads.mutate([{ campaignBudgetOperation: { create: BUDGET } }, { campaignOperation: { create: CAMPAIGN } }]);
  const campaign = body.mutateOperationResponses[1].campaignResult.resourceName;
  const target = (create: object) => ads.post(`${ACCOUNT}/campaignCriteria:mutate`, { operations: [{ create: { campaign, ...create } }] });
  expect((await target({ location: { geoTargetConstant: 'geoTargetConstants/2250' } })).status).toBe(200);
  expect(reasonsOf(await target({ location: { geoTargetConstant: 'geoTargetConstants/2250' } }))).toEqual([
    'mutateError.RESOURCE_ALREADY_EXISTS',
  ]);
  expect(reasonsOf(await target({ location: { geoTargetConstant: 'geoTargetConstants/1' } }))).toEqual([
    'criterionError.INVALID_CRITERION_ID',
  ]);
  expect((await target({ language: { languageConstant: 'languageConstants/1002' } })).status).toBe(200);
  expect(reasonsOf(await target({}))).toEqual(['criterionError.CONCRETE_TYPE_REQUIRED']);
  expect(
    (await ads.rows('SELECT campaign_criterion.type, campaign.name FROM campaign_criterion')).map((row) => row.campaignCriterion.type),
  ).toEqual(['LOCATION', 'LANGUAGE']);
  const make = (kind: string, create: object) => ads.post(`${ACCOUNT}/${kind}:mutate`, { operations: [{ create }] });
  expect((await make('conversionActions', { name: 'Call', type: 'WEBPAGE' })).status).toBe(200);
  expect(reasonsOf(await make('conversionActions', { name: 'call', type: 'WEBPAGE' }))).toEqual(['conversionActionError.DUPLICATE_NAME']);
  expect(reasonsOf(await make('userLists', { name: 'New' }))).toEqual(['userListError.CONCRETE_TYPE_REQUIRED']);
  expect((await make('userLists', { name: 'New', crmBasedUserList: { uploadKeyType: 'CONTACT_INFO' } })).status).toBe(200);
  expect((await make('audiences', { name: 'People', dimensions: [{ age: { ageRanges: [{ minAge: 18, maxAge: 24 }] } }] })).status).toBe(
    200,
  );
});
