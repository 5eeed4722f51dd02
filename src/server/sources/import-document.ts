import { Worker } from 'node:worker_threads';
import {
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

/** One thread at a time: two large documents at once need the memory of both. */
let last: Promise<unknown> = Promise.resolve();

/** Reads a document; a large one in a thread of its own, so that the server goes on answering. Never throws. */
export async function importDocument(source: ImportSource): Promise<ImportedDocument> {
  const size = source.files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (size < THREAD_FROM_BYTES) return readDocument(source);
  const turn = last.then(() => readInThread(source));
  last = turn;
  return turn;
}

export function readDocument(source: ImportSource): ImportedDocument {
  const result = importConnector(source);
  return { result, proposals: result.definition === undefined ? [] : proposePaging(result.definition) };
}

function readInThread(source: ImportSource): Promise<ImportedDocument> {
  const worker = new Worker(new URL('./import-thread.ts', import.meta.url), {
    workerData: source,
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
  });
  return new Promise((resolve) => {
    const settle = (document: ImportedDocument) => {
      clearTimeout(timer);
      resolve(document);
      void worker.terminate();
    };
    const timer = setTimeout(() => settle(refuse(source, 'it takes too long to read')), TIMEOUT_MS);
    worker.on('message', (document: ImportedDocument) => settle(document));
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
