import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noFaults } from '../core/faults.ts';
import { DEMO_IDS, LINKEDIN_APP } from './index.ts';
import { ACCOUNT_URN, encoded, makeTree, openLinkedin, type RestClient } from './testing/rest-client.ts';

interface Heard {
  body: string;
  signature: string;
}

let rest: RestClient;
let server: Server;
let webhook: string;
let heard: Heard[] = [];
let challenges = 0;
/** How the receiver answers its challenge. */
let mood: 'good' | 'late' | 'wrong' = 'good';
/** How far the platform's clock is ahead. */
let ahead = 0;

beforeAll(async () => {
  server = createServer((message, reply) => {
    const url = new URL(message.url ?? '/', 'http://here');
    const code = url.searchParams.get('challengeCode');
    if (message.method === 'GET') {
      challenges += 1;
      if (mood === 'late') ahead += 3001;
      const challengeResponse = createHmac('sha256', mood === 'wrong' ? 'another' : LINKEDIN_APP.secret)
        .update(String(code))
        .digest('hex');
      reply.end(JSON.stringify({ challengeCode: code, challengeResponse }));
      return;
    }
    let text = '';
    message.on('data', (chunk: Buffer) => (text += chunk.toString()));
    message.on('end', () => {
      heard.push({ body: text, signature: String(message.headers['x-li-signature']) });
      reply.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  webhook = 'https://api.inlay.test/webhooks/linkedin'; // stands for the worker, wherever it listens
  rest = openLinkedin({ workerOrigin: origin, now: () => Date.now() + ahead });
});
beforeEach(() => {
  heard = [];
  mood = 'good';
});
afterAll(() => {
  rest.sandbox.close();
  server.closeAllConnections();
  server.close();
});

const notification = (more: object = {}): Record<string, unknown> => ({
  webhook,
  owner: { sponsoredAccount: ACCOUNT_URN },
  leadType: 'SPONSORED',
  ...more,
});
const fields = { email: 'lead-17@example.com', firstName: 'Lead' };
const OWNER = `owner=(sponsoredAccount:${encoded(ACCOUNT_URN)})&leadType=(leadType:SPONSORED)`;

test('a form shows its questions, a lead its answers, creative and campaign', async () => {
  const forms = (await rest.get(`leadForms?q=owner&owner=(sponsoredAccount:${encoded(ACCOUNT_URN)})`)).body;
  expect(forms).toMatchObject({ elements: [{ id: Number(DEMO_IDS.form), name: 'Demo lead form' }], paging: { total: 1 } });
  expect((await rest.get(`leadForms/${DEMO_IDS.form}`)).body['content']).toMatchObject({
    questions: [{ name: 'email', predefinedField: 'EMAIL' }, {}, {}, {}],
  });
  const tree = await makeTree(rest, 'lead');
  const urn = rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, creativeId: tree.creative, fields });
  const [lead] = (await rest.get(`leadFormResponses?q=owner&${OWNER}`)).body.elements ?? [];
  expect(lead).toMatchObject({
    id: urn.replace('urn:li:leadGenFormResponse:', ''),
    owner: { sponsoredAccount: ACCOUNT_URN },
    versionedLeadGenFormUrn: `urn:li:versionedLeadGenForm:(urn:li:leadGenForm:${DEMO_IDS.form},1)`,
    associatedEntity: { associatedCreative: tree.creative },
    leadMetadata: { sponsoredLeadMetadata: { campaign: `urn:li:sponsoredCampaign:${tree.campaign}` } },
    formResponse: {
      answers: [{ questionId: 1, name: 'email', answerDetails: { textQuestionAnswer: { answer: 'lead-17@example.com' } } }, {}],
    },
    testLead: false,
  });
  expect((await rest.get(`leadFormResponses/${String(lead?.['id'])}`)).status).toBe(200);
  rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, fields, isTest: true });
  expect((await rest.get(`leadFormResponses?q=owner&${OWNER}&limitedToTestLeads=true`)).body.elements).toHaveLength(1);
  expect((await rest.get(`leadFormResponses?q=owner&${OWNER}&submittedAtTimeRange=(start:${Date.now() + 60_000})`)).body.elements).toEqual(
    [],
  );
  expect((await rest.get(`leadFormResponses?q=owner&owner=(sponsoredAccount:${encoded(ACCOUNT_URN)})`)).status).toBe(400);
});

test('a webhook proves itself before it is subscribed; each event is signed over prefix and raw body', async () => {
  mood = 'wrong';
  expect((await rest.post('leadNotifications', notification())).status).toBe(400);
  mood = 'late'; // a good proof, after more than three seconds
  expect((await rest.post('leadNotifications', notification())).status).toBe(400);
  mood = 'good';
  const made = await rest.post('leadNotifications', notification());
  expect([made.status, challenges]).toEqual([201, 3]);
  expect((await rest.post('leadNotifications', notification())).status).toBe(400); // the same again
  expect((await rest.post('leadNotifications', notification({ webhook: 'http://example.com/' }))).status).toBe(400);
  const urn = rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, fields });
  rest.sandbox.linkedin.deleteLead(urn);
  await rest.sandbox.webhooksIdle();
  const events = heard.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect(events.map((event) => String(event['leadAction'])).toSorted()).toEqual(['CREATED', 'DELETED']);
  expect(events[0]).toMatchObject({
    type: 'LEAD_ACTION',
    leadGenFormResponse: urn,
    leadGenForm: `urn:li:leadGenForm:${DEMO_IDS.form}`,
    owner: { sponsoredAccount: ACCOUNT_URN },
    leadType: 'SPONSORED',
    occurredAt: expect.any(Number),
  });
  for (const { body, signature } of heard)
    expect(signature).toBe(createHmac('sha256', LINKEDIN_APP.secret).update(`hmacsha256=${body}`).digest('hex'));
  expect((await rest.get(`leadFormResponses/${urn.slice(-16)}`)).status).toBe(404);
  expect((await rest.get(`leadNotifications?q=criteria&owner=(sponsoredAccount:${encoded(ACCOUNT_URN)})`)).body.elements).toHaveLength(1);
  expect((await rest.del(`leadNotifications/${made.id}`)).status).toBe(204);
  rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, fields });
  await rest.sandbox.webhooksIdle();
  expect(heard).toHaveLength(2);
});

test('a subscription to another form or creative hears nothing; repeats come with the weather', async () => {
  const other = notification({ versionedForm: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:1,1)' });
  const { id } = await rest.post('leadNotifications', other);
  rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, fields });
  await rest.sandbox.webhooksIdle();
  expect(heard).toEqual([]);
  await rest.del(`leadNotifications/${id}`);
  const own = await rest.post('leadNotifications', notification());
  rest.sandbox.setFaults({ ...noFaults(1), webhooks: { ...noFaults(1).webhooks, duplicate: 1 } });
  rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, fields });
  await rest.sandbox.webhooksIdle();
  rest.sandbox.setFaults(noFaults(1));
  expect(heard).toHaveLength(2);
  expect(heard[0]?.body).toBe(heard[1]?.body);
  await rest.del(`leadNotifications/${own.id}`);
});

test('a webhook is challenged again and again, and blocked after the third failure in a row', async () => {
  const { settings } = rest.sandbox.linkedin;
  settings.challengeEveryMs = 20;
  const before = challenges;
  const { id } = await rest.post('leadNotifications', notification());
  await expect.poll(() => challenges, { timeout: 2000 }).toBeGreaterThan(before + 2);
  settings.challengeEveryMs = 3_600_000;
  mood = 'wrong';
  for (let n = 0; n < 3; n += 1) await rest.sandbox.linkedin.control('POST', 'challenge', {});
  mood = 'good';
  rest.sandbox.linkedin.addLead({ formId: DEMO_IDS.form, fields });
  await rest.sandbox.webhooksIdle();
  expect(heard).toEqual([]);
  expect((await rest.get(`leadNotifications/${id}`)).status).toBe(200);
});
