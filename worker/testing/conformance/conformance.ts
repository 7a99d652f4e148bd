import { beforeEach, describe, expect, test } from 'vitest';
import { isTimezone } from '#shared/rules/day-of.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { checkPlan } from '#shared/rules/check-plan.ts';
import { isCurrency } from '#shared/rules/money.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import type { AdSession, AsBuilt, ObjectKind } from '../../platforms/ads/ad-platform.ts';
import { buildLevel, buildMedia, buildTree, callsOf, kindsOf, objectsOf, planTree, ready, wantedOf, type Tree } from './build-tree.ts';
import type { Subject } from './subject.ts';

/**
 * What the engine relies on, the same for every platform: each promise of the interface against the platform's imitation. A platform that
 * passes can be launched on; what differs is data.
 */
export function conformance(of: () => Subject, { videos }: { videos: boolean }): void {
  const failureOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: unknown) => (error instanceof PlatformError ? error.failure : String(error)),
    );
  /** How each create of one call ended, thrown or told. */
  const outcomes = async (session: AdSession, tree: Tree, kind: ObjectKind, n = 2): Promise<string[]> => {
    const rows = (callsOf(of().platform, tree, kind)[0] ?? []).slice(0, n);
    const told = await of()
      .platform.objects.create(
        session,
        rows.map((row) => tree.request(row)),
      )
      .catch((error: unknown) => rows.map(() => error));
    return told.map((one) =>
      one instanceof PlatformError ? one.failure : (one as { externalId?: string }).externalId ? 'created' : String(one),
    );
  };
  const onlyParents = async (session: AdSession, upTo: ObjectKind): Promise<Tree> => {
    const tree = planTree(of());
    for (const row of tree.rows.filter((one) => one.kind === 'media')) await buildMedia(of(), session, tree, row);
    for (const kind of kindsOf(tree)) {
      if (kind === upTo) break;
      await buildLevel(of(), session, tree, kind);
    }
    return tree;
  };
  const readAll = async (session: AdSession, tree: Tree): Promise<Map<string, AsBuilt | PlatformError>> =>
    of().platform.objects.readMany(
      session,
      kindsOf(tree).flatMap((kind) => objectsOf(tree, kind)),
    );

  beforeEach(() => of().sandbox.setFaults(noFaults()));

  describe('creating', () => {
    test('the plan of the suite is sound', () => {
      expect(checkPlan(of().plan).filter((problem) => problem.severity === 'error')).toEqual([]);
    });

    test('a tree is made paused, each object once, and reads back as planned in every field that was set', async () => {
      const { platform, made } = of();
      const before = made().length;
      const tree = await buildTree(of(), of().session());
      const found = await readAll(of().session(), tree);
      for (const row of tree.rows.filter((one) => one.kind !== 'media')) {
        const id = tree.built.get(row.id)?.externalId ?? '';
        const built = found.get(id);
        if (!built || built instanceof PlatformError) throw new Error(`${row.id} cannot be read: ${String(built)}`);
        expect(platform.objects.compare(tree.request(row), built), row.id).toEqual([]);
        expect(built.clientToken, row.id).toBe(row.clientToken);
        if (row.kind !== 'creative')
          expect([row.id, built.status.unified]).toEqual([row.id, expect.stringMatching(/^(paused|in_review)$/)]);
      }
      const objects = tree.rows.filter((row) => row.kind !== 'media').length;
      const after = made()
        .slice(before)
        .filter((one) => one.kind !== 'image' && one.kind !== 'video');
      expect(after.length).toBe(objects);
      expect(after.filter((one) => one.isOn)).toEqual([]);
    });

    test('one create is one call, whatever it carries', async () => {
      for (const kind of kindsOf(planTree(of()))) {
        const tree = await onlyParents(of().session(), kind);
        const session = of().session();
        let calls = 0;
        const counting: AdSession = { ...session, outside: (url, init) => ((calls += 1), session.outside(url, init)) };
        expect(new Set(await outcomes(counting, tree, kind)), kind).toEqual(new Set(['created']));
        expect(calls, kind).toBe(1);
      }
    });

    test('of creates that share a call each has an outcome of its own: the wrong one is refused, the others stand', async () => {
      for (const kind of kindsOf(planTree(of()))) {
        const tree = await onlyParents(of().session(), kind);
        const [first, second] = callsOf(of().platform, tree, kind)[0] ?? [];
        if (!first) throw new Error(`the plan has no ${kind}`);
        const wrong = of().spoil(tree.request(first));
        const right = second ? [tree.request(second)] : [];
        const told = await of()
          .platform.objects.create(of().session(), [wrong, ...right])
          .catch((error: unknown) => [error]);
        // A platform that does not say which of them is wrong says so of each; sent alone the wrong one is refused.
        const alone = told[0] instanceof PlatformError && told[0].detail.sendAlone === true;
        const verdict = alone
          ? await of()
              .platform.objects.create(of().session(), [wrong])
              .then(
                ([one]) => one,
                (error: unknown) => error,
              )
          : told[0];
        expect(verdict, kind).toBeInstanceOf(PlatformError);
        expect((verdict as PlatformError).failure, kind).toBe('refused');
        // Where a call is all or nothing the others were not made, and say so: they may be sent again.
        if (right.length > 0) expect(told[1] instanceof PlatformError ? told[1].failure : 'created', kind).toMatch(/^(created|throttled)$/);
      }
    });

    test('a lost answer is unclear, never a no; and what was made is found by its token', async () => {
      const { platform, sandbox } = of();
      for (const kind of kindsOf(planTree(of()))) {
        const tree = await onlyParents(of().session(), kind);
        sandbox.setFaults({ ...noFaults(3), answerLost: 1 });
        expect(new Set(await outcomes({ ...of().session(), timeoutMs: 1_000 }, tree, kind, 1)), kind).toEqual(new Set(['unknown']));
        sandbox.setFaults(noFaults());
        const [row] = tree.rows.filter((one) => one.kind === kind);
        if (!row) throw new Error(`the plan has no ${kind}`);
        const found = await platform.objects.findByTokens(of().session(), kind, [wantedOf(row)]);
        expect(
          found.map((one) => one.clientToken),
          kind,
        ).toEqual([row.clientToken]);
      }
    });

    test.each([
      ['a throttle', { throttle: 1 }, 'throttled'],
      ['a server error', { error500: { p: 1, appliedShare: 0 } }, 'unknown'],
      ['a dead platform', { dead: true }, 'unknown'],
    ] as const)('%s is told apart', async (_, fault, failure) => {
      const tree = planTree(of());
      of().sandbox.setFaults({ ...noFaults(5), ...fault });
      expect(new Set(await outcomes({ ...of().session(), timeoutMs: 2_000 }, tree, 'campaign', 1))).toEqual(new Set([failure]));
    });

    test('an answer that is no answer is unclear', async () => {
      const tree = planTree(of());
      for (const body of ['<html>maintenance</html>', '', '{}', '[]', 'null', '{"id":{"a":1}}']) {
        const strange: AdSession = { ...of().session(), outside: () => Promise.resolve(new Response(body, { status: 200 })) };
        expect(new Set(await outcomes(strange, tree, 'campaign', 1)), body).toEqual(new Set(['unknown']));
      }
    });

    test('access that ended is a matter of the connection', async () => {
      const session = of().session();
      const tree = planTree(of());
      of().expireTokens();
      expect(new Set(await outcomes(session, tree, 'campaign', 1))).toEqual(new Set(['auth']));
      expect(await failureOf(of().platform.accounts.list(session))).toBe('auth');
    });
  });

  describe('finding and changing', () => {
    test('each of many tokens finds its own object, a token nobody carries finds none', async () => {
      const tree = await buildTree(of(), of().session());
      for (const kind of kindsOf(tree)) {
        const rows = objectsOf(tree, kind);
        const stranger = { clientToken: '0000000000000', name: 'Nobody ·0000000000000' };
        const found = await of().platform.objects.findByTokens(of().session(), kind, [...rows.map(({ row }) => wantedOf(row)), stranger]);
        expect(new Set(found.map((one) => `${one.clientToken} ${one.externalId}`)), kind).toEqual(
          new Set(rows.map(({ row, externalId }) => `${row.clientToken} ${externalId}`)),
        );
      }
    });

    test('everything that carries a token is listed, page by page', async () => {
      const tree = await buildTree(of(), of().session());
      for (const kind of kindsOf(tree)) {
        const tokens = new Set<string | null>();
        let after: string | null = null;
        do {
          const page = await of().platform.objects.listCarrying(of().session(), kind, after);
          for (const one of page.objects) tokens.add(one.clientToken);
          after = page.after;
        } while (after !== null);
        for (const { row } of objectsOf(tree, kind)) expect(tokens.has(row.clientToken), `${kind} ${row.id}`).toBe(true);
      }
    });

    test('a status is set, is read as set, may be set again, and what is archived is no longer living', async () => {
      const { platform } = of();
      const tree = await buildTree(of(), of().session());
      const all = (['campaign', 'ad_set', 'ad'] as const).flatMap((kind) => objectsOf(tree, kind));
      for (const status of ['active', 'active', 'paused'] as const) {
        const told = await platform.objects.setStatusMany(of().session(), all, status);
        // A platform that reads it in the same call says what it is now.
        const words = all.map(({ externalId }) => told.get(externalId)).map((answer) => (answer === true ? status : answer));
        expect(words.map((word) => (typeof word === 'object' && 'unified' in word ? word.unified : word))).toEqual(all.map(() => status));
        const read = await platform.objects.readMany(of().session(), all);
        const campaign = read.get(all[0]?.externalId ?? '') as AsBuilt;
        expect(campaign.status.unified).toBe(status);
      }
      for (const { kind, externalId } of all.toReversed()) await platform.objects.setStatus(of().session(), kind, externalId, 'archived');
      const found = await platform.objects.findByTokens(
        of().session(),
        'campaign',
        objectsOf(tree, 'campaign').map(({ row }) => wantedOf(row)),
      );
      expect(found.filter((one) => one.status.unified !== 'archived' && one.status.unified !== 'deleted')).toEqual([]);
    });

    test('what a launch made is taken away from the bottom up, many at once, is read as gone, and may be taken away again', async () => {
      const { platform, made } = of();
      const tree = await buildTree(of(), of().session());
      const { ways } = platformRules(platform.id).removal;
      for (const kind of ['ad', 'creative', 'ad_set', 'campaign'] as const) {
        const all = objectsOf(tree, kind);
        if (all.length === 0) continue;
        expect(ways[kind], kind).not.toBeNull();
        for (let n = 0; n < 2; n += 1)
          for (let from = 0; from < all.length; from += platform.objects.archivedTogether) {
            const traces: string[] = [];
            const session = { ...of().session(), onTrace: (id: string) => void traces.push(id) };
            const part = all.slice(from, from + platform.objects.archivedTogether);
            const told = await platform.objects.setStatusMany(session, part, 'archived');
            // What is gone for good may say so the second time; it never says that something else went wrong.
            for (const { externalId } of part) {
              const answer = told.get(externalId);
              const failure = answer instanceof PlatformError ? answer.failure : answer === undefined ? 'no answer' : 'done';
              if (n === 0) expect(failure, `${kind} ${externalId}`).toBe('done');
              else expect(failure, kind).toMatch(/^(done|missing|refused)$/);
            }
            expect(traces.length, `${kind} has a trace id for its receipt`).toBeGreaterThan(0);
          }
        const read = await platform.objects.readMany(of().session(), all);
        for (const { externalId } of all) {
          const found = read.get(externalId);
          const isGone =
            found instanceof PlatformError
              ? found.failure === 'missing'
              : ways[kind] === 'renamed'
                ? found?.clientToken === null
                : found?.status.unified === 'archived' || found?.status.unified === 'deleted';
          expect(isGone, `${kind} ${externalId}`).toBe(true);
        }
      }
      // Other tests of this suite leave theirs on.
      const kinds = ['campaign', 'ad_set', 'creative', 'ad'] as const;
      const mine = new Set(kinds.flatMap((kind) => objectsOf(tree, kind).map(({ externalId }) => externalId)));
      expect(made().filter((one) => one.isOn && mine.has(one.id))).toEqual([]);
    });

    test('what lies in a campaign is listed with what it lies in, and nothing of it is left out', async () => {
      const { platform } = of();
      const tree = await buildTree(of(), of().session());
      const campaigns = objectsOf(tree, 'campaign').map((one) => one.externalId);
      for (const kind of ['ad_set', 'ad'] as const) {
        const found = new Set<string>();
        for await (const page of platform.accounts.entities(of().session(), kind, campaigns))
          for (const one of page) if (campaigns.includes(one.campaignExternalId)) found.add(one.externalId);
        expect(found, kind).toEqual(new Set(objectsOf(tree, kind).map((one) => one.externalId)));
      }
    });

    test('what a person changes natively is seen as drift', async () => {
      const { platform, rename } = of();
      const tree = await buildTree(of(), of().session());
      const [ad] = objectsOf(tree, 'ad');
      if (!ad) throw new Error('the plan has no ad');
      rename(ad.externalId, 'Renamed by hand');
      const built = (await platform.objects.readMany(of().session(), [ad])).get(ad.externalId) as AsBuilt;
      expect(platform.objects.compare(tree.request(ad.row), built).map((drift) => drift.found)).toContain('Renamed by hand');
    });

    test('a read of many tells each apart: one that is not there is missing, the others are read', async () => {
      const tree = await buildTree(of(), of().session());
      const [campaign] = objectsOf(tree, 'campaign');
      if (!campaign) throw new Error('the plan has no campaign');
      const strange = campaign.externalId.replace(/\d/g, (digit) => String(9 - Number(digit)));
      const read = await of().platform.objects.readMany(of().session(), [campaign, { kind: 'campaign', externalId: strange }]);
      expect((read.get(campaign.externalId) as AsBuilt).externalId).toBe(campaign.externalId);
      expect((read.get(strange) as PlatformError).failure).toBe('missing');
    });
  });

  describe('media', () => {
    test('a picture is uploaded, becomes ready, is found by its name and can be removed', async () => {
      const { platform, picture, plan } = of();
      const name = 'inlay-0123456789ABC.png';
      const { bytes } = picture(plan.media[0]?.mediaKey ?? '');
      // Bytes of their own, behind the picture's end: equal ones may be one file, under the name they had first.
      const file = { name, bytes: new Uint8Array([...new Uint8Array(bytes), 1, 2, 3]).buffer };
      const { externalId } = await platform.media.image(of().session(), file);
      await ready(async () => (await platform.media.state(of().session(), 'image', externalId)) === 'ready');
      expect((await platform.media.find(of().session(), 'image', name)).map((one) => one.externalId)).toContain(externalId);
      await platform.media.remove?.(of().session(), 'image', externalId);
      await platform.media.remove?.(of().session(), 'image', externalId);
    });

    // Where a platform takes no videos from us there is nothing to promise.
    if (videos)
      test('a video goes up in parts, is processed, and becomes ready', async () => {
        const { platform, video } = of();
        const bytes = video();
        if (bytes === null || !platform.media.video) throw new Error('the subject has no video');
        let asked = 0;
        const { externalId } = await platform.media.video(of().session(), {
          name: 'inlay-ABCDEFGHJKMNP.mp4',
          size: bytes.length,
          slice: (from, to) => {
            asked += 1;
            return Promise.resolve(bytes.slice(from, to).buffer);
          },
          beforeFinish: () => Promise.resolve(),
        });
        expect(asked).toBeGreaterThan(0);
        await ready(async () => (await platform.media.state(of().session(), 'video', externalId)) === 'ready');
      });
  });

  describe('reading', () => {
    test('accounts come with a currency and a timezone that can be counted in', async () => {
      const accounts = await of().platform.accounts.list(of().session());
      expect(accounts.length).toBeGreaterThan(0);
      for (const account of accounts) expect([isCurrency(account.currency), isTimezone(account.timezone)]).toEqual([true, true]);
    });

    test('every level of the account is listed with its parents and both words of its status', async () => {
      const tree = await buildTree(of(), of().session());
      for (const kind of ['campaign', 'ad_set', 'ad'] as const) {
        const listed = new Map<string, string | null>();
        for await (const page of of().platform.accounts.entities(of().session(), kind))
          for (const one of page) {
            expect(one.status.raw).not.toBe('');
            listed.set(one.externalId, one.adSetExternalId);
          }
        for (const { externalId, row } of objectsOf(tree, kind)) {
          expect(listed.has(externalId), row.id).toBe(true);
          if (kind === 'ad') expect(listed.get(externalId)).toBe(tree.built.get(row.parentItemId ?? '')?.externalId);
        }
      }
    });

    test('a manager address names the object', async () => {
      const tree = await buildTree(of(), of().session());
      const [campaign] = objectsOf(tree, 'campaign');
      const url = of().platform.objects.managerUrl(of().session().accountExternalId, 'campaign', campaign?.externalId ?? '');
      if (url !== null) expect(url).toMatch(/^https:\/\//);
    });
  });
}
