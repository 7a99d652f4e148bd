import { walkTenancy } from '../tenancy-walk.ts';
import type { TrustRow } from './trust-row.ts';

/** With the application's filter cut out of every verb the database's wall alone holds, on every table. */
export const secondWall: TrustRow = {
  row: 'C2',
  promise: 'the database alone keeps tenants apart',
  async run({ stack, say }) {
    const walk = walkTenancy('no-filter')?.walk;
    for (const leak of walk?.leaks.slice(0, 10) ?? []) say(leak);
    const open = await stack.query<{ relname: string }>(
      `select t.relname from pg_class t join information_schema.columns c on c.table_name = t.relname and c.table_schema = 'public'
       where c.column_name = 'organization_id' and t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not (t.relrowsecurity and t.relforcerowsecurity)`,
    );
    const [role] = await stack.query<{ bypass: boolean; owned: number }>(
      `select rolsuper or rolbypassrls as bypass, (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = 'inlay_api'`,
    );
    const leaks = walk?.leaks.length ?? -1;
    return {
      ok: leaks === 0 && open.length === 0 && role?.bypass === false && role.owned === 0,
      figures: {
        routes: walk?.routes ?? 0,
        calls: walk?.calls ?? 0,
        leaks,
        tablesWithoutForcedWall: open.length,
        appRoleOwns: role?.owned ?? -1,
        appRoleBypasses: role?.bypass ?? true,
      },
    };
  },
};
