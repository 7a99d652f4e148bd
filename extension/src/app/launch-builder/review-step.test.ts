import { expect, test } from 'vitest';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { mergeProblems } from './review-step.tsx';

const problem = (code: string, itemPath: string | null): PlanProblem => ({
  severity: 'error',
  code,
  message: code,
  fix: '',
  row: null,
  column: null,
  itemPath,
});

test('a finding of both sides is said once, and a file that is not uploaded yet is no finding', () => {
  const made = { problems: [problem('BAD_URL', 'settings.linkUrl')] };
  const server = {
    problems: [problem('BAD_URL', 'settings.linkUrl'), problem('UNKNOWN_PAGE', 'settings.pageId'), problem('MEDIA_MISSING', 'media.a')],
  };
  expect(mergeProblems(made, server).map((one) => one.code)).toEqual(['BAD_URL', 'UNKNOWN_PAGE']);
  expect(mergeProblems(made, null)).toEqual(made.problems);
});
