import fs from 'node:fs';
import path from 'node:path';
import { runWorkerTests } from './run-worker-tests.ts';

interface Witness {
  file: string;
  /** The test whose promise the guard keeps, and what its failing expectation says: nothing else counts as noticed. */
  test: RegExp;
  says: RegExp;
}

/** Which test must notice each guard's absence, and how. */
const WITNESSES: Record<string, Witness> = {
  'no-window': {
    file: 'worker/domains/launches/exactly-once.test.ts',
    test: /^every intent is exactly one object/,
    says: /^AssertionError: objects beyond the first: expected [1-9]/,
  },
  'no-compare-and-set': {
    file: 'worker/domains/launches/exactly-once.test.ts',
    test: /^the same message four times at once/,
    says: /^AssertionError: objects beyond the first: expected [1-9]/,
  },
  'no-rls': {
    file: 'worker/testing/walls.test.ts',
    test: /^as the Worker's role: no setting sees nothing/,
    says: /^AssertionError: through the walls: /,
  },
  'no-single-use': {
    file: 'worker/domains/identity/identity.test.ts',
    test: /^of 20 concurrent refreshes with one token/,
    says: /^AssertionError: renewals by one token: expected ([2-9]|\d\d) to be 1/,
  },
  'no-challenge-count': {
    file: 'worker/domains/identity/second-factor/second-factor.test.ts',
    test: /^of wrong codes sent all at once/,
    says: /^AssertionError: codes judged: expected [1-9]\d+ to be 5/,
  },
  'no-totp-once': {
    file: 'worker/domains/identity/second-factor/second-factor.test.ts',
    test: /^one code, many times at once/,
    says: /^AssertionError: sign-ins by one code: expected [2-9] to be 1/,
  },
  'no-signature-check': {
    file: 'worker/domains/webhooks/webhooks.test.ts',
    test: /^forged, unsigned, altered/,
    says: /^AssertionError: .*200/,
  },
};

interface VitestReport {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

/** Takes one guard away after the other and runs the test that guards it: green, or red for another reason, is a defect of the suite. */
const root = path.resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const results: Record<string, 'noticed' | 'not noticed' | 'red for another reason' | 'did not run'> = {};
for (const [mutant, witness] of Object.entries(WITNESSES)) {
  if (wanted.length > 0 && !wanted.includes(mutant)) continue;
  const report = path.join(root, `.local/mutant-${mutant}.json`);
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.rmSync(report, { force: true });
  const { printed } = runWorkerTests(witness.file, mutant, { args: ['--reporter=json', `--outputFile.json=${report}`] });
  const tests = fs.existsSync(report)
    ? (JSON.parse(fs.readFileSync(report, 'utf8')) as VitestReport).testResults.flatMap((file) => file.assertionResults)
    : [];
  const ours = tests.filter((one) => witness.test.test(one.title));
  const said = ours.flatMap((one) => one.failureMessages.map((message) => message.split('\n')[0] ?? ''));
  results[mutant] =
    ours.length === 0
      ? 'did not run'
      : said.some((line) => witness.says.test(line))
        ? 'noticed'
        : said.length > 0
          ? 'red for another reason'
          : 'not noticed';
  console.log(`${results[mutant] === 'noticed' ? 'red, as it must be' : 'NOT NOTICED'}  ${mutant}: ${said[0] ?? results[mutant]}`);
  if (results[mutant] === 'did not run') console.log(printed);
}
const ok = Object.values(results).length > 0 && Object.values(results).every((result) => result === 'noticed');
console.log(JSON.stringify({ ok, mutants: results }));
process.exitCode = ok ? 0 : 1;
