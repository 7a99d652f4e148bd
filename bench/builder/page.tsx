import { render } from 'preact';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { emptyDraft, type Draft } from '../../extension/src/app/launch-builder/draft.ts';
import { SheetGrid } from '../../extension/src/app/launch-builder/grid/sheet-grid.tsx';
import { emptyMemory, makePlan } from '../../extension/src/app/launch-builder/make-plan.ts';
import { outlinePlan } from '../../extension/src/app/launch-builder/planner/plan-outline.ts';
import { createPlanner, type PlannerState } from '../../extension/src/app/launch-builder/planner/planner.ts';
import '../../extension/src/ui/styles/index.css';
import { applyBrand } from '../../extension/src/ui/theme.ts';
import { benchSheet } from './bench-sheet.ts';

/** planned: everything anew. edited: one cell of thousands. */
export type Change = 'planned' | 'edited';

/** What the bench asks of this page; everything in it is the product's own code. */
export interface BenchPage {
  /** Objects that the plan makes. */
  total: number;
  /** Milliseconds from handing over a change to its counts and findings being here. */
  inThread(change: Change, rounds: number): Promise<number[]>;
  /** The same work on the page's own thread. */
  onPage(change: Change, rounds: number): number[];
  /** The grid over this many cells; answers how many there truly are. */
  showGrid(cells: number): number;
}

const account = {
  id: 'acc_1',
  platform: 'meta',
  externalId: '1000000001',
  name: 'Bench',
  currency: 'EUR',
  timezone: 'Europe/Paris',
} as AdAccount;
const { header, rows, media } = benchSheet();
const start = emptyDraft('acc_1', 'key');
const draft: Draft = {
  ...start,
  name: 'Spring',
  sheet: { fileName: 'bench.csv', rows: [header, ...rows] },
  media,
  settings: { ...start.settings, pageId: '2000000001' },
};

/** Another landing page: every row is read again, and every object made again. */
const replanned = (n: number): Draft => ({ ...draft, settings: { ...draft.settings, link: `https://shop.example/${n}` } });
/** Another word in one cell. */
const edited = (n: number): Draft => {
  const at = 1 + ((n * 37) % rows.length);
  const sheetRows = [header, ...rows];
  sheetRows[at] = (sheetRows[at] as string[]).with(header.indexOf('hook'), `Hook ${n}`);
  return { ...draft, sheet: { fileName: 'bench.csv', rows: sheetRows } };
};

const changes: Record<Change, (n: number) => Draft> = { planned: replanned, edited };

async function inThread(change: Change, rounds: number): Promise<number[]> {
  let heard: (state: PlannerState) => void = () => {};
  const planner = createPlanner((state) => heard(state));
  const time = (next: Draft): Promise<number> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      heard = (state) => {
        if (state.error !== null) reject(state.error);
        else if (!state.busy) resolve(performance.now() - began);
      };
      planner.show(next, account);
    });
  await time(draft);
  const found: number[] = [];
  for (let n = 0; n < rounds; n += 1) found.push(await time(changes[change](n)));
  planner.close();
  return found;
}

function onPage(change: Change, rounds: number): number[] {
  const memory = emptyMemory();
  const time = (next: Draft): number => {
    const began = performance.now();
    outlinePlan(next, account, Date.now(), memory);
    return performance.now() - began;
  };
  time(draft);
  return Array.from({ length: rounds }, (_, n) => time(changes[change](n)));
}

function showGrid(cells: number): number {
  const shown = [header, ...rows.slice(0, Math.ceil(cells / header.length))];
  render(<SheetGrid rows={shown} problems={[]} onRows={() => {}} />, document.getElementById('root') as HTMLElement);
  return (shown.length - 1) * header.length;
}

applyBrand();
const { counts, items } = makePlan(draft, account).expanded;
if (items.length === 0) throw new Error('The bench makes no plan.');
const page: BenchPage = { total: counts.total, inThread, onPage, showGrid };
Object.assign(window, { __bench: page });
