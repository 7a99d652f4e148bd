#!/usr/bin/env node
// `npx inlay …` in a checkout whose packages are installed. Node runs the sources as they are, by the loader the project's tools use.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2), process.env);
