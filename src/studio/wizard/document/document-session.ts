import type { JsonObject } from '../../../base/index.ts';
import {
  type ConnectorDefinition,
  type DocumentPart,
  mergeJson,
  shareParts,
  type TextError,
  type TextFormat,
} from '../../../connector/index.ts';
import type { DocumentAsk, TextProblem } from './document-service.ts';
import type { KeptText, KeptTexts } from './text-copy.ts';

const PARTS: readonly DocumentPart[] = ['openapi', 'properties'];
/** How long the hands must rest before a text is read. */
const READ_AFTER_MS = 250;
const KEEP_AFTER_MS = 200;
/** The longer reading takes, the longer the hands must have rested. */
const REST_PER_READ = 2;
const MAX_WAIT_MS = 2000;

/** A text as the screen shows it. */
export interface TextView {
  /** Undefined until it is there. */
  readonly text: string | undefined;
  readonly error: TextError | undefined;
  /** Typed, and not in the definition yet. */
  readonly isPending: boolean;
  /** What the schema says of it. */
  readonly problems: readonly TextProblem[];
}

export type SessionView = { readonly format: TextFormat; readonly isKept: boolean } & {
  readonly [Part in DocumentPart]: TextView;
};

interface TextState extends TextView {
  /** What the text meant when it could last be read: the definition's own part, while both are in step. */
  readonly base: JsonObject | undefined;
  /** Counts what became of the text: an answer about an older one is none. */
  readonly version: number;
  /** In the other format, as it was. */
  readonly other: string | undefined;
  /** Somebody wrote in it: it may hold comments. */
  readonly isOwn: boolean;
}

/** What is wrong with a part whose text cannot be read. */
export interface BrokenText {
  readonly part: DocumentPart;
  readonly error: TextError;
}

export interface SessionOptions {
  readonly ask: DocumentAsk;
  readonly definition: ConnectorDefinition;
  readonly format: TextFormat;
  readonly kept: KeptTexts | undefined;
  /** Puts what a text means into the draft. */
  change(part: DocumentPart, value: JsonObject): void;
  /** Keeps what the draft alone would lose, or, undefined, nothing; tells whether there was room. */
  keep(texts: KeptTexts | undefined): boolean;
}

/**
 * Holds the definition of a draft as texts, and keeps them in step with it.
 *
 * 1. A text that is typed is read when the hands rest. What it means goes into the draft; what the forms changed
 *    meanwhile stays, both are put together.
 * 2. A text that cannot be read stays as it is, in this browser, and the draft as it was.
 * 3. What a form changes is changed in the text where it stands: comments and the way things are written stay.
 */
export class DocumentSession {
  readonly #options: SessionOptions;
  readonly #listeners = new Set<() => void>();
  readonly #open = new Set<DocumentPart>();
  #definition: ConnectorDefinition;
  #format: TextFormat;
  #states: Readonly<Record<DocumentPart, TextState>>;
  #view: SessionView | undefined;
  #broken: BrokenText | undefined;
  #isKept = true;
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = READ_AFTER_MS;
  #isStopped = false;

  constructor(options: SessionOptions) {
    const { kept, definition } = options;
    this.#options = options;
    this.#definition = definition;
    this.#format = kept?.format ?? options.format;
    this.#states = {
      openapi: restore(kept?.openapi, definition.openapi),
      properties: restore(kept?.properties, definition.properties),
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What of the texts was shown last, as a pointer into the definition. */
  shown: string | undefined;

  /** Where somebody was in a text, for whoever shows it again. */
  readonly places = new Map<string, unknown>();

  /** The same object until something changes. */
  getView = (): SessionView => {
    this.#view ??= { format: this.#format, isKept: this.#isKept, ...this.#states };
    return this.#view;
  };

  /** The first part whose text cannot be read; the same object until it changes. */
  getBroken = (): BrokenText | undefined => {
    const part = PARTS.find((one) => this.#states[one].error !== undefined);
    const error = part && this.#states[part].error;
    if (part === undefined || error === undefined) this.#broken = undefined;
    else if (this.#broken?.error !== error) this.#broken = { part, error };
    return this.#broken;
  };

  /** Whether something is typed that is not in the draft yet. */
  getIsPending = (): boolean => PARTS.some((part) => this.#states[part].isPending);

  getIsWritten = (): boolean => PARTS.some((part) => this.#states[part].text !== undefined);

  /** The definition changed, whoever changed it. */
  async setDefinition(definition: ConnectorDefinition): Promise<void> {
    this.#definition = definition;
    for (const part of this.#open) await this.#sync(part);
  }

  /** Shows a part: from now on its text follows the definition. */
  async open(part: DocumentPart): Promise<void> {
    this.#open.add(part);
    const { text, base } = this.#states[part];
    if (text === undefined) await this.#print(part);
    else if (base === undefined) await this.#adopt(part);
    else await this.#sync(part);
  }

  close(part: DocumentPart): void {
    this.#open.delete(part);
    void this.flush();
  }

  type(part: DocumentPart, text: string): void {
    const state = this.#states[part];
    if (text === state.text) return;
    this.#set(part, { text, isPending: true, isOwn: true, version: state.version + 1 });
    this.#keepSoon();
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => void this.flush(), this.#waitMs);
  }

  /** Reads what is typed now, or was typed just before the page was left the last time. */
  async flush(): Promise<void> {
    clearTimeout(this.#readTimer);
    for (const part of PARTS) if (this.#states[part].isPending) await this.#read(part);
  }

  /** Writes the texts in another format; the text of the one before is kept for when it is wanted again. */
  async setFormat(format: TextFormat): Promise<void> {
    await this.flush();
    if (format === this.#format || PARTS.some((part) => this.#states[part].error !== undefined)) return;
    this.#format = format;
    for (const part of PARTS) {
      const { text, other, version } = this.#states[part];
      this.#set(part, { text: other, other: text, base: undefined, version: version + 1, problems: [] });
      if (this.#open.has(part)) await this.open(part);
    }
    this.#keepSoon();
  }

  /** Gives a text up: the definition is written anew. */
  async drop(part: DocumentPart): Promise<void> {
    await this.#print(part);
    this.keepNow();
  }

  /** Keeps the texts at once: the page is about to go. */
  keepNow(): void {
    clearTimeout(this.#keepTimer);
    if (this.#isStopped) return;
    const texts = PARTS.flatMap((part) => {
      const kept = toKept(this.#states[part], this.#definition[part]);
      return kept === undefined ? [] : [[part, kept] as const];
    });
    const isKept = this.#options.keep(
      texts.length === 0 ? undefined : { format: this.#format, ...Object.fromEntries(texts) },
    );
    if (isKept === this.#isKept) return;
    this.#isKept = isKept;
    this.#tell();
  }

  stop(): void {
    this.keepNow();
    this.#isStopped = true;
    clearTimeout(this.#readTimer);
  }

  /** Nothing is kept any more: the draft was published or discarded. */
  forget(): void {
    this.#isStopped = true;
    clearTimeout(this.#readTimer);
    clearTimeout(this.#keepTimer);
    this.#options.keep(undefined);
  }

  async #print(part: DocumentPart): Promise<void> {
    const value = this.#definition[part];
    const format = this.#format;
    const version = this.#states[part].version + 1;
    this.#set(part, { version });
    const text = await this.#options.ask.print(value, format);
    if (this.#states[part].version !== version) return;
    // A text in the other format may have comments still.
    const { other, isOwn } = this.#states[part];
    this.#set(part, { ...EMPTY, text, base: value, version, other, isOwn: isOwn && other !== undefined });
    await this.#check(part);
    await this.#sync(part);
  }

  /** A text of before: what it means is found out, then it follows the definition. */
  async #adopt(part: DocumentPart): Promise<void> {
    const { version, text = '' } = this.#states[part];
    const answer = await this.#options.ask.read({ part, format: this.#format, text });
    if (this.#states[part].version !== version) return;
    if (!answer.ok) return this.#print(part);
    const base = shareParts(this.#definition[part], answer.value);
    this.#set(part, { base, problems: answer.problems });
    await this.#sync(part);
  }

  /** Changes a text as the definition was changed. */
  async #sync(part: DocumentPart): Promise<void> {
    const { base, error, isPending, text, version } = this.#states[part];
    const value = this.#definition[part];
    if (text === undefined || base === undefined || base === value || error || isPending) return;
    const edited = await this.#options.ask.edit(text, this.#format, value);
    // What was typed meanwhile is put together with the definition when it is read.
    if (this.#states[part].version !== version) return;
    this.#set(part, { text: edited, base: value, version: version + 1 });
    this.#keepSoon();
    await this.#check(part);
    await this.#sync(part);
  }

  async #check(part: DocumentPart): Promise<void> {
    const { text, version } = this.#states[part];
    if (text === undefined) return;
    const answer = await this.#options.ask.read({ part, format: this.#format, text });
    if (this.#states[part].version !== version || !answer.ok) return;
    this.#set(part, { problems: answer.problems });
  }

  async #read(part: DocumentPart): Promise<void> {
    const { text = '', version } = this.#states[part];
    const startedAt = performance.now();
    const answer = await this.#options.ask.read({ part, format: this.#format, text });
    const rest = (performance.now() - startedAt) * REST_PER_READ;
    this.#waitMs = Math.min(Math.max(rest, READ_AFTER_MS), MAX_WAIT_MS);
    const state = this.#states[part];
    if (state.version !== version || this.#isStopped) return;
    if (!answer.ok) {
      this.#set(part, { error: answer.error, isPending: false, problems: [] });
      this.#keepSoon();
      return;
    }
    const mine = this.#definition[part];
    const { base = mine } = state;
    const written = shareParts(base, answer.value);
    const next = base === mine ? written : shareParts(mine, mergeJson(base, written, mine));
    // Where both changed something, the text does not say all of it yet.
    const isAll = base === mine || shareParts(written, next) === written;
    this.#set(part, {
      base: isAll ? next : written,
      error: undefined,
      isPending: false,
      problems: answer.problems,
    });
    this.#keepSoon();
    if (next !== mine) {
      this.#definition = { ...this.#definition, [part]: next };
      this.#options.change(part, next);
    }
    await this.#sync(part);
  }

  #keepSoon(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.keepNow(), KEEP_AFTER_MS);
  }

  #set(part: DocumentPart, changed: Partial<TextState>): void {
    this.#states = { ...this.#states, [part]: { ...this.#states[part], ...changed } };
    this.#tell();
  }

  #tell(): void {
    this.#view = undefined;
    for (const listener of this.#listeners) listener();
  }
}

const EMPTY: TextState = {
  text: undefined,
  error: undefined,
  isPending: false,
  problems: [],
  base: undefined,
  version: 0,
  other: undefined,
  isOwn: false,
};

function restore(kept: KeptText | undefined, value: JsonObject): TextState {
  if (kept === undefined) return EMPTY;
  const { text, other, error, isPending = false, base } = kept;
  const isAhead = error !== undefined || isPending;
  // Who compares by identity must see that nothing was changed meanwhile.
  const before = isAhead ? shareParts(value, base ?? value) : undefined;
  return { ...EMPTY, text, other, error, isPending, base: before, isOwn: true };
}

/** Texts that nobody wrote in are made again of the definition. */
function toKept(state: TextState, value: JsonObject): KeptText | undefined {
  const { text, other, error, isPending, base, isOwn } = state;
  if (!isOwn || text === undefined) return undefined;
  const isAhead = error !== undefined || isPending;
  return {
    text,
    ...(other === undefined ? {} : { other }),
    ...(error === undefined ? {} : { error }),
    ...(isPending ? { isPending } : {}),
    ...(isAhead ? { base: base ?? value } : {}),
  };
}
