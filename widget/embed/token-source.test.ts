import { expect, test } from 'vitest';
import { createTokenSource, type Minted, type SignIn } from './token-source.ts';

function setUp(answers: (Minted | SignIn | Error)[]) {
  const clock = { ms: 0 };
  let minted = 0;
  const source = createTokenSource(
    async () => {
      const answer = answers[minted];
      minted += 1;
      if (answer === undefined) throw new Error('asked more often than expected');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    () => clock.ms,
  );
  return { source, clock, minted: () => minted };
}
const token = (name: string): Minted => ({ token: name, expiresIn: 600, skewMs: 0 });

test('one token serves until 80 % of its life, then a new one is fetched before the old one ends', async () => {
  const { source, clock, minted } = setUp([token('a'), token('b')]);
  expect(await source.get()).toMatchObject({ token: 'a' });
  clock.ms = 479_999;
  expect(await source.get()).toMatchObject({ token: 'a' });
  expect(minted()).toBe(1);
  clock.ms = 480_000;
  expect(await source.get()).toMatchObject({ token: 'b' });
});

test('while renewal fails, the old token serves to its last moment and not beyond', async () => {
  const { source, clock } = setUp([token('a'), new Error('away'), new Error('away'), token('b')]);
  await source.get();
  clock.ms = 599_999;
  expect(await source.get()).toMatchObject({ token: 'a' });
  clock.ms = 600_000;
  await expect(source.get()).rejects.toThrow('away');
  expect(await source.get()).toMatchObject({ token: 'b' });
});

test('a dropped token is not used again', async () => {
  const { source } = setUp([token('a'), token('b')]);
  await source.get();
  source.drop();
  expect(await source.get()).toMatchObject({ token: 'b' });
});

test('after a sign-out the old token is forgotten', async () => {
  const { source, clock } = setUp([token('a'), { signIn: true }, new Error('away')]);
  await source.get();
  clock.ms = 500_000;
  expect(await source.get()).toEqual({ signIn: true });
  await expect(source.get()).rejects.toThrow('away');
});
