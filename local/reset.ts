import path from 'node:path';
import { forgetStack } from './forget-stack.ts';

/** npm run reset. */
try {
  await forgetStack(path.resolve(import.meta.dirname, '../.local/main'));
  console.log('Reset. The next npm start begins afresh.');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
