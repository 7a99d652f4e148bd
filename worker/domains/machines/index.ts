export { emitEvent } from './webhooks-out/emit-event.ts';
export { noteMakerLeft } from './keys/note-maker-left.ts';
