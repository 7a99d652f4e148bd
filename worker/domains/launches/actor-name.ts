import type { Context } from '../../kernel/context.ts';

/** Whose doing it was, as stored: a user's id, or the kind of actor. */
export const actorName = (ctx: Context): string => (ctx.actor.kind === 'user' ? ctx.actor.userId : ctx.actor.kind);
