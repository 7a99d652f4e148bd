import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1, demo: false });
});
afterAll(() => sandbox.close());

const send = (to: string, subject: string, key: string) =>
  fetch(`${sandbox.url}/api.resend.com/emails`, {
    method: 'POST',
    headers: { authorization: 'Bearer k', 'idempotency-key': key },
    body: JSON.stringify({
      from: 'a@example.com',
      to: [to],
      subject,
      text: 'See\nhttp://app.example.com/x?a=1&b=2#itl_1\n<script>',
      html: '<p>Hi</p>',
    }),
  });
const open = async (query: string) => (await fetch(`${sandbox.url}/mailbox.inlay.test/${query}`)).text();

test('one mail per key; read by recipient, as a page with links to press and as JSON', async () => {
  await send('one@example.com', 'First', 'k1');
  await send('one@example.com', 'First', 'k1');
  await send('two@example.com', 'Second <b>', 'k2');
  const { mails } = JSON.parse(await open('?format=json&to=one@example.com')) as { mails: { subject: string }[] };
  expect(mails.map((mail) => mail.subject)).toEqual(['First']);
  const page = await open('?to=two@example.com');
  expect(page).toContain('Second &lt;b&gt;');
  expect(page).not.toContain('First');
  expect(page).toContain('<a href="http://app.example.com/x?a=1&amp;b=2#itl_1">');
  expect(page).toContain('&lt;script&gt;');
});
