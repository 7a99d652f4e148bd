import { expect, test } from 'vitest';
import { ProgressBar } from './progress-bar.tsx';

const said = (segments: Parameters<typeof ProgressBar>[0]['segments']) => ProgressBar({ label: 'Progress', total: 10, segments }).props;

test('readers hear what is counted: what is finished of a launch, how far a reading or an upload is', () => {
  expect(
    said([
      { kind: 'done', count: 4 },
      { kind: 'moving', count: 3 },
      { kind: 'failed', count: 1 },
    ]),
  ).toMatchObject({ role: 'progressbar', 'aria-valuenow': 4, 'aria-valuemax': 10 });
  expect(said([{ kind: 'moving', count: 6 }])).toMatchObject({ 'aria-valuenow': 6 });
});
