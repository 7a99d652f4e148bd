import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ALERTS, OBJECTIVES, type Alert } from './alerts.ts';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/operations.md');
const METRICS = path.resolve(import.meta.dirname, 'answer-metrics.ts');

const percent = (share: number) => `${Number((share * 100).toFixed(3))} %`;
function whenOf({ when }: Alert): string {
  return 'objective' in when
    ? `${percent(when.budget)} of the budget of ${when.objective} within ${when.window === '1h' ? 'an hour' : 'three days'}`
    : `\`${when.gauge}\` above ${when.above} for ${when.forMinutes} min`;
}
const tables = {
  objectives: [
    '| objective | promise | bar | good | of all |',
    '|---|---|---|---|---|',
    ...OBJECTIVES.map((one) => `| ${one.id} | ${one.promise} | ${percent(one.share)} | \`${one.good}\` | \`${one.all}\` |`),
  ],
  alerts: [
    '| alert | when | does | runbook | first step |',
    '|---|---|---|---|---|',
    ...ALERTS.map((one) => `| ${one.id} | ${whenOf(one)} | ${one.does} | ${one.runbook} | ${one.firstStep} |`),
  ],
};

test('the page prints every objective and alert as they are', async () => {
  const page = await readFile(PAGE, 'utf8');
  for (const [name, lines] of Object.entries(tables)) expect(page).toContain(`<!-- ${name} -->\n\n${lines.join('\n')}\n`);
});

test('every alert has a runbook on the page, a first step, and watches what is really told', async () => {
  const [page, metrics] = await Promise.all([readFile(PAGE, 'utf8'), readFile(METRICS, 'utf8')]);
  expect(new Set(ALERTS.map((one) => one.id)).size).toBe(ALERTS.length);
  for (const { id, when, runbook, firstStep } of ALERTS) {
    expect(page, id).toContain(`### ${runbook}\n`);
    expect(firstStep.length, id).toBeGreaterThan(20);
    if ('objective' in when) expect(OBJECTIVES.map((one) => one.id)).toContain(when.objective);
    else expect(metrics).toContain(`'${when.gauge}'`);
  }
});

test('each objective has a fast and a slow burn, at 2 % in an hour and 10 % in three days', () => {
  for (const { id, share } of OBJECTIVES) {
    expect(share).toBeGreaterThan(0.99);
    const burns = ALERTS.flatMap(({ when, does }) =>
      'objective' in when && when.objective === id ? [[when.budget, when.window, does]] : [],
    );
    expect(burns).toEqual([
      [0.02, '1h', 'page'],
      [0.1, '3d', 'ticket'],
    ]);
  }
});
