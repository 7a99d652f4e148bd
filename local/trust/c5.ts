import { createApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import { signUpByMail } from '../demo-member.ts';
import { seeded } from './hostile-values.ts';
import { personWithCodes, statusOf } from './person-with-codes.ts';
import type { TrustRow, TrustStage } from './trust-row.ts';
import { welch } from './welch.ts';

const CODES = 1_000;
const PASSWORDS = 10_000;
const TIMES = 10_000;
/** More than the hundred after which an address is locked. */
const PER_ADDRESS = 125;
const LANES = 4;
const PEOPLE = 20;
const LEAST_P = 0.01;

/** Wrong codes and passwords, many at once and many in a row; and whether an answer, or its time, tells who has an account. */
export const guessing: TrustRow = {
  row: 'C5',
  promise: 'at most 5 codes judged per challenge, 100 passwords in a row per address; no account found by body or time',
  async run(stage) {
    const codes = await wrongCodes(stage);
    stage.say(`codes sent at once to one challenge: ${codes.codesSent}, judged: ${codes.codesJudged}`);
    const passwords = await wrongPasswords(stage);
    stage.say(`passwords: ${passwords.passwordsSent} at ${passwords.addresses} addresses, most judged at one: ${passwords.mostJudged}`);
    const people = await addressesOf(stage);
    const signIn = await compare(stage, people, 'sign-in', (email) =>
      post(stage, '/v1/auth/sign-in', { email, password: 'not the password of anybody' }),
    );
    const reset = await compare(stage, people, 'reset', (email) => post(stage, '/v1/auth/password-reset', { email }));
    return {
      ok:
        codes.codesJudged === 5 &&
        codes.rightAfterwards !== 200 &&
        passwords.mostJudged <= 100 &&
        passwords.locked === passwords.addresses &&
        passwords.judgedAtOnce === 5 &&
        signIn.ok &&
        reset.ok,
      figures: {
        ...codes,
        ...passwords,
        timesEach: signIn.times,
        signInP: signIn.p,
        signInDifferenceMs: signIn.differenceMs,
        signInBodies: signIn.bodies,
        resetP: reset.p,
        resetDifferenceMs: reset.differenceMs,
        resetBodies: reset.bodies,
      },
    };
  },
};

async function wrongCodes(stage: TrustStage) {
  const person = await personWithCodes(stage.stack, 'c5-codes@inlay.test');
  const open = createApiClient({ origin: stage.stack.origin, fetch });
  const challenge = await person.challenge();
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => person.code(steps)));
  const wrong = Array.from({ length: stage.scaled(CODES) }, (_, n) => String(n * 7).padStart(6, '0')).filter((code) => !right.has(code));
  const finish = (code: string) => statusOf(open.call(identity.secondFactor, { body: { challenge, code } }));
  const statuses = await Promise.all(wrong.map(finish));
  return {
    codesSent: wrong.length,
    codesJudged: statuses.filter((status) => status === 422).length,
    rightAfterwards: await finish(person.code()),
  };
}

/** Half the addresses have an account. Waits are over at once: what is measured is the lock behind them. */
async function wrongPasswords(stage: TrustStage) {
  const count = Math.ceil(stage.scaled(PASSWORDS) / PER_ADDRESS);
  const addresses = Array.from({ length: count }, (_, n) => `c5-guessed-${n}@inlay.test`);
  for (const [n, email] of addresses.entries()) if (n % 2 === 0) await signUpByMail(stage.stack, { email, organizationName: 'Trust' });
  const open = createApiClient({ origin: stage.stack.origin, fetch });
  const guess = (email: string, n: number) => statusOf(open.call(identity.signIn, { body: { email, password: `guess ${n}` } }));
  const atOnce = await Promise.all(Array.from({ length: 40 }, (_, n) => guess('c5-at-once@inlay.test', n)));
  const judged = new Map<string, number>();
  const waiting = [...addresses];
  const lane = async () => {
    for (let email = waiting.shift(); email; email = waiting.shift())
      for (let n = 0; n < PER_ADDRESS; n++) {
        if ((await guess(email, n)) === 401) judged.set(email, (judged.get(email) ?? 0) + 1);
        await stage.stack.query('update sign_in_failures set blocked_until = null where email_key = $1', [email]);
      }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const locked = await stage.stack.query('select 1 from sign_in_failures where email_key = any($1) and failures = 100', [addresses]);
  return {
    passwordsSent: count * PER_ADDRESS,
    addresses: count,
    locked: locked.length,
    mostJudged: Math.max(...judged.values()),
    judgedAtOnce: atOnce.filter((status) => status === 401).length,
  };
}

async function addressesOf(stage: TrustStage): Promise<{ known: string[]; unknown: string[] }> {
  const named = (kind: string) => Array.from({ length: PEOPLE }, (_, n) => `c5-${kind}-${String(n).padStart(2, '0')}@inlay.test`);
  const known = named('somebody');
  for (const email of known) await signUpByMail(stage.stack, { email, organizationName: 'Trust' });
  return { known, unknown: named('stranger') };
}

type Answer = { body: string; ms: number };
/** Null = the connection was cut: neither an answer nor a time. */
async function post({ stack }: TrustStage, path: string, body: object): Promise<Answer | null> {
  const began = performance.now();
  const text = await fetch(stack.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then(
    async (response) => `${response.status} ${await response.text()}`,
    () => null,
  );
  if (text === null) return null;
  const ms = performance.now() - began;
  return { body: text.replace(/"requestId":"[^"]*"/, ''), ms };
}

/** In random order, one after the other. Chance alone falls under p once in a hundred samples: then a second, fresh one decides. */
async function compare(
  stage: TrustStage,
  { known, unknown }: { known: string[]; unknown: string[] },
  what: string,
  ask: (email: string) => Promise<Answer | null>,
): Promise<{ ok: boolean; p: number; differenceMs: number; bodies: number; times: number }> {
  const bodies = new Set<string>();
  const random = seeded(stage.seed);
  const somebody = new Set(known);
  const rounds = Math.ceil(stage.scaled(TIMES) / PEOPLE);
  const sample = async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = -1; round < rounds; round++) {
      await stage.stack.query('delete from sign_in_failures');
      const order = [...known, ...unknown].map((email) => ({ email, at: random() })).toSorted((a, b) => a.at - b.at);
      for (const { email } of order) {
        const answer = await ask(email);
        if (!answer) continue;
        bodies.add(answer.body);
        // The first round warms the Worker up.
        if (round >= 0) times[somebody.has(email) ? 'known' : 'unknown'].push(answer.ms);
      }
    }
    const result = welch(times.known, times.unknown);
    stage.say(
      `${what}: somebody − stranger = ${result.difference.toFixed(3)} ms, p = ${result.p.toFixed(4)}, n = ${times.known.length} each`,
    );
    return result;
  };
  let result = await sample();
  if (result.p <= LEAST_P) result = await sample();
  return {
    ok: result.p > LEAST_P && bodies.size === 1,
    p: Number(result.p.toFixed(4)),
    differenceMs: Number(result.difference.toFixed(3)),
    bodies: bodies.size,
    times: rounds * PEOPLE,
  };
}
