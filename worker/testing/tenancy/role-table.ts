import { may, ROLES, ROLE_PERMISSIONS, type Standing } from '#shared/rules/permissions.ts';
import type { RouteFact } from '../../http/bind-contract.ts';

/** Calls that would change the world the walk stands on when somebody may make them. */
export const HARMFUL: ReadonlySet<string> = new Set([
  'POST /v1/organization/leave',
  'POST /v1/organization/deletion',
  'POST /v1/organization/exports',
  'POST /v1/organization/transfer',
]);

/** docs/role-matrix.md: every route, and who may call it. */
export function roleTable(facts: readonly RouteFact[]): string {
  const standings: Standing[] = [...ROLES, 'support'];
  const rows = facts.map(({ method, path, access }) => {
    const cells = standings.map((role) => (access.kind === 'member' ? (may(ROLE_PERMISSIONS[role], access.permission) ? 'yes' : '') : ''));
    const key = access.kind === 'member' ? (access.people || access.stepUp ? '' : 'with the scope') : '';
    return `| \`${method} ${path}\` | ${describe(access)} | ${cells.join(' | ')} | ${key} |`;
  });
  return `# Who may call what

Written by a test from the routes and the matrix in \`shared/rules/permissions.ts\`; the test fails when this page differs
(\`UPDATE=1 npx vitest run --project worker worker/testing/tenancy\` writes it anew). "Proof" = the person proved who they are within the
last five minutes.

| route | asks for | ${standings.join(' | ')} | API key |
|---|---|${standings.map(() => '---|').join('')}---|
${rows.join('\n')}
`;
}

function describe(access: RouteFact['access']): string {
  if (access.kind === 'public') return 'nobody: its own proof, or none';
  if (access.kind === 'embed') return `token of a page that may show ${access.embed}`;
  const proof = 'stepUp' in access && access.stepUp ? ', proof' : '';
  if (access.kind === 'person') return `a signed-in person${proof}`;
  if (access.kind === 'staff') return `the platform's staff${proof}`;
  return `\`${access.permission}\`${access.people ? ', a person' : ''}${proof}`;
}
