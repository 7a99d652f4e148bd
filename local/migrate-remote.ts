import { migrate } from './migrate.ts';

/** Applies the migrations to a database elsewhere: DATABASE_OWNER_URL=… INLAY_API_PASSWORD=… npm run migrate */
const { DATABASE_OWNER_URL: url, INLAY_API_PASSWORD: password } = process.env;
if (!url || !password) {
  console.error(
    'Set DATABASE_OWNER_URL (the owner of the database, which makes tables) and INLAY_API_PASSWORD (given to the role inlay_api, which the Worker signs in as).',
  );
  process.exit(1);
}
const applied = await migrate(url, password);
console.log(JSON.stringify({ ok: true, applied }));
