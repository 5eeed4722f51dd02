/** One server-sent event. https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

export interface EventReader {
  /** Takes the next piece of text, wherever it was cut, and returns the events that it completes. */
  read(chunk: string): ServerEvent[];
}

/** Reads server-sent events out of a stream of text. Comments (heartbeats) and other fields are passed over. */
export function createEventReader(): EventReader {
  let rest = '';
  return {
    read(chunk) {
      // A CR at the very end may be half of a CRLF: it waits for the next piece.
      const text = rest + chunk;
      const held = text.endsWith('\r') ? 1 : 0;
      const blocks = text
        .slice(0, text.length - held)
        .replace(/\r\n?/g, '\n')
        .split('\n\n');
      rest = (blocks.pop() ?? '') + '\r'.repeat(held);
      return blocks.map(parseEvent).filter((event) => event !== undefined);
    },
  };
}

function parseEvent(block: string): ServerEvent | undefined {
  const data: string[] = [];
  let event = 'message';
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n') };
}
