import { walkTenancy } from './tenancy-walk.ts';

/** npm run check:tenancy: the walk with both walls, with the database's alone, and with none; only the last may find a way through, and it must. */
const MODES = [
  { name: 'both walls', mutant: '', holds: true },
  { name: "the database's wall alone", mutant: 'no-filter', holds: true },
  { name: 'no wall', mutant: 'no-filter-no-rls', holds: false },
] as const;

const found = MODES.map((mode) => {
  // Without walls organizations meddle with each other while the world is being made: that may take a second try.
  const walk = (walkTenancy(mode.mutant) ?? (mode.holds ? null : walkTenancy(mode.mutant)))?.walk;
  const leaks = walk?.leaks.length ?? -1;
  const isRight = walk !== undefined && (mode.holds ? leaks === 0 : leaks > 0);
  console.log(
    `${isRight ? 'ok  ' : 'FAIL'} ${mode.name}: ${walk?.routes} routes × ${walk?.roles} callers, ${walk?.calls} calls, leaks ${leaks}`,
  );
  if (!isRight) for (const leak of walk?.leaks.slice(0, 20) ?? []) console.log(`     ${leak}`);
  return { walk, leaks, isRight };
});
const [whole, database, none] = found;
const ok = found.every(({ isRight }) => isRight);
console.log(
  JSON.stringify({
    ok,
    routes: whole?.walk?.routes,
    roles: whole?.walk?.roles,
    positions: whole?.walk?.positions,
    walked: whole?.walk?.calls,
    leaks: whole?.leaks,
    leaksWithoutFilter: database?.leaks,
    leaksWithoutAnyWall: none?.leaks,
  }),
);
process.exitCode = ok ? 0 : 1;
