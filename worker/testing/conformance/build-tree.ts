import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { expandPlan } from '#shared/rules/expand-plan.ts';
import type { MediaSpec, PlannedItem } from '#shared/rules/planned-item.ts';
import { buildRequest, type ObjectRow } from '../../domains/launches/engine/build-request.ts';
import { createFreightPace } from '../../domains/launches/engine/freight.ts';
import type { Parent } from '../../domains/launches/engine/run-state.ts';
import type { AdSession, Created, CreateRequest, ObjectKind } from '../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import type { Subject } from './subject.ts';

/** One row of the plan as the engine would hold it. */
export type Row = Pick<ObjectRow, 'id' | 'name' | 'clientToken' | 'spec' | 'dependsOn' | 'parentItemId'> & { kind: PlannedItem['kind'] };
export interface Tree {
  rows: Row[];
  /** By row id; media too. */
  built: Map<string, Parent>;
  request(row: Row): CreateRequest;
}

const LEVELS: readonly ObjectKind[] = ['campaign', 'ad_set', 'creative', 'ad'];
let trees = 0;

/** The plan's rows with tokens of their own, so that one imitation can hold several trees. */
export function planTree({ plan }: Pick<Subject, 'plan'>): Tree {
  trees += 1;
  const items = expandPlan(plan).items;
  const rows = items.map((item, i): Row => ({
    id: item.itemPath,
    kind: item.kind,
    name: item.name,
    spec: item.spec,
    dependsOn: item.dependsOn,
    parentItemId: item.parentPath,
    clientToken: formatClientToken(
      Uint8Array.from({ length: 9 }, (_, byte) => (trees * 131 + i * 29 + byte * 17 + ((i * trees) >> byte)) % 256),
    ),
  }));
  const built = new Map<string, Parent>();
  const { currency, timezone, accountName } = plan.settings;
  return {
    rows,
    built,
    request: (row) => buildRequest(row as ObjectRow, { currency, timezone, name: accountName }, built),
  };
}

/** Media up and objects made, parents first, each kind in calls as large as the platform takes. @throws the first failure */
export async function buildTree(subject: Subject, session: AdSession, tree: Tree = planTree(subject)): Promise<Tree> {
  for (const row of tree.rows.filter((one) => one.kind === 'media')) await buildMedia(subject, session, tree, row);
  for (const kind of LEVELS) await buildLevel(subject, session, tree, kind);
  return tree;
}

export async function buildMedia({ platform, picture }: Subject, session: AdSession, tree: Tree, row: Row): Promise<void> {
  const { mediaKey } = row.spec as MediaSpec;
  const { externalId } = await platform.media.image(session, { ...picture(mediaKey), name: `inlay-${row.clientToken}.png` });
  await ready(async () => (await platform.media.state(session, 'image', externalId)) === 'ready');
  tree.built.set(row.id, { id: row.id, kind: 'media', itemPath: row.id, externalId, mediaKind: 'image', thumbnail: null });
}

export async function buildLevel({ platform }: Subject, session: AdSession, tree: Tree, kind: ObjectKind): Promise<void> {
  const rows = tree.rows.filter((row) => row.kind === kind) as ObjectRow[];
  for (const call of callsOf(platform, tree, kind)) {
    const answers = await platform.objects.create(
      session,
      call.map((row) => tree.request(row)),
    );
    if (answers.length !== call.length) throw new Error(`${answers.length} answers for ${call.length} creates`);
    call.forEach((row, i) => note(tree, row, answers[i] as Created | PlatformError));
  }
  if (platform.objects.complete?.kinds.has(kind))
    await platform.objects.complete.run(
      session,
      rows.map((row) => ({ externalId: tree.built.get(row.id)?.externalId ?? '', request: tree.request(row) })),
    );
  if (platform.objects.mayStartActive?.has(kind))
    await platform.objects.setStatusMany(
      session,
      rows.map((row) => ({ kind, externalId: tree.built.get(row.id)?.externalId ?? '' })),
      'paused',
    );
}

/** The creates of one kind, in calls as large as the platform takes. */
export function callsOf(platform: Subject['platform'], tree: Tree, kind: ObjectKind): ObjectRow[][] {
  const pace = createFreightPace();
  pace.learn(100, 1); // seen to be worth it
  const rows = tree.rows.filter((row) => row.kind === kind) as ObjectRow[];
  return pace.load(rows, platform.objects.freight[kind], rows.length);
}

function note(tree: Tree, row: ObjectRow, answer: Created | PlatformError): void {
  if (answer instanceof PlatformError) throw answer;
  tree.built.set(row.id, {
    id: row.id,
    kind: row.kind,
    itemPath: row.id,
    externalId: answer.externalId,
    mediaKind: null,
    thumbnail: null,
  });
}

/** The objects of one kind as the tree knows them. */
export const objectsOf = (tree: Tree, kind: ObjectKind): { kind: ObjectKind; externalId: string; row: Row }[] =>
  tree.rows.filter((row) => row.kind === kind).map((row) => ({ kind, row, externalId: tree.built.get(row.id)?.externalId ?? '' }));

export const kindsOf = (tree: Tree): ObjectKind[] => LEVELS.filter((kind) => tree.rows.some((row) => row.kind === kind));
export const wantedOf = (row: Row): { clientToken: string; name: string } => ({
  clientToken: row.clientToken,
  name: nameWithToken(row.name, row.clientToken),
});

/** Asks again until it is so. @throws after five seconds */
export async function ready(done: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not become so within five seconds.');
}
