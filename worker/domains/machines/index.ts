export { emitEvent } from './webhooks-out/emit-event.ts';
export { noteMakerLeft } from './keys/note-maker-left.ts';
export { noteMakerLowered } from './keys/note-maker-lowered.ts';
