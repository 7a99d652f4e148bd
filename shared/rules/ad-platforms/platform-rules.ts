import type { Ratio } from '../launch-plan.ts';

/** What a plan has to know about an ad platform before anything is sent: pure data, one file per platform. */
export interface PlatformRules {
  /** As people call it. */
  label: string;
  /** Creatives are objects of their own between files and ads; where false an ad carries its content itself. */
  hasCreatives: boolean;
  names: Readonly<Record<NameLevel, NameLimits>>;
  texts: readonly TextLimit[];
  macros: LinkMacros;
  /** How far a day's spend may go beyond a daily budget; null = the platform does not say, or we have not read it. */
  overspend: Overspend | null;
  /** What a plan may ask for, in our words, each with the platform's. The first is what a new draft begins with. */
  goals: readonly GoalWords[];
  bidStrategies: readonly BidWords[];
  /** Buttons by our word. A word that is missing the platform does not have. */
  callsToAction: Readonly<Partial<Record<CallToAction, string>>>;
  ids: IdShapes;
  /** Where a daily budget may sit. */
  budgetLevels: readonly ('campaign' | 'ad_set')[];
  /** Bids belong to the ad sets, wherever the budget sits; absent = to what holds the budget. */
  bidOnAdSet?: boolean;
  /** Where an audience can be cut by age; absent = at any year. */
  ages?: { from: readonly number[]; to: readonly number[] };
  /** Countries that can be chosen, with the platform's own ids; absent = all, by their codes. */
  countries?: Readonly<Record<string, string>>;
  /** How a search word may be written, where the platform has them. */
  keywords?: { maxLength: number; maxWords: number; forbidden: RegExp };
  /** Most ads of one ad set that may be on at once; absent = as many as a plan holds. */
  adsPerAdSet?: number;
  /** One ad set shows pictures or videos, not both. */
  oneKindOfMedia?: boolean;
  /** Places its ads are drawn in before they exist, the first for ads that suit none; `texts` says how much of each text is seen there. */
  placements: readonly Placement[];
  /** What a plan for this platform is asked besides what every platform asks, in the order of the screen. */
  fields: readonly PlatformField[];
  /** What becomes of an object whose launch is undone. */
  removal: Removal;
}

/** Settings that not every platform has a use for. */
export const OWN_SETTINGS = [
  'keywords',
  'locale',
  'brandName',
  'logoId',
  'leadFormId',
  'pixelId',
  'specialAdCategories',
  'political',
] as const;
export type OwnSetting = (typeof OWN_SETTINGS)[number];

export interface PlatformField {
  setting: OwnSetting;
  /** Asked only where the goal counts by it, or shows it; absent = always. */
  need?: Need;
  /** A plan without it is refused. */
  required: boolean;
  /** What there is to choose from; absent = anything. */
  choices?: readonly string[];
}

/**
 * archived = it stays in the account, out of sight, with its figures; deleted = it is gone, reports keep its figures; renamed = the
 * platform lets nobody take it away: it gives up its name and is not used.
 */
export type RemovalWay = 'archived' | 'deleted' | 'renamed';
export interface Removal {
  /** By kind; null = the platform has no such object of its own. */
  ways: Readonly<Record<'campaign' | 'ad_set' | 'creative' | 'ad', RemovalWay | null>>;
  /** Why so, for whoever changes it. */
  reason: string;
  mark: Mark;
  /** What stays at the platform besides the files, because nobody can take it away. */
  leaves: readonly 'posts'[];
}

export type NameLevel = 'campaign' | 'adSet' | 'creative' | 'ad';
export interface NameLimits {
  /** Most user-visible characters of the whole name, client token included. */
  maxLength: number;
  forbidden: RegExp;
  mark: Mark;
}

/** How well a fact is known. Source of the words: launching guide, its opening lines. */
export type Mark = 'vendor docs' | 'single source' | 'unconfirmed';

export type TextField = 'primaryText' | 'headline' | 'description';
/** One field in one placement. Over `visible` is a warning with a preview of the cut; over `hard` is an error. Nothing is ever shortened for the user. */
export interface TextLimit {
  placement: PlacementId;
  field: TextField;
  /** Characters shown before the cut, or advised. */
  visible: number;
  /** Most the platform accepts; null = not known. */
  hard: number | null;
  /** double-width: characters of wide scripts count two. */
  unit: 'grapheme' | 'double-width';
  mark: Mark;
  source: string;
  /** When the value was last read, "YYYY-MM". */
  asOf: string;
}

/** post: text above, card below. story: everything over the picture. card: picture, then text. words: a result among others. */
export type PreviewLayout = 'post' | 'story' | 'card' | 'words';
export interface Placement {
  /** As `TextLimit.placement` names it. */
  id: PlacementId;
  layout: PreviewLayout;
  /** Shapes of files made for it; an ad in another one may still be shown there. */
  ratios: readonly Ratio[];
}
export type PlacementId = 'feed' | 'instagram-feed' | 'stories' | 'reels' | 'search' | 'demand-gen' | 'in-feed' | 'linkedin-feed' | 'snap';

export interface LinkMacros {
  /** Finds one macro in a text. */
  pattern: RegExp;
  /** Those the platform fills. */
  known: readonly string[];
  /** The one that stands for the ad's id. */
  adId: string;
  /** Parameters a new draft begins with: ids first, names are decoration. */
  standard: Readonly<Record<string, string>>;
  /** A macro is all of a parameter's value: nothing stands before or after it. */
  standAlone?: boolean;
}

/** A daily budget is an average: what one day may come to, in percent of it. It is shown beside a budget and never counted into a cap. */
export interface Overspend {
  mostPercent: number;
  mark: Mark;
  source: string;
  /** When the value was last read, "YYYY-MM". */
  asOf: string;
}

export const GOALS = ['traffic', 'leads', 'sales', 'awareness', 'video_views'] as const;
export type Goal = (typeof GOALS)[number];
export type Need = 'leadForm' | 'pixel' | 'keywords' | 'logo';
export interface GoalWords {
  goal: Goal;
  objective: string;
  optimizationGoal: string;
  billingEvent: string;
  /** What it counts by, and cannot do without. */
  needs: readonly Need[];
  /** Bid strategies it goes with; absent = all the platform has. */
  bids?: readonly Bid[];
  /** What the campaign decides for everything below it: an ad set may not say otherwise. */
  ofCampaign?: readonly ('optimizationGoal' | 'countries')[];
  /** How its ads are made, where that depends on the goal. */
  ads?: AdShape;
}

/** What one ad holds. */
export interface AdShape {
  /** The placement of `texts` its texts are shown in. */
  placement: PlacementId;
  /** Pictures it takes. None = words only: a concept needs no file and gives one ad per text. */
  pictures: readonly PictureShape[];
  headlines: Count;
  /** Primary texts and descriptions together. */
  descriptions: Count;
  /** Most ads that may run side by side in an ad set; null = as many as the platform holds. */
  mostPerAdSet: number | null;
  /** Most characters of the advertiser's name; null = these ads show none. */
  maxBrandName: number | null;
}
interface Count {
  least: number;
  most: number;
}
export interface PictureShape {
  ratio: Ratio;
  /** Width by height, and by how much of itself it may differ. */
  aspect: number;
  tolerance: number;
  minWidth: number;
  minHeight: number;
}

export const BIDS = ['lowest_cost', 'cost_cap', 'bid_cap'] as const;
export type Bid = (typeof BIDS)[number];
export interface BidWords {
  bid: Bid;
  word: string;
  /** It needs an amount beside it. */
  needsAmount: boolean;
  /** Optimization goals it goes with; absent = all. */
  goals?: readonly string[];
}

export const CALLS_TO_ACTION = [
  'LEARN_MORE',
  'SIGN_UP',
  'SHOP_NOW',
  'APPLY_NOW',
  'BOOK_NOW',
  'CONTACT_US',
  'DOWNLOAD',
  'GET_OFFER',
  'GET_QUOTE',
  'ORDER_NOW',
  'SUBSCRIBE',
  'GET_STARTED',
  'NO_BUTTON',
] as const;
/** Our word for a button; a plan holds it, an adapter sends the platform's. */
export type CallToAction = (typeof CALLS_TO_ACTION)[number];

/** How ids of the platform are written; null = the platform has no such thing. */
export interface IdShapes {
  account: RegExp;
  /** Who speaks: page, organization, identity, profile. */
  identity: RegExp | null;
  leadForm: RegExp | null;
  pixel: RegExp | null;
  /** The advertiser's logo in the account's library. */
  logo?: RegExp;
}
