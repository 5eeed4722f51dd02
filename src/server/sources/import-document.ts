import { Worker } from 'node:worker_threads';
import {
  type ConnectorDefinition,
  compileConnector,
  type ImportResult,
  type ImportSource,
  importConnector,
  type OperationProposal,
  proposePaging,
} from '../../connector/index.ts';

/** What an import makes, and what may be added to it. */
export interface ImportedDocument {
  readonly result: ImportResult;
  readonly proposals: readonly OperationProposal[];
}

/** Smaller documents are read sooner than a thread starts. */
const THREAD_FROM_BYTES = 512 * 1024;
/** 20 MB take a few seconds; what takes as long as this was made to. */
const TIMEOUT_MS = 120_000;
const MAX_MEMORY_MB = 3072;
const CANCELLED = 'it was cancelled';

/** One thread at a time: two large documents at once need the memory of both. */
let last: Promise<unknown> = Promise.resolve();

/** Who follows the reading of a document, and may end it. */
export interface ImportWatch {
  readonly onStep?: OnStep;
  readonly signal?: AbortSignal;
}

export type OnStep = (step: 'parsing' | 'checking' | 'operations', operations?: number) => void;

/** What a thread says: how far it is, and then what it read. */
export type ThreadMessage = { readonly step: Parameters<OnStep> } | { readonly document: ImportedDocument };

/** Reads a document; a large one in a thread of its own, so that the server goes on answering. Never throws. */
export async function importDocument(
  source: ImportSource,
  watch: ImportWatch = {},
): Promise<ImportedDocument> {
  const size = source.files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (size < THREAD_FROM_BYTES) return readDocument(source, watch.onStep);
  const turn = last.then(() => readInThread(source, watch));
  last = turn;
  return turn;
}

export function readDocument(source: ImportSource, onStep?: OnStep): ImportedDocument {
  const result = importConnector(source, onStep);
  if (result.definition !== undefined) onStep?.('operations', countOperations(result.definition));
  return { result, proposals: result.definition === undefined ? [] : proposePaging(result.definition) };
}

function countOperations(definition: ConnectorDefinition): number {
  return compileConnector(definition).operations.length;
}

function readInThread(source: ImportSource, { onStep, signal }: ImportWatch): Promise<ImportedDocument> {
  if (signal?.aborted) return Promise.resolve(refuse(source, CANCELLED));
  const worker = new Worker(new URL('./import-thread.ts', import.meta.url), {
    workerData: source,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
  });
  return new Promise((resolve) => {
    const settle = (document: ImportedDocument) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      resolve(document);
      void worker.terminate();
    };
    const timer = setTimeout(() => settle(refuse(source, 'it takes too long to read')), TIMEOUT_MS);
    const cancel = () => settle(refuse(source, CANCELLED));
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: ThreadMessage) => {
      if ('step' in message) onStep?.(...message.step);
      else settle(message.document);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it is too large' : 'reading it failed';
      settle(refuse(source, why));
    });
    worker.on('exit', () => settle(refuse(source, 'reading it ended early')));
  });
}

function refuse(source: ImportSource, why: string): ImportedDocument {
  const errors = [{ code: 'CONNECTOR_UNREADABLE', message: `${source.name} cannot be read: ${why}.` }];
  return { result: { ok: false, format: 'unknown', warnings: [], errors }, proposals: [] };
}
