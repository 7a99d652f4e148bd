import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DEMO, signUpByMail } from '../demo-member.ts';
import { applyMigration } from '../migrate.ts';
import { steadyLoad } from './steady-load.ts';
import type { TrustRow } from './trust-row.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../drizzle/migrations');
/** The last one that the version before knows. */
const LAST_OLD = '0007';
const FULL_SECONDS = 60;

/** What the version before cannot live with: something it names is gone, renamed, of another type, or must now be given. */
const NOT_EXPAND: readonly RegExp[] = [
  /\bDROP\s+(?:TABLE|COLUMN|FUNCTION|TYPE)\b/i,
  /\bRENAME\b/i,
  /\bALTER\s+COLUMN\s+"?\w+"?\s+(?:SET\s+DATA\s+)?TYPE\b/i,
  /\bSET\s+NOT\s+NULL\b/i,
  /\bADD\s+COLUMN\s+(?:IF NOT EXISTS\s+)?"?\w+"?\s+(?:(?!DEFAULT)[^;])*\bNOT\s+NULL(?![^;]*\bDEFAULT\b)/i,
];
const withoutComments = (sql: string) => sql.replaceAll(/--.*$/gm, '');

/** Statements of the version before, in its shape: every column it gives and none that came later. $1 is unique to each. */
const OLD_STATEMENTS: readonly string[] = [
  `insert into users (id, email, email_key, password_hash, name, locale) values ('usr_' || $1, 'u' || $1, 'u' || $1, 'h', 'N', 'en')`,
  `insert into organizations (id, name, currency, timezone, locale, attribution_window_days, wrapped_data_key, key_version) values ('org_old' || $1, 'N', 'EUR', 'UTC', 'en', 28, 'k', 1)`,
  `insert into memberships (organization_id, user_id, role) values ('org_old', 'usr_' || $1, 'owner')`,
  `insert into sessions (id, user_id, organization_id, client, user_agent) values ('ses_' || $1, 'usr_' || $1, 'org_old', 'web', 'x')`,
  `insert into refresh_tokens (hash, session_id, expires_at) values ('h' || $1, 'ses_' || $1, now())`,
  `update refresh_tokens set used_at = now(), retry_hash = 'r', sealed_reply = 's' where hash = 'h' || $1 and used_at is null`,
  `insert into audit_log (id, organization_id, actor, action, object, detail) values ('aud_' || $1, 'org_old', 'usr', 'a', null, null)`,
  `insert into outbox (id, organization_id, job, input, not_before) values ('obx_' || $1, 'org_old', 'j', '{}', now())`,
  `update outbox set published_at = now() where id = 'obx_' || $1 and published_at is null`,
  `insert into idempotency_keys (organization_id, key, request_hash, response) values ('org_old', $1, 'h', '{}')`,
  `insert into dead_letters (id, organization_id, job, input, cause, fingerprint, attempts) values ('dlt_' || $1, 'org_old', 'j', '{}', 'c', 'f', 8)`,
  `insert into inbox (organization_id, source, event_id) values ('org_old', 's', $1)`,
  `insert into oauth_states (state_hash, organization_id, user_id, session_id, provider, code_verifier, return_to, expires_at) values ('s' || $1, 'org_old', 'u', 's', 'meta', 'v', '/', now())`,
  `insert into connections (id, organization_id, provider, external_id, display_name, status, access_token, scopes, issued_at) values ('con_' || $1, 'org_old', 'meta', $1, 'n', 'active', 'v1.a.b', '[]', now())`,
  `update connections set status = 'expiring', updated_at = now() where id = 'con_' || $1 and status = 'active'`,
  `insert into leads (id, organization_id, source, source_lead_id, contact, submitted_at) values ('led_' || $1, 'org_old', 'meta', $1, 'v1.a.b', now())`,
  `select s.user_id, m.role from sessions s join users u on u.id = s.user_id and u.disabled_at is null join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id where s.id = 'ses_' || $1`,
  `select * from due_outbox(now(), 10)`,
  `select * from due_launches(now())`,
  `select * from due_connections(now())`,
  `select * from route_connection('meta', $1)`,
];

/** The version before goes on working while each migration after it is applied, and beside the new one afterwards. */
export const bothVersions: TrustRow = {
  row: 'F3',
  promise: 'every migration is applied under load, and old and new code work together',
  async run({ stack, scaled, say }) {
    const files = fs
      .readdirSync(FOLDER)
      .filter((name) => name.endsWith('.sql'))
      .toSorted();
    const isOld = (name: string) => name.slice(0, 4) <= LAST_OLD;
    const sqlOf = (name: string) => fs.readFileSync(path.join(FOLDER, name), 'utf8');
    const added = files.filter((name) => !isOld(name));
    const breaking = added.filter((name) => NOT_EXPAND.some((pattern) => pattern.test(withoutComments(sqlOf(name)))));
    for (const name of breaking) say(`not only adding: ${name}`);

    await stack.query('create database both_versions');
    const owner = new pg.Client({ connectionString: stack.postgres.url('both_versions') });
    // A session that ends with the stack must not hide what failed before.
    owner.on('error', () => undefined);
    await owner.connect();
    await owner.query('create table applied_migrations (name text primary key, at timestamptz not null default now())');
    for (const name of files.filter(isOld)) await applyMigration(owner, name);
    const api = new pg.Pool({ connectionString: stack.postgres.url('both_versions', 'inlay_api'), max: 8 });
    api.on('error', () => undefined);
    const problems: string[] = [];
    const old = async (n: number): Promise<number> => {
      const client = await api.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.organization_id', 'org_old', true), set_config('app.user_id', $1, true)`, [`usr_${n}`]);
        for (const sql of OLD_STATEMENTS.filter((one) => !one.startsWith('insert into organizations')))
          await client.query(sql, sql.includes('$1') ? [String(n)] : []);
        // An organization is made behind its own wall.
        await client.query(`select set_config('app.organization_id', $1, true)`, [`org_old${n}`]);
        await client.query(OLD_STATEMENTS.find((one) => one.startsWith('insert into organizations')) as string, [String(n)]);
        await client.query('commit');
        return 200;
      } catch (error) {
        await client.query('rollback');
        problems.push((error as Error).message);
        return 500;
      } finally {
        client.release();
      }
    };
    await owner.query(
      `insert into organizations (id, name, currency, timezone, wrapped_data_key, key_version) values ('org_old', 'O', 'EUR', 'UTC', 'k', 1)`,
    );
    for (let n = 0; n < 200; n++) await old(1_000_000 + n);

    const oldLoad = steadyLoad(100, old);
    const slowest = { name: '', ms: 0 };
    for (const name of added) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const started = performance.now();
      await applyMigration(owner, name);
      const ms = performance.now() - started;
      if (ms > slowest.ms) Object.assign(slowest, { name, ms });
    }
    // Now both versions: the old statements, and the new bundle over HTTP on a database that is as new.
    const member = await signUpByMail(stack, { email: 'both@inlay.test', organizationName: DEMO.organizationName });
    const newLoad = steadyLoad(20, async (n) => {
      const answer = await fetch(`${stack.origin}${['/v1/me', '/v1/connections', '/v1/organizations'][n % 3]}`, {
        headers: { authorization: `Bearer ${member.accessToken}` },
      });
      await answer.arrayBuffer();
      return answer.status;
    });
    await new Promise((resolve) => setTimeout(resolve, Math.max(5, scaled(FULL_SECONDS)) * 1000));
    await Promise.all([oldLoad.stop(), newLoad.stop()]);
    await api.end();
    await owner.end();
    for (const problem of new Set(problems)) say(problem);
    const figures = {
      migrations: added.length,
      notOnlyAdding: breaking.length,
      oldTransactions: oldLoad.seen.requests + 200,
      oldErrors: problems.length,
      newRequests: newLoad.seen.requests,
      newErrors: newLoad.seen.failed,
      slowestMigrationMs: Math.round(slowest.ms),
    };
    return { ok: breaking.length === 0 && problems.length === 0 && newLoad.seen.failed === 0 && figures.oldTransactions > 200, figures };
  },
};
