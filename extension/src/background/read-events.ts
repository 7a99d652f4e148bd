export interface ServerEvent {
  event: string;
  data: string;
}

/** Server-sent events of a response body, whatever way its chunks are cut (WHATWG HTML 9.2.6; id and retry are not used). */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
      // A lone \r at the end may be half of \r\n; it waits for the next chunk.
      const held = rest.endsWith('\r') ? '\r' : '';
      const blocks = rest
        .slice(0, rest.length - held.length)
        .replaceAll('\r\n', '\n')
        .replaceAll('\r', '\n')
        .split('\n\n');
      rest = (blocks.pop() as string) + held;
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event !== null) yield event;
      }
    }
  } finally {
    await reader.cancel();
  }
}

function parseBlock(block: string): ServerEvent | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    const field = at === -1 ? line : line.slice(0, at);
    const value = at === -1 ? '' : line.slice(line[at + 1] === ' ' ? at + 2 : at + 1);
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join('\n') };
}
