import { DurableObject } from 'cloudflare:workers';

/**
 * Tells the open screens of one launch that something changed. It carries no facts: a listener reads them from Postgres, so a lost
 * nudge costs seconds and never truth.
 */
export class ProgressRoom extends DurableObject {
  #listeners = new Set<WritableStreamDefaultWriter<Uint8Array>>();

  /** A stream that gets one byte per change and ends when its reader goes away. */
  override fetch(): Response {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 16 });
    const writer = writable.getWriter();
    this.#listeners.add(writer);
    writer.closed.then(
      () => this.#listeners.delete(writer),
      () => this.#listeners.delete(writer),
    );
    return new Response(readable);
  }

  nudge(): void {
    for (const writer of this.#listeners) {
      // A full buffer already holds an unread nudge; one more would say nothing new.
      if ((writer.desiredSize ?? 0) <= 0) continue;
      writer.write(new Uint8Array([10])).catch(() => this.#listeners.delete(writer));
    }
  }
}
