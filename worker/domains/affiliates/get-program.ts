import type { getProgram as contract } from '#shared/contracts/affiliates.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { Context } from '../../kernel/context.ts';
import { presentProgram } from './present-program.ts';
import { readAffiliates } from './read-affiliates.ts';

/** The program, its creators and their figures. */
export async function getProgram(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const { program, affiliates } = await readAffiliates(ctx);
  return { program: program && presentProgram(program), affiliates };
}
