import * as connections from '#shared/contracts/connections.ts';
import type { AdAccount } from '#shared/contracts/connections.ts';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary, Preview } from '#shared/contracts/launches.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import type { SignedIn } from '../demo-member.ts';
import { DEMO_ACCOUNT } from '../seed-demo.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { watchSpending } from './launch-oracle.ts';

const LAUNCH_SECONDS = 240;

export async function demoAccount(member: SignedIn): Promise<AdAccount> {
  const { adAccounts } = await member.api.call(connections.listAdAccounts, {});
  const account = adAccounts.find((one) => one.externalId === DEMO_ACCOUNT);
  if (!account) throw new Error('The demo ad account is not connected.');
  return account;
}

/** Preview, store and dry run of a plan. @throws when the service finds a fault or the platform's validator refuses a row */
export async function storeAndCheck(member: SignedIn, plan: Plan): Promise<{ preview: Preview; launch: LaunchSummary }> {
  const body = { plan: plan as unknown as Record<string, unknown> };
  const preview = await member.api.call(launches.previewLaunch, { body });
  const errors = preview.problems.filter((one) => one.severity === 'error');
  if (errors.length > 0) throw new Error(`The preview found ${errors.length} mistakes: ${errors.map((one) => one.message).join(' ')}`);
  const stored = await member.api.call(launches.createLaunch, { body, idempotencyKey: `demo-${preview.planHash}` });
  await member.api.call(launches.dryRunLaunch, { params: { id: stored.id } });
  const launch = await inState(member, stored.id, ['checked', 'needs_attention'], LAUNCH_SECONDS);
  if (launch.state !== 'checked') throw new Error(`The dry run ended as ${launch.state}: ${launch.attention}`);
  return { preview, launch };
}

/** Approves and waits until every row is read back; workerd is ended without warning on the way. Nothing may spend meanwhile. */
export async function runLaunch(
  stack: Stack,
  member: SignedIn,
  launch: LaunchSummary,
  say: (line: string) => void,
): Promise<LaunchSummary> {
  const spending = watchSpending(stack);
  const end = await approveAndWait(stack, member, launch, say).finally(() => spending.stop());
  if (spending.worst() > 0) throw new Error(`${spending.worst()} ads could spend before anybody switched them on.`);
  return end;
}

async function approveAndWait(stack: Stack, member: SignedIn, launch: LaunchSummary, say: (line: string) => void): Promise<LaunchSummary> {
  await approve(member, launch);
  await until(
    'a part of the rows exists',
    async () => {
      const { byState } = await look(member, launch.id);
      return byState.CREATED + byState.VERIFIED > launch.counts.total * 0.3;
    },
    LAUNCH_SECONDS * 1000,
  );
  await stack.restartWorker();
  say('Worker killed in mid-launch and started again');
  return untilVerified(member, launch.id);
}

/** Exactly what was looked at: this plan, at most this much a day. A large dry run outlasts the proof that a sign-in is. */
export async function approve(member: SignedIn, { id, planHash, capMinor }: LaunchSummary): Promise<void> {
  await member.renew();
  await member.api.call(launches.approveLaunch, { params: { id }, body: { planHash, capMinor } });
}

/** @throws when a row is refused or stays unclear, and after `seconds` */
export async function untilVerified(member: SignedIn, id: string, seconds = LAUNCH_SECONDS, everyMs = 250): Promise<LaunchSummary> {
  const end = await inState(member, id, ['verified', 'needs_attention'], seconds, everyMs);
  if (end.state !== 'verified') throw new Error(`The launch ended as ${end.state}: ${end.attention} ${JSON.stringify(end.byState)}`);
  return end;
}

export async function switchOn(member: SignedIn, id: string): Promise<LaunchSummary> {
  await member.renew();
  await member.api.call(launches.activateLaunch, { params: { id } });
  const end = await inState(member, id, ['active', 'needs_attention'], 120);
  if (end.state !== 'active') throw new Error(`The switch-on ended as ${end.state}: ${end.attention}`);
  return end;
}

const look = (member: SignedIn, id: string): Promise<LaunchSummary> => member.api.call(launches.getLaunch, { params: { id } });

async function inState(
  member: SignedIn,
  id: string,
  states: LaunchSummary['state'][],
  seconds: number,
  everyMs = 250,
): Promise<LaunchSummary> {
  let last: LaunchSummary | null = null;
  try {
    return await until(
      `launch ${states.join(' or ')}`,
      async () => {
        last = await look(member, id);
        return states.includes(last.state) ? last : null;
      },
      seconds * 1000,
      everyMs,
    );
  } catch (cause) {
    const { state, attention, byState } = last ?? { state: 'unread', attention: null, byState: {} };
    throw new Error(`${(cause as Error).message}; it is ${state} ${attention ?? ''} ${JSON.stringify(byState)}`, { cause });
  }
}
