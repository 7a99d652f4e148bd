import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Outside } from '../http/send.ts';
import type { PlatformError } from '../platform-error.ts';
import type { FieldDrift } from './drift-of.ts';

/** What an adapter needs for a call on behalf of one ad account. Nothing here is stored by the adapter. */
export interface AdSession {
  outside: Outside;
  accessToken: string;
  /** The platform's account id without prefix. */
  accountExternalId: string;
  /** The account above it through which it is reached; absent = directly. */
  via?: string;
  timeoutMs: number;
  /** Our app's secret, where calls must prove that they come from our app (Meta appsecret_proof). */
  appSecret?: string;
  /** Our app's id there, where a call names it. */
  appId?: string;
  /** Called with the usage signals of every answer, for pacing. */
  onUsage?: (usage: Usage) => void;
  /** Called with the platform's own id of every call that was answered with one, for receipts. */
  onTrace?: (traceId: string) => void;
  /** The clock, for creates that have to say when they begin; absent = the machine's. */
  now?: () => Date;
  /** How to wait between calls of one round; absent = by the machine's clock. */
  sleep?: (ms: number) => Promise<void>;
}
/** Share of the quota used, in percent, and the seconds until it frees; null = the platform did not say. */
export interface Usage {
  percent: number;
  regainSeconds: number | null;
  tier: string | null;
}

/** A rate and what may go out at once, in the unit the platform counts in. */
export interface PaceLimits {
  perSecond: number;
  burst: number;
  /** What is allowed for long, where `perSecond` lies above it and the platform's meter slows us down; a second. */
  lasting?: number;
}
/** How fast calls of one ad account may go out. What the platform reports or refuses corrects it; these are only where it begins. */
export interface Pace {
  /** What one read and one write cost in the unit of the limits. */
  cost: { read: number; write: number };
  /** Whether a call that carries many counts once, or each thing in it. */
  counts: 'calls' | 'items';
  /** Until the platform has named a tier, or where it has none. */
  unknown: PaceLimits;
  tiers?: Readonly<Record<string, PaceLimits>>;
  /** No meter: the pace is found by trying, a call a second more after fifty answers, half after a refusal. */
  finds?: { start: number; least: number; most: number };
}

export type ObjectKind = 'campaign' | 'ad_set' | 'creative' | 'ad';
export type EntityKind = 'campaign' | 'ad_set' | 'ad';
/** The platform's word is kept beside ours. */
export interface Normalised<Unified extends string> {
  unified: Unified;
  raw: string;
}
export type EntityStatus = 'active' | 'paused' | 'archived' | 'deleted' | 'in_review' | 'rejected' | 'other';

export interface ListedAccount {
  externalId: string;
  name: string;
  currency: string;
  timezone: string;
  status: string;
  /** The account above it through which it is reached; absent = directly. */
  via?: string;
}
export interface ListedPage {
  externalId: string;
  name: string;
  accessToken: string;
}
export interface ListedEntity {
  kind: EntityKind;
  externalId: string;
  name: string;
  campaignExternalId: string;
  adSetExternalId: string | null;
  status: Normalised<EntityStatus>;
}
export interface Accounts {
  list(session: Omit<AdSession, 'accountExternalId'>): Promise<ListedAccount[]>;
  pages(session: Omit<AdSession, 'accountExternalId'>): Promise<ListedPage[]>;
  /** Every page of one level; short and empty pages are followed until the platform says there are no more. */
  entities(
    session: AdSession,
    kind: EntityKind,
    /** External ids: nothing but what lies in these has to be listed. A platform whose lists cannot be narrowed lists more. */
    campaigns?: readonly string[],
  ): AsyncIterable<ListedEntity[]>;
  /** One ad with its parents and account, for an ad that no listing has shown yet. */
  ad(session: Omit<AdSession, 'accountExternalId'>, externalId: string): Promise<{ accountExternalId: string; entities: ListedEntity[] }>;
}

/** Spend in minor units of the account's currency; counts as sent. Days without delivery are left out by the platform. */
export interface InsightDay {
  adExternalId: string;
  adSetExternalId: string;
  campaignExternalId: string;
  day: string;
  spendMinor: number;
  impressions: number;
  clicks: number;
  claimed: Record<string, string> | null;
}
export interface Insights {
  /** By ad and day, both ends included; sync for short ranges, async report for long ones. */
  days(session: AdSession, range: { since: string; until: string; currency: string }): AsyncIterable<InsightDay[]>;
}

export interface PlatformLead {
  sourceLeadId: string;
  createdAt: Date;
  formExternalId: string | null;
  adExternalId: string | null;
  adSetExternalId: string | null;
  campaignExternalId: string | null;
  isOrganic: boolean;
  isTest: boolean;
  fields: Record<string, string>;
}
/** What a webhook says about a lead: where to read it. Its answers are never in the webhook. */
export interface LeadNotice {
  pageExternalId: string;
  sourceLeadId: string;
  formExternalId: string | null;
}
export interface LeadForms {
  /** Every lead named in a webhook body; one delivery may carry several pages and leads. @throws refused when the body is not the platform's */
  notices(body: unknown): LeadNotice[];
  formName(session: Omit<AdSession, 'accountExternalId'>, formExternalId: string): Promise<string>;
  subscribe(session: Omit<AdSession, 'accountExternalId'>, page: { externalId: string; accessToken: string }): Promise<void>;
  lead(session: Omit<AdSession, 'accountExternalId'>, leadId: string): Promise<PlatformLead>;
  /** Leads of a page's forms since an instant, oldest form first. */
  since(
    session: Omit<AdSession, 'accountExternalId'>,
    page: { externalId: string; accessToken: string },
    since: Date,
  ): AsyncIterable<{ formName: string; leads: PlatformLead[] }>;
}

/** A create in our words; the adapter maps it and never retries it. `parents` are external ids of VERIFIED parents. */
export interface CreateRequest {
  kind: ObjectKind;
  /** With the client token at the end. */
  name: string;
  clientToken: string;
  /** The planned item's spec of shared/rules (platform neutral). */
  spec: unknown;
  parents: {
    campaign?: string;
    ad_set?: string;
    creative?: string;
    media?: { externalId: string; kind: 'image' | 'video'; thumbnail?: string }[];
  };
  /** advertiser = who is named as beneficiary and payer where the law asks (EU). */
  account: { currency: string; timezone: string; advertiser: string };
}
/** clientToken = the one it carries as label or at the end of its name; null = not one of ours. */
export interface AsBuilt {
  externalId: string;
  name: string;
  clientToken: string | null;
  status: Normalised<EntityStatus>;
  createdAt: Date | null;
  fields: Record<string, unknown>;
  raw: unknown;
}
/** A status change that was made: what the same call read afterwards, or true where it cannot. */
export type StatusSet = true | AsBuilt['status'];
export interface Created {
  externalId: string;
  traceId: string | null;
  /** What it is now, where the same call read it after making it. */
  built?: AsBuilt;
}
/**
 * How creates of one kind may share a call: at most `most` of them, with any others, with those of the same parent only, or with none of
 * the same parent. 1 = each alone.
 */
export interface Freight {
  most: number;
  together: 'any' | 'one-parent' | 'parents-apart';
  /** Whether the create of this planned spec may share a call at all; absent = each may. */
  mayShare?(spec: unknown): boolean;
}
export interface Objects {
  /** Kinds the platform may make switched on whatever a create says: they are paused by a call of their own before they are read back. */
  mayStartActive?: ReadonlySet<ObjectKind>;
  freight: Readonly<Record<ObjectKind, Freight>>;
  /** The call that creates or switches also reads what came of it, and the platform counts both. */
  readsBack?: true;
  /** How many objects one call names that reads, looks for or switches many; more are asked for in parts of this size. */
  mostNamed: number;
  /**
   * One call, never retried, for creates of one kind that `freight` lets travel together. The answer has one outcome for each, in their
   * order, and each stands alone. @throws PlatformError when the call as a whole came to that
   */
  create(session: AdSession, requests: readonly CreateRequest[]): Promise<(Created | PlatformError)[]>;
  /**
   * What the create of these kinds cannot say in its one call: said by calls of their own before the read-back, which looks at it like at
   * everything else. Sets, so that repeating them is harmless.
   */
  complete?: {
    kinds: ReadonlySet<ObjectKind>;
    run(session: AdSession, made: { externalId: string; request: CreateRequest }[]): Promise<Map<string, true | PlatformError>>;
  };
  /** The platform's own validator, where it has one. Resolves when accepted, throws `refused` with its reason. */
  validate?(session: AdSession, request: CreateRequest): Promise<'accepted' | 'not_checkable'>;
  read(session: AdSession, kind: ObjectKind, externalId: string): Promise<AsBuilt>;
  setStatus(session: AdSession, kind: ObjectKind, externalId: string, status: 'active' | 'paused' | 'archived'): Promise<void>;
  /** Many reads in few calls; each answer stands alone, so one failure spoils no other. */
  readMany(session: AdSession, objects: { kind: ObjectKind; externalId: string }[]): Promise<Map<string, AsBuilt | PlatformError>>;
  /**
   * Many status changes in few calls; setting a status twice is harmless. `archived` = taken away, as the platform's rules say. Answers with
   * what it was read as in the same call, or with true.
   */
  setStatusMany(
    session: AdSession,
    objects: { kind: ObjectKind; externalId: string }[],
    status: 'active' | 'paused' | 'archived',
  ): Promise<Map<string, StatusSet | PlatformError>>;
  /** How many objects share one call when they are taken away. */
  archivedTogether: number;
  /** Everything of one kind that carries any of the tokens, oldest first, by the strongest reads there are, in few calls. */
  findByTokens(
    session: AdSession,
    kind: ObjectKind,
    /** parent = external id of what it was made below, where it is known and one: some platforms list by parent only. */
    wanted: { clientToken: string; name: string; parent?: string }[],
  ): Promise<AsBuilt[]>;
  /** One page of the account's living objects whose names carry any client token; `after` of the page before, null = the first or no more. */
  listCarrying(session: AdSession, kind: ObjectKind, after: string | null): Promise<{ objects: AsBuilt[]; after: string | null }>;
  /** Rule per field for the read-back comparison, planned against found. */
  compare(request: CreateRequest, found: AsBuilt): FieldDrift[];
  managerUrl(accountExternalId: string, kind: ObjectKind, externalId: string): string | null;
}
export interface MediaLibrary {
  image(session: AdSession, file: { name: string; bytes: ArrayBuffer }): Promise<{ externalId: string }>;
  /** Starts and feeds an upload; the platform then processes. Absent = it takes no videos from us. */
  video?(
    session: AdSession,
    file: {
      name: string;
      size: number;
      slice(from: number, to: number): Promise<ArrayBuffer>;
      /** Called before the call that makes the video; throwing stops it. */
      beforeFinish?(): Promise<void>;
    },
  ): Promise<{ externalId: string }>;
  /** Address of a frame the platform chose for a ready video; null = it has none yet. Absent = a video ad needs no still picture. */
  thumbnail?(session: AdSession, externalId: string): Promise<string | null>;
  state(session: AdSession, kind: 'image' | 'video', externalId: string): Promise<'ready' | 'processing' | 'failed'>;
  /** Which of these images, at most fifty, can be used now, by one call. Absent = each is asked for by its `state`. */
  ready?(session: AdSession, externalIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Everything of this name, oldest first: a lost answer may have left several. */
  find(session: AdSession, kind: 'image' | 'video', name: string): Promise<{ externalId: string; createdAt: Date | null }[]>;
  /** Takes a file out of the account's library; one that is gone already is no error. Absent = what was uploaded stays for good. */
  remove?(session: AdSession, kind: 'image' | 'video', externalId: string): Promise<void>;
}

/** One ad platform. What not every platform can do is an optional object, never a flag. */
export interface AdPlatform {
  id: AdPlatformId;
  pace: Pace;
  /** What all accounts of our app share, where the platform counts by app. */
  appPace?: Pace;
  accounts: Accounts;
  insights: Insights;
  objects: Objects;
  media: MediaLibrary;
  leadForms?: LeadForms;
}
