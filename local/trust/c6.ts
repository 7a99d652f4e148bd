import { createApiClient } from '#shared/api-client/create-api-client.ts';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import { personWithCodes, statusOf, type PersonWithCodes } from './person-with-codes.ts';
import type { TrustRow, TrustStage } from './trust-row.ts';

const ROUNDS = 1_000;
/** A code that is about to leave its window would be refused for its age. */
const SAFE_MS = 6_000;

/** One code, at once by sign-ins and by an open session, in each of the three steps it may belong to; then once more. */
export const codesOnce: TrustRow = {
  row: 'C6',
  promise: 'a code of the app or of recovery succeeds exactly once, at once and ±1 step',
  async run(stage) {
    const rounds = stage.scaled(ROUNDS);
    const person = await personWithCodes(stage.stack, 'c6@inlay.test');
    const open = createApiClient({ origin: stage.stack.origin, fetch });
    const figures = { rounds: 0, tries: 0, successes: 0, roundsWithNone: 0, roundsWithSeveral: 0, replaysThatSucceeded: 0, oddAnswers: 0 };

    const one = async (code: () => string) => {
      await forget(stage, person);
      const challenges = [await person.challenge(), await person.challenge(), await person.challenge()];
      await insideStep();
      const typed = code();
      const finish = (challenge: string) => statusOf(open.call(identity.secondFactor, { body: { challenge, code: typed } }));
      const statuses = await Promise.all([
        ...challenges.slice(0, 2).flatMap((challenge) => [finish(challenge), finish(challenge), finish(challenge)]),
        statusOf(person.api.call(account.prove, { body: { code: typed } })),
        statusOf(person.api.call(account.prove, { body: { code: typed } })),
      ]);
      const won = statuses.filter((status) => status === 200).length;
      figures.rounds++;
      figures.tries += statuses.length + 1;
      figures.successes += won;
      if (won === 0) figures.roundsWithNone++;
      if (won > 1) figures.roundsWithSeveral++;
      figures.oddAnswers += statuses.filter((status) => ![200, 410, 422].includes(status)).length;
      if ((await finish(challenges[2] as string)) === 200) figures.replaysThatSucceeded++;
    };
    for (let round = 0; round < rounds; round++) await one(() => person.code((round % 3) - 1));
    for (const code of person.recoveryCodes) await one(() => code);
    return {
      ok: figures.roundsWithNone + figures.roundsWithSeveral + figures.replaysThatSucceeded + figures.oddAnswers === 0,
      figures,
    };
  },
};

/** A round is done faster than its 30 seconds: what was counted before is forgotten. */
async function forget({ stack }: TrustStage, { userId }: PersonWithCodes): Promise<void> {
  await stack.query('delete from totp_uses where user_id = $1', [userId]);
  await stack.query('delete from sign_in_failures where email_key = $1', [`${userId}|codes`]);
}

async function insideStep(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < SAFE_MS) await new Promise((resolve) => setTimeout(resolve, left + 50));
}
