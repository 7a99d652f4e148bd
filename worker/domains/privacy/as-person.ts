import { createContext, NO_ORGANIZATION, type Context } from '../../kernel/context.ts';

/** The same person outside of every organization. */
export const asPerson = (ctx: Context): Context => createContext(ctx.ports, NO_ORGANIZATION, ctx.actor);
