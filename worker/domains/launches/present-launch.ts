import type { LaunchState, LaunchSummary, Preview } from '#shared/contracts/launches.ts';
import { ITEM_STATES, type ItemState } from '#shared/rules/launch-states.ts';
import type { Actor } from '../../kernel/context.ts';
import { currentStatus } from '../connections/index.ts';
import { presentApproval } from './approval/present-approval.ts';
import type { LaunchFacts } from './launch-facts.ts';
import { whatIsOn } from './switch-facts.ts';

const WORKING: readonly LaunchState[] = ['checking', 'running', 'cancelling'];

/** Row and tallies → wire. A launch whose connection ended waits for a person, whatever it was doing. */
export function presentLaunch(facts: LaunchFacts, actor: Actor, now: Date, estimate: Preview['estimate'] = null): LaunchSummary {
  const { launch, account, tallies } = facts;
  const needsConnection = WORKING.includes(launch.state) && !['active', 'expiring'].includes(currentStatus(facts.connection, now));
  const sum = (pick: (tally: LaunchFacts['tallies'][number]) => boolean) =>
    tallies.filter(pick).reduce((total, tally) => total + tally.n, 0);
  const kind = (word: string) => sum((tally) => tally.kind === word);
  return {
    id: launch.id,
    name: launch.name,
    state: needsConnection ? 'needs_attention' : launch.state,
    platform: account.platform,
    accountId: launch.accountId,
    accountName: account.name,
    accountExternalId: account.externalId,
    currency: launch.currency,
    planHash: launch.planHash,
    capMinor: launch.capMinor,
    counts: {
      media: kind('media'),
      campaign: kind('campaign'),
      ad_set: kind('ad_set'),
      creative: kind('creative'),
      ad: kind('ad'),
      total: sum(() => true),
    },
    byState: Object.fromEntries(ITEM_STATES.map((state) => [state, sum((tally) => tally.state === state)])) as Record<ItemState, number>,
    createdAt: launch.createdAt.toISOString(),
    createdBy: nameOf(facts, launch.createdBy),
    approvedAt: launch.approvedAt?.toISOString() ?? null,
    approvedBy: launch.approvedBy === null ? null : nameOf(facts, launch.approvedBy),
    approval: presentApproval(facts, actor, now),
    activatedAt: launch.activatedAt?.toISOString() ?? null,
    attention: needsConnection ? reconnectFirst(facts) : attentionOf(facts),
    callsMade: facts.callsMade,
    adoptions: facts.adoptions,
    incidents: facts.incidents,
    strays: facts.strays,
    estimate,
  };
}

const nameOf = (facts: LaunchFacts, id: string): string => facts.people.get(id) ?? id;

function reconnectFirst({ launch, switched }: LaunchFacts): string {
  const on = whatIsOn(switched);
  const ask = 'Meta no longer accepts our access. Reconnect it under Connections; every row is kept and the launch goes on by itself.';
  if (on === null) return ask;
  const next = launch.state === 'cancelling' ? 'they are paused' : 'the switch-on is finished';
  return `${ask} Money is at risk: access ended while the switch was being thrown; ${on}. Look in the ad manager; after the reconnect ${next}.`;
}

function attentionOf({ launch, tallies, switched }: LaunchFacts): string | null {
  const sum = (state: ItemState) => tallies.filter((tally) => tally.state === state).reduce((total, tally) => total + tally.n, 0);
  const drifted = tallies.reduce((total, tally) => total + tally.drifted, 0);
  const parts = [
    [sum('REJECTED'), 'refused by the platform'],
    [sum('HELD'), 'could not be proven either way'],
    [drifted, 'built differently from the plan'],
  ].flatMap(([n, words]) => (n === 0 ? [] : [`${n} ${n === 1 ? 'row was' : 'rows were'} ${words}`]));
  if (parts.length === 0 || (launch.state !== 'needs_attention' && drifted === 0)) return null;
  return `${parts.join(', ')}. ${riskOf(launch.state, whatIsOn(switched))} Open the rows for the reason and the next step.`;
}

function riskOf(state: LaunchState, on: string | null): string {
  if (state === 'active') return 'The launch is running.';
  return on === null ? 'No money is at risk: everything is paused.' : `Money is at risk: ${on} at the platform.`;
}
