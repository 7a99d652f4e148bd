import { addConstants } from './constants.ts';
import type { FigureBook } from './figure-book.ts';
import type { Fields } from './read-message.ts';
import { typeOf } from './resource-types.ts';
import { RULES } from './rules/index.ts';
import type { AdsStore } from './store.ts';

/** Ids that exist in every sandbox, whatever the seed. */
export const ADS_DEMO = {
  user: 'owner@example.com',
  /** Let into one account by name, and not into the manager above it. */
  accountUser: 'account-user@example.com',
  manager: '4000000001',
  account: '4000000011',
  /** Below the manager only: reached with login-customer-id. */
  secondAccount: '4000000012',
  closedAccount: '4000000013',
  leadForm: '310000000000901',
  conversionAction: '900000000000901',
  userList: '900000000000911',
  campaign: '200000000000901',
  googleKey: 'sandbox-google-key',
} as const;

const ACCOUNTS = [
  { id: ADS_DEMO.manager, name: 'Northwind manager', currency: 'EUR', zone: 'Europe/Paris', manager: true, status: 'ENABLED' },
  { id: ADS_DEMO.account, name: 'Northwind Coffee', currency: 'EUR', zone: 'Europe/Paris', manager: false, status: 'ENABLED' },
  {
    id: ADS_DEMO.secondAccount,
    name: 'Northwind Coffee (USD)',
    currency: 'USD',
    zone: 'America/New_York',
    manager: false,
    status: 'ENABLED',
  },
  {
    id: ADS_DEMO.closedAccount,
    name: 'Northwind Tea (closed)',
    currency: 'GBP',
    zone: 'Europe/London',
    manager: false,
    status: 'CANCELED',
  },
];
/** Accounts that the demo's person was let into by name. */
const DIRECT: readonly string[] = [ADS_DEMO.manager, ADS_DEMO.account, ADS_DEMO.closedAccount];
const CREATED = Date.parse('2026-08-01T08:00:00Z');
/** Google accounts that are users here: the demo's person and the one every sandbox begins with. */
const PEOPLE = [ADS_DEMO.user, 'google-account@example.com'];

type Add = (type: string, ids: string, fields: Fields) => string;

function addAccounts(store: AdsStore): void {
  for (const { id, name, currency, zone, manager, status } of ACCOUNTS) {
    const resourceName = `customers/${id}`;
    store.put({
      name: resourceName,
      type: 'customer',
      customerId: id,
      fields: {
        resourceName,
        id,
        descriptiveName: name,
        currencyCode: currency,
        timeZone: zone,
        manager,
        status,
        testAccount: false,
        autoTaggingEnabled: true,
      },
      keys: [
        ...(DIRECT.includes(id) ? PEOPLE.map((person) => `user ${person}`) : []),
        ...(id === ADS_DEMO.account ? [`user ${ADS_DEMO.accountUser}`] : []),
        ...(manager ? [] : [`managed by ${ADS_DEMO.manager}`]),
      ],
      createdAt: CREATED,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
  }
}

function addLists(add: Add): void {
  const common = {
    status: 'ENABLED',
    category: 'SUBMIT_LEAD_FORM',
    countingType: 'ONE_PER_CLICK',
    primaryForGoal: true,
    includeInConversionsMetric: true,
    clickThroughLookbackWindowDays: '30',
  };
  add('conversion_action', ADS_DEMO.conversionAction, { ...common, name: 'Lead form', type: 'GOOGLE_HOSTED', origin: 'GOOGLE_HOSTED' });
  add('conversion_action', '900000000000902', { ...common, name: 'Purchase', category: 'PURCHASE', type: 'WEBPAGE', origin: 'WEBSITE' });
  const list = {
    membershipStatus: 'OPEN',
    membershipLifeSpan: '90',
    readOnly: false,
    eligibleForSearch: true,
    eligibleForDisplay: true,
    accessReason: 'OWNED',
    accountUserListStatus: 'ENABLED',
  };
  add('user_list', ADS_DEMO.userList, {
    ...list,
    name: 'All visitors',
    type: 'REMARKETING',
    basicUserList: { actions: [] },
    sizeForDisplay: '48000',
    sizeForSearch: '21000',
  });
  add('user_list', '900000000000912', {
    ...list,
    name: 'Newsletter readers',
    type: 'CRM_BASED',
    crmBasedUserList: { uploadKeyType: 'CONTACT_INFO' },
    sizeForDisplay: '5200',
    sizeForSearch: '4900',
  });
  add('user_list', '900000000000913', {
    ...list,
    name: 'Basket left behind',
    type: 'RULE_BASED',
    ruleBasedUserList: {},
    sizeForDisplay: '900',
    sizeForSearch: '700',
  });
}

function addLeadForm(add: Add): string {
  return add('asset', ADS_DEMO.leadForm, {
    name: 'Demo lead form',
    type: 'LEAD_FORM',
    source: 'ADVERTISER',
    leadFormAsset: {
      businessName: 'Northwind Coffee',
      callToActionType: 'SIGN_UP',
      callToActionDescription: 'Taste a free bag',
      headline: 'A free bag of coffee',
      description: 'Leave your address and we send you one.',
      privacyPolicyUrl: 'https://example.com/privacy',
      fields: [{ inputType: 'FULL_NAME' }, { inputType: 'EMAIL' }, { inputType: 'PHONE_NUMBER' }],
      deliveryMethods: [
        {
          webhook: {
            advertiserWebhookUrl: 'https://api.inlay.test/webhooks/google-ads',
            googleSecret: ADS_DEMO.googleKey,
            payloadSchemaVersion: '3',
          },
        },
      ],
    },
  });
}

const TEXTS = {
  headlines: ['Fresh coffee', 'Roasted today', 'Free delivery'].map((text) => ({ text })),
  descriptions: ['From small farms.', 'At your door in two days.'].map((text) => ({ text })),
};

function addTree(add: Add, book: FigureBook, form: string): void {
  const budget = add('campaign_budget', '130000000000901', {
    name: 'Older budget',
    amountMicros: '20000000',
    explicitlyShared: false,
    deliveryMethod: 'STANDARD',
    period: 'DAILY',
    type: 'STANDARD',
    status: 'ENABLED',
  });
  const campaign = add('campaign', ADS_DEMO.campaign, {
    name: 'Autumn coffee · Search · FR',
    status: 'ENABLED',
    advertisingChannelType: 'SEARCH',
    campaignBudget: budget,
    biddingStrategyType: 'MAXIMIZE_CONVERSIONS',
    maximizeConversions: {},
    networkSettings: {
      targetGoogleSearch: true,
      targetSearchNetwork: true,
      targetContentNetwork: false,
      targetPartnerSearchNetwork: false,
    },
    startDateTime: '2026-08-01 00:00:00',
    containsEuPoliticalAdvertising: 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
  });
  add('campaign_asset', `${ADS_DEMO.campaign}~${ADS_DEMO.leadForm}~LEAD_FORM`, {
    campaign,
    asset: form,
    fieldType: 'LEAD_FORM',
    status: 'ENABLED',
    source: 'ADVERTISER',
  });
  for (const [n, theme] of ['Beans', 'Subscriptions'].entries()) {
    const groupId = `16000000000090${n + 1}`;
    const adGroup = add('ad_group', groupId, { name: theme, campaign, status: 'ENABLED', type: 'SEARCH_STANDARD', cpcBidMicros: '900000' });
    for (const a of [1, 2]) {
      const id = `72000000000090${n * 2 + a}`;
      const ad = {
        resourceName: `customers/${ADS_DEMO.account}/ads/${id}`,
        id,
        name: `${theme} ${a}`,
        type: 'RESPONSIVE_SEARCH_AD',
        finalUrls: ['https://example.com/coffee'],
        responsiveSearchAd: TEXTS,
      };
      book.deliver(
        add('ad_group_ad', `${groupId}~${id}`, { adGroup, status: a === 1 ? 'ENABLED' : 'PAUSED', ad }),
        0.5 + n * 0.3 + a * 0.2,
      );
    }
  }
}

/** The demo world: a manager, three accounts, one of them closed, and in the first what an older campaign left behind. */
export function buildDemoWorld(store: AdsStore, book: FigureBook, withAds: boolean): void {
  addConstants(store);
  addAccounts(store);
  const customerId = ADS_DEMO.account;
  const add: Add = (type, ids, own) => {
    const name = `customers/${customerId}/${typeOf(type).collection}/${ids}`;
    const fields: Fields = { resourceName: name, ...(ids.includes('~') ? {} : { id: ids }), ...own };
    store.put({
      name,
      type,
      customerId,
      fields,
      keys: RULES[type]?.keys?.(fields, customerId) ?? [],
      createdAt: CREATED,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
    return name;
  };
  addLists(add);
  const form = addLeadForm(add);
  if (withAds) addTree(add, book, form);
}
