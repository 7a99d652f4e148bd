import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { emptyDraft, type Draft } from '../draft.ts';
import { emptyMemory, makePlan } from '../make-plan.ts';
import { applyChange, changeOf, type Planned } from './plan-change.ts';
import { createPlanner, PlannerError, type PlannerState, type PlannerThread } from './planner.ts';
import { createPlannerDesk } from './planner-desk.ts';
import type { PlannerAnswer, PlannerQuestion } from './planner-messages.ts';

const account = {
  id: 'acc_1',
  platform: 'meta',
  externalId: '1000000001',
  name: 'Demo',
  currency: 'EUR',
  timezone: 'Europe/Paris',
} as AdAccount;
const NOW = Date.parse('2026-11-20T12:00:00Z');
const HEADER = ['ad_set', 'country', 'daily_budget', 'concept', 'headline', 'primary_text', 'link'];
const row = (adSet: string, concept: string, budget = '20', headline = 'Hello') => [
  adSet,
  'FR',
  budget,
  concept,
  headline,
  'A text',
  'https://shop.example/',
];
const draftOf = (rows: string[][], change: Partial<Draft> = {}): Draft => {
  const empty = emptyDraft('acc_1', 'key');
  return {
    ...empty,
    name: 'Spring',
    settings: { ...empty.settings, pageId: '200' },
    sheet: { fileName: 'spring.csv', rows: [HEADER, ...rows] },
    media: ['story', 'question'].map((concept) => ({
      fileName: `${concept}_1x1.png`,
      kind: 'image',
      width: 1080,
      height: 1080,
      durationMs: null,
      sha256: concept.padEnd(64, '0'),
      bytes: 9,
      file: null,
    })),
    ...change,
  };
};

/** The planner with its desk in the same thread: a turn is given by hand, and answers can be held back on their way. */
function setUp() {
  const late: (() => void)[] = [];
  let holding = false;
  const states: PlannerState[] = [];
  const turns: (() => void)[] = [];
  const questions: PlannerQuestion[] = [];
  const listeners: Record<string, ((event: { data: PlannerAnswer }) => void)[]> = { message: [], error: [], messageerror: [] };
  const said: PlannerAnswer[] = [];
  let terminated = false;
  const desk = createPlannerDesk({
    say: (answer) => {
      said.push(answer);
      const deliver = () => {
        for (const listener of listeners['message'] ?? []) listener({ data: structuredClone(answer) });
      };
      if (holding) late.push(deliver);
      else deliver();
    },
    later: (work) => turns.push(work),
    now: () => NOW,
    clock: () => 0,
  });
  const thread: PlannerThread = {
    postMessage: (question: PlannerQuestion) => {
      questions.push(question);
      desk.take(structuredClone(question));
    },
    terminate: () => {
      terminated = true;
    },
    addEventListener: (type: string, listener: (event: { data: PlannerAnswer }) => void) => void listeners[type]?.push(listener),
  };
  const planner = createPlanner(
    (state) => states.push(state),
    () => thread,
  );
  return {
    planner,
    states,
    questions,
    said,
    desk,
    turn: () => turns.shift()?.(),
    hold: () => {
      holding = true;
    },
    deliver: () => {
      holding = false;
      for (const one of late.splice(0)) one();
    },
    die: () => listeners['error']?.forEach((listener) => listener({ data: null as never })),
    wasTerminated: () => terminated,
  };
}

test('an outline says what the whole plan says, and the whole comes in slices when asked', async () => {
  const { planner, states, turn, said } = setUp();
  const rows = Array.from({ length: 450 }, (_, i) => row(`Set ${i}`, i % 2 === 0 ? 'Story' : 'Question'));
  const draft = draftOf(rows);
  planner.show(draft, account);
  const early = planner.made(); // asked before anything is made
  turn();
  const whole = makePlan(draft, account, NOW);
  expect(states.at(-1)).toMatchObject({ busy: false, error: null, outline: { counts: whole.expanded.counts, problems: whole.problems } });
  expect(await early).toEqual(whole);
  expect(await planner.made()).toEqual(whole);
  expect(await planner.plan()).toEqual(whole.plan);
  expect(said.filter((one) => one.type === 'made-items').length).toBeGreaterThan(4);
});

test('latest wins: changes that wait together are worked out once, and who asked for an older plan is told', async () => {
  const { planner, states, turn, said, questions } = setUp();
  planner.show(draftOf([row('Broad', 'Story')]), account);
  const overtaken = planner.plan().catch((cause: unknown) => cause);
  planner.show(draftOf([row('Broad', 'Story'), row('Narrow', 'Story')]), account);
  turn();
  turn();
  expect(said.map((one) => one.type)).toEqual(['outline']);
  expect(states.at(-1)?.outline?.counts.byKind.ad_set).toBe(2);
  const error = await overtaken;
  expect(error).toBeInstanceOf(PlannerError);
  expect(error).toMatchObject({ code: 'OVERTAKEN' });
  expect(questions.map((one) => one.type)).toEqual(['change', 'change']);
});

test('while a newer draft is planned the older outline stays and says so', () => {
  const { planner, states, turn } = setUp();
  planner.show(draftOf([row('Broad', 'Story')]), account);
  turn();
  planner.show(draftOf([row('Broad', 'Story'), row('Narrow', 'Story')]), account);
  expect(states.at(-1)).toMatchObject({ busy: true, outline: { counts: { byKind: { ad_set: 1 } } } });
});

test('an answer that was on its way when the draft changed is not taken for one about the new draft', async () => {
  const { planner, states, turn, hold, deliver, desk, said } = setUp();
  planner.show(draftOf([row('Broad', 'Story')]), account);
  hold();
  turn();
  planner.show(draftOf([row('Broad', 'Story'), row('Narrow', 'Story')]), account);
  deliver();
  expect(states.at(-1)).toMatchObject({ busy: true, outline: null });
  const made = planner.made();
  turn();
  expect((await made).expanded.counts.byKind.ad_set).toBe(2);
  // The desk says nothing either about a draft it has no longer.
  const before = said.length;
  desk.take({ type: 'plan', revision: 1 });
  expect(said.length).toBe(before);
});

test('names that several objects side by side would have are listed', () => {
  const { planner, states, turn } = setUp();
  const draft = draftOf([row('Broad', 'Story'), row('Broad', 'Question')]);
  planner.show({ ...draft, settings: { ...draft.settings, naming: { ...draft.settings.naming, ad: 'Same' } } }, account);
  turn();
  expect(states.at(-1)?.outline?.collisions).toEqual(['Same']);
  planner.show(draft, account);
  turn();
  expect(states.at(-1)?.outline?.collisions).toEqual([]);
});

test('a changed cell travels as one row; a step or a stored launch does not travel at all', () => {
  const { planner, questions } = setUp();
  const rows = Array.from({ length: 50 }, (_, i) => row(`Set ${i}`, 'Story'));
  const draft = draftOf(rows);
  planner.show(draft, account);
  const sheet = { fileName: 'spring.csv', rows: (draft.sheet?.rows ?? []).with(7, row('Set 6', 'Question')) };
  planner.show({ ...draft, sheet }, account);
  expect(questions[1]).toMatchObject({ change: { sheet: { at: 7, removed: 1, rows: [row('Set 6', 'Question')] } } });
  expect(Object.keys((questions[1] as { change: object }).change)).toEqual(['sheet']);
  planner.show({ ...draft, sheet, step: 'review', launchId: 'lch_1' }, account);
  expect(questions.length).toBe(2);
});

test('the template a draft begins with travels, and so does its end: what it asks for is asked on the thread, too', () => {
  const { planner, questions, turn, states } = setUp();
  const draft = draftOf([row('Broad', 'Story')]);
  const template = { id: 'tpl_1', version: 1, name: 'Spring', required: ['leadFormId' as const] };
  const asks = () => states.at(-1)?.outline?.problems.some((one) => one.message.includes('"Spring"'));
  planner.show({ ...draft, template }, account);
  turn();
  expect(asks()).toBe(true);
  planner.show(draft, account);
  turn();
  expect((questions.at(-1) as { change: object }).change).toEqual({ template: null });
  expect(asks()).toBe(false);
});

test('bytes of files never travel', () => {
  const draft = draftOf([row('Broad', 'Story')]);
  const change = changeOf(null, { ...draft, media: draft.media.map((one) => ({ ...one, file: new File(['x'], one.fileName) })) }, account);
  expect(change?.media?.every((one) => !('file' in one))).toBe(true);
});

test('a thread that dies is an error of its own kind, to everybody who waits', async () => {
  const { planner, states, die, wasTerminated } = setUp();
  planner.show(draftOf([row('Broad', 'Story')]), account);
  const waiting = planner.made().catch((cause: unknown) => cause);
  die();
  expect(await waiting).toMatchObject({ code: 'THREAD' });
  expect(states.at(-1)).toMatchObject({ busy: false, error: { code: 'THREAD' } });
  await expect(planner.plan()).rejects.toMatchObject({ code: 'THREAD' });
  planner.close();
  expect(wasTerminated()).toBe(true);
});

test('a fault in the rules is told with its name, and the next good draft ends it', () => {
  const { planner, states, turn } = setUp();
  planner.show(draftOf([row('Broad', 'Story')]), { ...account, timezone: 'Mars/Olympus' });
  turn();
  expect(states.at(-1)).toMatchObject({ busy: false, error: { code: 'RULES' } });
  planner.show(draftOf([row('Broad', 'Story')]), account);
  turn();
  expect(states.at(-1)).toMatchObject({ busy: false, error: null, outline: { hasErrors: false } });
});

/** Edits as a person makes them: cells, rows in and out, files regrouped, settings, all at random. */
const edits = fc.array(
  fc.record({
    what: fc.constantFrom('cell', 'insert', 'delete', 'override', 'setting', 'name', 'header'),
    at: fc.nat(20),
    column: fc.nat(HEADER.length - 1),
    text: fc.constantFrom('', 'Broad', 'Story', 'Question', '20', 'abc', 'FR', 'https://shop.example/', '{x}', 'Hello'),
  }),
  { maxLength: 12 },
);

test('planned from memory after any edits is planned from nothing', () => {
  fc.assert(
    fc.property(edits, (steps) => {
      let draft = draftOf([row('Broad', 'Story'), row('Broad', 'Question'), row('Narrow', 'Story', 'abc', ''), row('Narrow', 'Story')]);
      let before: Draft | null = null;
      let planned: Planned | null = null;
      const memory = emptyMemory();
      for (const { what, at, column, text } of [{ what: '', at: 0, column: 0, text: '' }, ...steps]) {
        const rows = draft.sheet?.rows ?? [];
        const place = 1 + (at % Math.max(1, rows.length));
        const withRows = (next: readonly (readonly string[])[]): Draft => ({ ...draft, sheet: { fileName: 's.csv', rows: next } });
        if (what === 'cell' && rows[place]) draft = withRows(rows.with(place, (rows[place] as readonly string[]).with(column, text)));
        if (what === 'insert') draft = withRows(rows.toSpliced(place, 0, row(text, 'Story')));
        if (what === 'delete') draft = withRows(rows.toSpliced(place, 1));
        if (what === 'header') draft = withRows(rows.with(0, (rows[0] as readonly string[]).with(column, text === '' ? 'notes' : 'hook')));
        if (what === 'override') draft = { ...draft, overrides: { 'story_1x1.png': { conceptKey: 'question', variantKey: 'two' } } };
        if (what === 'setting') draft = { ...draft, settings: { ...draft.settings, link: text } };
        if (what === 'name') draft = { ...draft, name: text };
        const change = changeOf(before === null ? null : { draft: before, account }, draft, account);
        if (change !== null) planned = applyChange(planned, structuredClone(change));
        before = draft;
        expect(makePlan(planned as Planned, account, NOW, memory)).toEqual(makePlan(draft, account, NOW));
      }
    }),
    { numRuns: 60, seed: 22 },
  );
});
