import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';

let w: TestWorker;
let member: Member;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
});
afterAll(() => w.stop());

const HOST = 'https://receiver.inlay.test';
const page = (language: string) => ({ kind: 'answer', status: 200, html: `<html lang="${language}"><p>Hello` }) as const;
const check = async (paths: string[], by: Member = member, again = false) => {
  const links = paths.map((path) => ({
    url: path.startsWith('https:') ? path : HOST + path,
    parameters: 'utm_content={{ad.id}}',
    language: 'fr',
  }));
  return (await by.api.call(contracts.checkLinks, { body: { platform: 'meta', links, again } })).links;
};
const visits = (path: string) => w.sandbox.receiver.received.filter((one) => one.path === path).length;

test('each landing page is opened as a click would, and told by itself', async () => {
  const { behave } = w.sandbox.receiver;
  behave('/fine', page('fr'));
  behave('/other', page('en'));
  behave('/gone', { kind: 'answer', status: 410 });
  behave('/loses', { kind: 'answer', status: 301, location: '/fine' });
  behave('/inside', { kind: 'answer', status: 302, location: 'https://rebound.inlay.test/' });
  behave('/round', { kind: 'answer', status: 302, location: '/round' });
  behave('/endless', { kind: 'endless' });
  const found = await check(['/fine', '/other', '/gone', '/loses', '/inside', '/round', '/endless', 'https://nobody.inlay.test/']);
  expect(found.map(({ status, findings }) => [status, ...findings.map(({ severity, code }) => `${severity} ${code}`)])).toEqual([
    [200],
    [200, 'hint LINK_LANGUAGE'],
    [410, 'error LINK_STATUS'],
    [200, 'warning LINK_LOST_PARAMETERS'],
    [null, 'error LINK_PRIVATE'],
    [302, 'error LINK_REDIRECTS'],
    [200],
    [null, 'error LINK_NO_NAME'],
  ]);
  expect(found[0]).toMatchObject({ finalUrl: `${HOST}/fine?utm_content=inlay-check`, redirects: 0, language: 'fr' });
  expect(w.sandbox.receiver.received.every((one) => one.body === '')).toBe(true);
});

test('a page that answered is not opened again for a while, but for another organization, or when it is asked for', async () => {
  w.sandbox.receiver.behave('/again', page('fr'));
  await check(['/again']);
  await check(['/again']);
  expect(visits('/again')).toBe(1);
  await check(['/again'], member, true);
  expect(visits('/again')).toBe(2);
  await check(['/again'], await w.signUp());
  expect(visits('/again')).toBe(3);
});

test('more pages than one call may open, and addresses that are no https, are refused', async () => {
  const ask = async (links: { url: string }[]) =>
    (
      await member.fetch('/v1/launches/check-links', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ platform: 'meta', links }),
      })
    ).status;
  expect(await ask(Array.from({ length: contracts.LINKS_AT_ONCE + 1 }, (_, i) => ({ url: `${HOST}/${i}` })))).toBe(422);
  expect(await ask([{ url: 'http://receiver.inlay.test/' }])).toBe(422);
  expect(await ask([{ url: 'https://10.0.0.1/' }])).toBe(200);
});
