import { z } from 'zod';
import { AD_PLATFORMS } from '../rules/ad-platforms/index.ts';
import { CALLS_TO_ACTION } from '../rules/ad-platforms/platform-rules.ts';
import type { Permission } from '../rules/permissions.ts';
import { LINK_FINDINGS } from '../rules/landing-page.ts';
import { ITEM_STATES, LAUNCH_STATES, RETRY_CLASSES } from '../rules/launch-states.ts';
import { ITEM_KINDS } from '../rules/planned-item.ts';
import { defineContract } from './define-contract.ts';
import { currency, cursor, id, instant, minor, pageSize } from './parts.ts';

export const itemKind = z.enum(ITEM_KINDS);
export const itemState = z.enum(ITEM_STATES);
export const launchState = z.enum(LAUNCH_STATES);
export type { LaunchState } from '../rules/launch-states.ts';

/** One thing wrong with a plan, said where the person can mend it. row and column are those of the spreadsheet (row 1 = header), null when the plan has none. */
export const planProblem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  itemPath: z.string().nullable(),
  /** The launch it speaks of, where it speaks of one. */
  launchId: id.optional(),
});
export type PlanProblem = z.infer<typeof planProblem>;

/** The plan's own shape is defined and checked by shared/rules/launch-plan.ts; the wire carries it as JSON. */
export const planJson = z.record(z.string(), z.unknown());

export const counts = z.object({ media: z.int(), campaign: z.int(), ad_set: z.int(), creative: z.int(), ad: z.int(), total: z.int() });
export const preview = z.object({
  planHash: z.string(),
  problems: z.array(planProblem),
  counts,
  platformCalls: z.int(),
  dailyBudgetMinor: minor,
  currency,
  /** Seconds, p50 to p90, and the meter that binds; null = the account's meters are not known yet. */
  estimate: z.object({ p50Seconds: z.int(), p90Seconds: z.int(), meter: z.string() }).nullable(),
  /** Names and links as they will be sent, first rows. */
  samples: z.array(z.object({ itemPath: z.string(), kind: itemKind, name: z.string(), link: z.string().nullable() })),
});
export type Preview = z.infer<typeof preview>;

/** Whether one person is enough, and how far the second one's word has come. */
export const approvalState = z.object({
  /** The cap as it stands needs a second person: somebody who had no hand in the plan. */
  needsSecondPerson: z.boolean(),
  /** What the reader may do: approve; not, because the plan is theirs; not, until somebody else has asked; not, because of their role. */
  you: z.enum(['may', 'author', 'nobody_known', 'may_not']),
  /** Open request for this very plan. */
  asked: z.object({ by: z.string(), at: instant, expiresAt: instant }).nullable(),
  /** The newest request for this very plan was refused. */
  declined: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  /** Rows were corrected since the approval: nothing goes on before it is given again. */
  isVoid: z.boolean(),
  /** The second person's approval of this very plan: until when it can be used to switch on. Null = there is none. */
  approvedUntil: instant.nullable(),
});
export type ApprovalState = z.infer<typeof approvalState>;

export const byState = z.record(itemState, z.int());
export const launchSummary = z.object({
  id,
  name: z.string(),
  state: launchState,
  platform: z.enum(AD_PLATFORMS),
  accountId: id,
  accountName: z.string(),
  accountExternalId: z.string(),
  currency,
  planHash: z.string(),
  capMinor: minor,
  counts,
  byState,
  createdAt: instant,
  createdBy: z.string(),
  approvedAt: instant.nullable(),
  approvedBy: z.string().nullable(),
  approval: approvalState,
  activatedAt: instant.nullable(),
  /** Why it waits for a person, in plain words; null = it does not. */
  attention: z.string().nullable(),
  callsMade: z.int(),
  /** Objects whose lost answer was made up for by finding them, and objects beyond the first of one intent that were neutralised. */
  adoptions: z.int(),
  incidents: z.int(),
  /** Objects of the whole ad account that carry a token no row of this organization holds; they are told, never touched. */
  strays: z.int(),
  /** Of an undo that was asked for: objects gone, still to go, changed since and waiting for a word, and kept by the platform; null = none was. */
  undo: z.object({ done: z.int(), left: z.int(), changed: z.int(), refused: z.int() }).nullable(),
  estimate: preview.shape.estimate,
  /** Where a person opens it, and approves it; absent from a service of before. */
  address: z.string().optional(),
});
export type LaunchSummary = z.infer<typeof launchSummary>;

/** What somebody changed of an object since it was built, field by field. */
export const change = z.object({ field: z.string(), before: z.string(), now: z.string() });
/** archived, deleted, renamed = how the platform takes it away; gone = somebody else had taken it away. */
export const removalWay = z.enum(['archived', 'deleted', 'renamed']);
export const undoReceipt = z.object({
  state: z.enum(['sent', 'changed', 'confirmed', 'refused', 'done']),
  how: z.enum([...removalWay.options, 'gone']).nullable(),
  changes: z.array(change),
  /** What a confirmation of these changes is bound to. */
  changesHash: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), fix: z.string() }).nullable(),
  /** Every step, oldest first: asked, answered, changed since, refused, read as gone. */
  steps: z.array(
    z.object({
      step: z.enum(['sent', 'answered', 'changed', 'refused', 'undone']),
      at: instant,
      n: z.int().nullable(),
      outcome: z.string().nullable(),
      traceId: z.string().nullable(),
    }),
  ),
});
export type UndoReceipt = z.infer<typeof undoReceipt>;

export const attempt = z.object({
  n: z.int(),
  sentAt: instant,
  finishedAt: instant.nullable(),
  outcome: z.string().nullable(),
  requestHash: z.string(),
  traceId: z.string().nullable(),
  detail: z.unknown().nullable(),
});
const difference = z.object({ field: z.string(), planned: z.string(), found: z.string() });
export const launchItem = z.object({
  id,
  kind: itemKind,
  itemPath: z.string(),
  name: z.string(),
  state: itemState,
  externalId: z.string().nullable(),
  parentItemId: id.nullable(),
  /** Three levels, never merged into one tick. */
  validation: z.object({ level: z.enum(['platform', 'local', 'not_checkable']), ok: z.boolean(), note: z.string().nullable() }).nullable(),
  drift: z.array(difference),
  /** Of a refused row: what can be put right in place, with what stands there now. */
  correctable: z.array(z.object({ field: z.string(), value: z.unknown() })),
  /** Newest last: what was put right, by whom and when. Both versions stay in the receipt. */
  corrections: z.array(
    z.object({ by: z.string(), at: instant, changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })) }),
  ),
  /** Differences that somebody accepted; those of `drift` are open. */
  accepted: z.array(difference.extend({ by: z.string(), at: instant, reason: z.string() })),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      fix: z.string(),
      atRisk: z.string(),
      raw: z.unknown().nullable(),
      retry: z.enum(RETRY_CLASSES),
    })
    .nullable(),
  attempts: z.array(attempt),
  /** Null = no undo has come to it. */
  undo: undoReceipt.nullable(),
  managerUrl: z.string().nullable(),
});
export type LaunchItem = z.infer<typeof launchItem>;

const member = (permission: Permission) => ({ kind: 'member', permission }) as const;
const oneLaunch = z.object({ id });

export const requestUploads = defineContract({
  method: 'POST',
  path: '/v1/media/uploads',
  access: member('launches:write'),
  summary: 'Tickets to upload media with',
  body: z.object({
    files: z
      .array(
        z.object({
          fileName: z.string().min(1).max(255),
          contentType: z.string().max(100),
          bytes: z.int().min(1),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
        }),
      )
      .min(1)
      .max(500),
  }),
  /** url is absolute, good for 15 minutes, and takes the bytes by PUT; null when a file with this hash is already here. */
  response: z.object({ uploads: z.array(z.object({ mediaId: id, sha256: z.string(), url: z.string().nullable() })) }),
});
/** PUT to an upload url answers with this. */
export const uploadedMedia = z.object({
  mediaId: id,
  state: z.enum(['ready', 'refused']),
  kind: z.enum(['image', 'video']),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationMs: z.int().nullable(),
  refusal: z.string().nullable(),
});

export const previewLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/preview',
  access: member('launches:read'),
  summary: 'What a plan would create; nothing is stored or sent',
  body: z.object({ plan: planJson }),
  response: preview,
});
/** Most pages of one call: what a Worker may open at once. */
export const LINKS_AT_ONCE = 8;
export const checkedLink = z.object({
  url: z.string(),
  /** Of the last answer; null = there was none. */
  status: z.int().nullable(),
  finalUrl: z.string(),
  redirects: z.int(),
  language: z.string().nullable(),
  findings: z.array(
    z.object({ code: z.enum(LINK_FINDINGS), severity: z.enum(['error', 'warning', 'hint']), message: z.string(), fix: z.string() }),
  ),
});
export type CheckedLink = z.infer<typeof checkedLink>;
/** A page that answered is not opened again for five minutes, unless `again` asks for it. */
export const checkLinks = defineContract({
  method: 'POST',
  path: '/v1/launches/check-links',
  access: member('launches:write'),
  summary: 'Open landing pages as a click on an ad would',
  body: z.object({
    platform: z.enum(AD_PLATFORMS),
    links: z
      .array(
        z.object({
          url: z.url({ protocol: /^https$/ }).max(4_000),
          /** The query string that the platform adds, macros as they are. */
          parameters: z.string().max(4_000).default(''),
          /** Of the ads that lead there, such as "fr". */
          language: z.string().max(35).nullable().default(null),
        }),
      )
      .min(1)
      .max(LINKS_AT_ONCE),
    again: z.boolean().default(false),
  }),
  response: z.object({ links: z.array(checkedLink) }),
});
/** Send an Idempotency-Key header: a repeat answers with the same launch. */
export const createLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches',
  access: member('launches:write'),
  summary: 'Store a plan as a draft launch',
  status: 201,
  body: z.object({ plan: planJson }),
  response: launchSummary,
});
export const listLaunches = defineContract({
  method: 'GET',
  path: '/v1/launches',
  access: member('launches:read'),
  summary: 'Launches, newest first',
  /** waits=approval: those on which a second person's word is being waited for. */
  query: z.object({
    cursor,
    pageSize,
    accountId: id.optional(),
    state: launchState.optional(),
    /** Who planned it: a member's id, or the word `key` for API keys. */
    createdBy: id.optional(),
    /** Words of its name or of its concepts, in any order, whatever their case and accents. */
    text: z.string().trim().max(100).optional(),
    /** Planned at or after, and before. */
    since: instant.optional(),
    until: instant.optional(),
    waits: z.literal('approval').optional(),
  }),
  response: z.object({ launches: z.array(launchSummary), nextCursor: z.string().nullable() }),
});
export const getLaunch = defineContract({
  method: 'GET',
  path: '/v1/launches/:id',
  access: member('launches:read'),
  summary: 'One launch',
  params: oneLaunch,
  response: launchSummary,
});
export const listLaunchItems = defineContract({
  method: 'GET',
  path: '/v1/launches/:id/items',
  access: member('launches:read'),
  summary: 'Receipts of a launch, in plan order',
  params: oneLaunch,
  /** undo: those an undo waits for: changed since, or kept by the platform. */
  query: z.object({
    cursor,
    pageSize,
    state: itemState.optional(),
    kind: itemKind.optional(),
    undo: z.enum(['changed', 'refused']).optional(),
  }),
  response: z.object({ items: z.array(launchItem), nextCursor: z.string().nullable() }),
});
/** Ask the platform to validate without creating. Runs as a job; the launch becomes checked. */
export const dryRunLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/dry-run',
  access: member('launches:write'),
  summary: 'Validate every row, create nothing',
  status: 202,
  params: oneLaunch,
  response: launchSummary,
});
/** What lets money be spent: a person who proved who they are, never a key. */
const approver = { kind: 'member', permission: 'launches:approve', stepUp: true } as const;
/** Everybody who may approve and had no hand in the plan gets a mail. Asking again for the same plan asks nobody twice. */
export const askApproval = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/ask-approval',
  access: { kind: 'member', permission: 'launches:write', people: true },
  summary: 'Ask a second person to approve',
  params: oneLaunch,
  body: z.object({ planHash: z.string() }),
  response: launchSummary,
});
export const declineApproval = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/decline',
  access: { kind: 'member', permission: 'launches:approve', people: true },
  summary: 'Refuse the approval that was asked for, with a reason',
  params: oneLaunch,
  body: z.object({ planHash: z.string(), reason: z.string().trim().min(3).max(500) }),
  response: launchSummary,
});
/**
 * planHash must be the launch's: any change of the plan voids an approval. Above the organization's threshold it must be a second person.
 * On a launch that is ready and paused it renews an approval that was not used within 24 hours.
 */
export const approveLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/approve',
  access: approver,
  summary: 'Approve and start creating, paused',
  params: oneLaunch,
  body: z.object({ planHash: z.string(), capMinor: minor }),
  response: launchSummary,
});
export const activateLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/activate',
  access: approver,
  summary: 'The one switch-on, after everything was read back',
  params: oneLaunch,
  response: launchSummary,
});
export const cancelLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/cancel',
  access: member('launches:write'),
  summary: 'Stop creating; what exists stays paused',
  params: oneLaunch,
  response: launchSummary,
});
/**
 * Puts values of a refused row right in place; it keeps its token and path and is sent, it alone. Words take launches:write; budget,
 * audience, link and button are an approval of their own and take launches:approve and a fresh proof. The sum of budgets stays within the
 * approved cap. Above the threshold a second person approves the changed plan first.
 */
export const correctItem = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/items/:itemId/correct',
  access: { kind: 'member', permission: 'launches:write', people: true },
  summary: 'Correct a refused row in place',
  params: z.object({ id, itemId: id }),
  body: z.object({
    planHash: z.string(),
    changes: z
      .strictObject({
        dailyBudgetMinor: minor.min(1),
        ageMin: z.int().min(13).max(65).nullable(),
        ageMax: z.int().min(13).max(65).nullable(),
        countries: z
          .array(z.string().regex(/^[A-Z]{2}$/))
          .min(1)
          .max(250),
        headline: z.string().max(5_000),
        primaryText: z.string().max(5_000),
        description: z.string().max(5_000),
        linkUrl: z.string().max(2_000),
        callToAction: z.enum(CALLS_TO_ACTION),
      })
      .partial(),
  }),
  response: launchSummary,
});
/**
 * drift must be the row's as it is: what was found anew is looked at anew. A budget above the one planned, a switch that is on by itself and
 * an object that is gone are never accepted. The launch is read back once more and goes on.
 */
export const acceptDifference = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/items/:itemId/accept',
  access: approver,
  summary: 'Accept a row as it was built',
  params: z.object({ id, itemId: id }),
  body: z.object({ drift: z.array(difference).min(1).max(200), reason: z.string().trim().min(3).max(500) }),
  response: launchSummary,
});
export const retryLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/retry',
  access: member('launches:write'),
  summary: 'Try the failed rows again, and only those',
  params: oneLaunch,
  response: launchSummary,
});
/** A start and a day in names that had passed, with what they became. */
export const movedDate = z.object({ field: z.enum(['startTime', 'namingDate']), from: z.string(), to: z.string() });
/** Send an Idempotency-Key header: a repeat answers with the same launch. */
export const launchAgain = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/again',
  access: member('launches:write'),
  summary: 'A new draft from the plan of a launch, with new tokens; nothing is sent',
  status: 201,
  params: oneLaunch,
  response: z.object({ launch: launchSummary, moved: z.array(movedDate), warnings: z.array(planProblem) }),
});
const diffSide = z.object({ id, name: z.string(), createdAt: instant });
export const itemDifference = z.object({
  itemPath: z.string(),
  kind: itemKind,
  name: z.string(),
  /** Only in the one, only in the other, or in both and different. */
  in: z.enum(['a', 'b', 'both']),
  /** As text; null = not set on that side. */
  fields: z.array(z.object({ field: z.string(), a: z.string().nullable(), b: z.string().nullable() })),
});
export type ItemDifference = z.infer<typeof itemDifference>;
export const diffLaunches = defineContract({
  method: 'GET',
  path: '/v1/launches/:id/diff',
  access: member('launches:read'),
  summary: 'What two launches plan differently, by item path',
  params: oneLaunch,
  query: z.object({ with: id, cursor, pageSize }),
  response: z.object({
    a: diffSide,
    b: diffSide,
    counts: z.object({ onlyInA: z.int(), onlyInB: z.int(), changed: z.int(), same: z.int() }),
    differences: z.array(itemDifference),
    nextCursor: z.string().nullable(),
  }),
});
/** What takes away what was made, and stops what spends: for people who proved who they are. */
const undoer = { kind: 'member', permission: 'launches:undo', stepUp: true } as const;
export const undoPreview = z.object({
  platform: z.enum(AD_PLATFORMS),
  /** Objects that would be taken away; those of `changed` wait for a word on each. */
  counts: counts.omit({ media: true, total: true }),
  ways: z.object({
    campaign: removalWay.nullable(),
    ad_set: removalWay.nullable(),
    creative: removalWay.nullable(),
    ad: removalWay.nullable(),
  }),
  /** Objects that somebody took away at the platform already. */
  gone: z.int(),
  changed: z.array(
    z.object({
      itemId: id,
      kind: itemKind,
      itemPath: z.string(),
      name: z.string(),
      managerUrl: z.string().nullable(),
      changes: z.array(change),
      changesHash: z.string(),
    }),
  ),
  /** Objects that could not be read now; the undo reads each before it takes it away. */
  unread: z.int(),
  mediaStay: z.int(),
  /** What else stays, because the platform lets nobody take it away. */
  leaves: z.array(z.enum(['posts'])),
  isOn: z.boolean(),
  currency,
  /** As far as the figures have come; null = not known. */
  spentMinor: minor.nullable(),
  /** Money spent, what an algorithm learned, objects that are deleted for good, objects that stay in the account's archive. */
  cannotComeBack: z.array(z.enum(['money', 'learning', 'deleted', 'archived'])),
});
export type UndoPreview = z.infer<typeof undoPreview>;
export const previewUndo = defineContract({
  method: 'GET',
  path: '/v1/launches/:id/undo',
  access: { kind: 'member', permission: 'launches:undo', people: true },
  summary: 'What an undo would do, read at the platform now; nothing is changed',
  params: oneLaunch,
  response: undoPreview,
});
/** Works on a launch that is on, verified, cancelled or needs attention; a running one is cancelled first. Asked again it tries what was left. */
export const undoLaunch = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/undo',
  access: undoer,
  summary: 'Pause the launch, then take away everything it made',
  status: 202,
  params: oneLaunch,
  response: launchSummary,
});
/** One object that was changed since. changesHash is that of its undo receipt: a further change voids it. */
export const confirmUndo = defineContract({
  method: 'POST',
  path: '/v1/launches/:id/items/:itemId/undo',
  access: undoer,
  summary: 'Take a changed object away all the same',
  status: 202,
  params: z.object({ id, itemId: id }),
  body: z.object({ changesHash: z.string() }),
  response: launchSummary,
});
/** GET /v1/launches/:id/events is a stream of server-sent events: `event: launch` with a launchSummary; it may be opened again at any time. */
export const launchEventsPath = '/v1/launches/:id/events';
/** GET /v1/launches/:id/receipts?format=csv|json */
export const launchReceiptsPath = '/v1/launches/:id/receipts';
