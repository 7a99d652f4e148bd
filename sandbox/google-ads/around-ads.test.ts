import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ADS_DEMO } from './index.ts';
import { ACCOUNT, openAds, reasonsOf, treeOf, type AdsClient } from './testing/ads-client.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const FORM = `${ACCOUNT}/assets/${ADS_DEMO.leadForm}`;
const wait = (until: () => boolean) => expect.poll(until, { timeout: 2000, interval: 10 }).toBe(true);

/** An advertiser's own address: remembers what came and answers what it is told to. */
async function openReceiver(statuses: number[]): Promise<{ origin: string; seen: { path: string; body: any }[]; close(): void }> {
  const seen: { path: string; body: any }[] = [];
  const server = createServer((message, reply) => {
    let text = '';
    message.on('data', (chunk: Buffer) => (text += chunk.toString()));
    message.on('end', () => {
      seen.push({ path: message.url ?? '', body: JSON.parse(text) });
      reply.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close: () => server.close() };
}

describe('a lead', () => {
  test('is sent with the shared key in its body, and can be pulled', async () => {
    const receiver = await openReceiver([]);
    const ads = await openAds({ demo: true, workerOrigin: receiver.origin, now: () => NOW });
    const id = ads.sandbox.googleAds.addLead({
      assetId: ADS_DEMO.leadForm,
      fields: { FULL_NAME: 'Lead 17', EMAIL: 'lead-17@example.com' },
    });
    await wait(() => receiver.seen.length === 1);
    expect(receiver.seen[0]).toEqual({
      path: '/webhooks/google-ads',
      body: {
        lead_id: id,
        api_version: '1.0',
        form_id: Number(ADS_DEMO.leadForm),
        campaign_id: Number(ADS_DEMO.campaign),
        adgroup_id: 0,
        creative_id: 0,
        asset_group_id: 0,
        gcl_id: `gclid-${id}`,
        google_key: ADS_DEMO.googleKey,
        user_column_data: [
          { column_id: 'FULL_NAME', column_name: 'Full Name', string_value: 'Lead 17' },
          { column_id: 'EMAIL', column_name: 'User Email', string_value: 'lead-17@example.com' },
        ],
      },
    });
    const rows = await ads.rows(
      'SELECT lead_form_submission_data.id, lead_form_submission_data.lead_form_submission_fields, campaign.name, asset.name FROM lead_form_submission_data',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      leadFormSubmissionData: { id, leadFormSubmissionFields: [{ fieldType: 'FULL_NAME', fieldValue: 'Lead 17' }, {}] },
      asset: { resourceName: FORM },
    });
    // What an editor sends to try the address is marked and not kept.
    ads.sandbox.googleAds.addLead({ assetId: FORM, fields: { EMAIL: 'x@example.com' }, isTest: true });
    await wait(() => receiver.seen.length === 2);
    expect(receiver.seen[1]?.body.is_test).toBe(true);
    expect(await ads.rows('SELECT lead_form_submission_data.id FROM lead_form_submission_data')).toHaveLength(1);
    await ads.sandbox.close();
    receiver.close();
  });

  test('is tried again after a 5xx and not after a 4xx', async () => {
    const receiver = await openReceiver([503, 200, 400]);
    const ads = await openAds({ workerOrigin: receiver.origin });
    ads.sandbox.googleAds.addLead({ assetId: FORM, fields: { EMAIL: 'a@example.com' } });
    await wait(() => receiver.seen.length === 2);
    expect(receiver.seen[0]?.body).toEqual(receiver.seen[1]?.body);
    ads.sandbox.googleAds.addLead({ assetId: FORM, fields: { EMAIL: 'b@example.com' } });
    await ads.sandbox.webhooksIdle();
    expect(receiver.seen).toHaveLength(3);
    await ads.sandbox.close();
    receiver.close();
  });

  test('needs a form that is whole', async () => {
    const ads = await openAds();
    const make = (leadFormAsset: object) =>
      ads.post(`${ACCOUNT}/assets:mutate`, { operations: [{ create: { name: 'Form', leadFormAsset } }] });
    const whole = {
      businessName: 'Northwind',
      callToActionType: 'SIGN_UP',
      callToActionDescription: 'Now',
      headline: 'Coffee',
      description: 'A bag',
      privacyPolicyUrl: 'https://example.com/privacy',
      fields: [{ inputType: 'EMAIL' }],
      deliveryMethods: [
        { webhook: { advertiserWebhookUrl: 'https://api.inlay.test/webhooks/google-ads', googleSecret: 'x', payloadSchemaVersion: '3' } },
      ],
    };
    expect((await make(whole)).status).toBe(200);
    expect(reasonsOf(await make({ ...whole, headline: undefined }))).toEqual(['fieldError.REQUIRED']);
    expect(reasonsOf(await make({ ...whole, fields: [] }))).toEqual(['fieldError.REQUIRED_NONEMPTY_LIST']);
    expect(
      reasonsOf(
        await make({ ...whole, deliveryMethods: [{ webhook: { advertiserWebhookUrl: 'http://example.com/', googleSecret: 'x' } }] }),
      ),
    ).toEqual(['urlFieldError.INVALID_PROTOCOL']);
    await ads.sandbox.close();
  });
});

describe('the change log', () => {
  const LOG =
    'SELECT change_event.resource_change_operation, change_event.change_resource_type, change_event.client_type, change_event.user_email, change_event.changed_fields, change_event.old_resource, change_event.new_resource, campaign.name FROM change_event WHERE change_event.change_date_time DURING LAST_14_DAYS';
  const open = () => openAds({ now: () => NOW });

  test('tells what the API and what a person changed', async () => {
    const ads = await open();
    const { body } = await ads.mutate(treeOf());
    const name = body.mutateOperationResponses[1].campaignResult.resourceName;
    ads.sandbox.googleAds.editNatively(name, { status: 'ENABLED', name: 'Renamed' });
    const rows = await ads.rows(`${LOG.replace('DURING LAST_14_DAYS', "BETWEEN '2026-11-19' AND '2026-11-21'")} LIMIT 100`);
    expect(
      rows.map((row) => [row.changeEvent.resourceChangeOperation, row.changeEvent.changeResourceType, row.changeEvent.clientType]),
    ).toEqual([
      ['CREATE', 'CAMPAIGN_BUDGET', 'GOOGLE_ADS_API'],
      ['CREATE', 'CAMPAIGN', 'GOOGLE_ADS_API'],
      ['CREATE', 'AD_GROUP', 'GOOGLE_ADS_API'],
      ['CREATE', 'AD_GROUP_AD', 'GOOGLE_ADS_API'],
      ['UPDATE', 'CAMPAIGN', 'GOOGLE_ADS_WEB_CLIENT'],
    ]);
    expect(rows[4]?.changeEvent).toMatchObject({
      userEmail: ADS_DEMO.user,
      changedFields: 'status,name',
      oldResource: { campaign: { status: 'PAUSED' } },
      newResource: { campaign: { status: 'ENABLED', name: 'Renamed' } },
    });
    // A refused or tried mutate is no change.
    await ads.mutate(treeOf('y', { name: 'Y' }), { validateOnly: true });
    expect(await ads.rows(`${LOG.replace('DURING LAST_14_DAYS', "BETWEEN '2026-11-19' AND '2026-11-21'")} LIMIT 100`)).toHaveLength(5);
    await ads.sandbox.close();
  });

  test.each([
    [LOG, 'LIMIT_NOT_SPECIFIED'],
    [`${LOG} LIMIT 10001`, 'INVALID_LIMIT_CLAUSE'],
    [`${LOG.split(' WHERE ')[0]} LIMIT 10`, 'CHANGE_DATE_RANGE_INFINITE'],
    [`${LOG.replace('DURING LAST_14_DAYS', ">= '2026-11-19'")} LIMIT 10`, 'CHANGE_DATE_RANGE_INFINITE'],
    [`${LOG.replace('DURING LAST_14_DAYS', "BETWEEN '2026-10-01' AND '2026-11-19'")} LIMIT 10`, 'START_DATE_TOO_OLD'],
    [`${LOG.replace('DURING LAST_14_DAYS', "BETWEEN '2026-11-19' AND '2026-11-18'")} LIMIT 10`, 'CHANGE_DATE_RANGE_NEGATIVE'],
  ])('%s: %s', async (query, reason) => {
    const ads = await open();
    expect(reasonsOf(await ads.query(query))).toEqual([`changeEventError.${reason}`]);
    await ads.sandbox.close();
  });
});

test('a batch job takes operations once, runs them, and gives what became of each', async () => {
  const ads = await openAds();
  ads.sandbox.googleAds.settings.jobMs = 5;
  const { body } = await ads.post(`${ACCOUNT}/batchJobs:mutate`, { operation: { create: {} } });
  const job = body.result.resourceName;
  const label = (name: string) => ({ labelOperation: { create: { name } } });
  const first = await ads.post(`${job}:addOperations`, { mutateOperations: [label('one'), label('two')] });
  expect(first.body.totalOperations).toBe('2');
  expect(reasonsOf(await ads.post(`${job}:addOperations`, { mutateOperations: [label('one'), label('two')] }))).toEqual([
    'batchJobError.INVALID_SEQUENCE_TOKEN',
  ]);
  const more = { mutateOperations: [label('one')], sequenceToken: first.body.nextSequenceToken };
  expect((await ads.post(`${job}:addOperations`, more)).body.totalOperations).toBe('3');
  expect(reasonsOf(await ads.get(`${job}:listResults`))).toEqual(['batchJobError.RESULTS_NOT_READY']);
  const run = await ads.post(`${job}:run`);
  await expect.poll(async () => (await ads.get(run.body.name)).body.done, { timeout: 2000 }).toBe(true);
  const { results } = (await ads.get(`${job}:listResults`)).body;
  expect(results.map((one: any) => [one.operationIndex, one.mutateOperationResponse !== undefined, one.status?.code])).toEqual([
    ['0', true, undefined],
    ['1', true, undefined],
    ['2', false, 3],
  ]);
  expect((await ads.rows('SELECT batch_job.status FROM batch_job'))[0].batchJob.status).toBe('DONE');
  expect(reasonsOf(await ads.post(`${job}:addOperations`, more))).toEqual(['batchJobError.CANNOT_MODIFY_JOB_AFTER_JOB_STARTS_RUNNING']);
  await ads.sandbox.close();
});

async function upload(ads: AdsClient, title: string, bytes: string): Promise<any> {
  const boundary = 'parts';
  const meta = JSON.stringify({ youTubeVideoUpload: { channelId: 'UC1', videoTitle: title } });
  const body = `--${boundary}\r\ncontent-type: application/json\r\n\r\n${meta}\r\n--${boundary}\r\ncontent-type: video/mp4\r\n\r\n${bytes}\r\n--${boundary}--\r\n`;
  const answer = await ads.sandbox.handle(
    new Request(`https://googleads.googleapis.com/upload/v25/${ACCOUNT}/youTubeVideoUploads:create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ads.token}`, 'content-type': `multipart/related; boundary=${boundary}` },
      body,
    }),
  );
  return { status: answer?.status, body: await answer?.json() };
}

test('a video goes up to YouTube, is worked on, and ends well or not', async () => {
  const ads = await openAds();
  Object.assign(ads.sandbox.googleAds.settings, { processingMs: 20, nextUploadEnds: ['REJECTED'] });
  expect(reasonsOf({ headers: new Headers(), ...(await upload(ads, 'Empty', '')) })).toEqual(['mediaUploadError.INVALID_MEDIA_BUNDLE']);
  const first = await upload(ads, 'First', 'bytes');
  await upload(ads, 'Second', 'bytes');
  const read = () => ads.rows('SELECT you_tube_video_upload.state, you_tube_video_upload.video_id FROM you_tube_video_upload');
  expect((await read()).map((row) => row.youTubeVideoUpload.state)).toEqual(['PENDING', 'PENDING']);
  await expect
    .poll(async () => (await read()).map((row) => row.youTubeVideoUpload.state), { timeout: 2000 })
    .toEqual(['REJECTED', 'PROCESSED']);
  const [one] = await read();
  expect(one.youTubeVideoUpload).toMatchObject({ resourceName: first.body.resourceName, videoId: expect.stringMatching(/^[\w-]{11}$/) });
  await ads.sandbox.close();
});

test('a sandbox that starts again from its state goes on where it was; reset forgets', async () => {
  const ads = await openAds();
  await ads.mutate(treeOf());
  const { googleAds, google } = ads.sandbox;
  const saved = structuredClone([googleAds.snapshot(), google.snapshot()]);
  ads.sandbox.reset();
  expect(googleAds.objects().filter((one) => !one.demo)).toEqual([]);
  googleAds.restore(saved[0]);
  google.restore(saved[1]);
  expect(googleAds.adsByToken('tkn1')).toHaveLength(1);
  expect(reasonsOf(await ads.mutate(treeOf()))).toContain('campaignError.DUPLICATE_CAMPAIGN_NAME');
  await ads.sandbox.close();
});

test('the steering wheel: figures, leads, tokens, native edits, duplicates', async () => {
  const ads = await openAds({ demo: true, now: () => NOW });
  const control = async (method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await ads.sandbox.handle(
      new Request(`http://127.0.0.1/_sandbox/google-ads/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return answer?.json();
  };
  const ad = `${ACCOUNT}/adGroupAds/160000000000901~720000000000901`;
  expect(await control('POST', 'insights', { resourceName: ad, day: '2026-11-19', clicks: 3, impressions: 10 })).toEqual({ ok: true });
  expect((await control('POST', 'insights', { resourceName: ad, day: '2026-11-19', clicks: -1 })).error).toContain('not negative');
  expect((await control('POST', 'leads', { assetId: ADS_DEMO.leadForm, fields: { EMAIL: 'a@example.com' } })).id).toMatch(/^5/);
  expect((await control('POST', 'tokens')).access_token).toMatch(/^ya29\./);
  expect(await control('POST', 'native', { resourceName: ad, fields: { status: 'REMOVED' } })).toEqual({ ok: true });
  expect(await ads.rows("SELECT ad_group_ad.ad.id FROM ad_group_ad WHERE ad_group_ad.status = 'REMOVED'")).toHaveLength(1);
  expect(await control('GET', 'duplicates')).toEqual({ duplicates: 0 });
  expect(await control('PUT', 'dead', { dead: true })).toEqual({ ok: true });
  expect(await ads.tryCall('GET', 'customers:listAccessibleCustomers')).toBeNull();
  await ads.sandbox.close();
});
