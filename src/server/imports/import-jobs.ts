import type { ConnectorSource, ImportProgress, ImportReport, StatusDetail } from '../../api/index.ts';
import { type Json, PatchbayError } from '../../base/index.ts';
import { compileConnector } from '../../connector/index.ts';
import {
  createConnectorImport,
  findConnectorImport,
  findImportOutcome,
  saveConnectorImport,
} from '../../store/index.ts';
import { checkScript } from '../check-script.ts';
import type { Services } from '../services.ts';
import { type ImportedDocument, importDocument } from '../sources/import-document.ts';
import { readConnectorSource } from '../sources/read-source.ts';
import { watchHttp } from '../sources/watch-http.ts';
import { createReport } from '../views/import-report.ts';

/** A small document is read before anybody would notice: its import is done when the answer comes. */
const PATIENCE_MS = 800;
/** Shows that somebody still reads; well within what the store takes for silence. */
const BEAT_MS = 5_000;

type ImportServices = Pick<Services, 'db' | 'environmentId' | 'http' | 'github' | 'code' | 'logger'>;

interface Job {
  readonly done: Promise<void>;
  readonly abort: AbortController;
}

/**
 * Imports that take their time. What they find is kept in the database, so that any node can show it and make a
 * connector of it; the reading itself is on the node that was asked, and ends with it.
 */
export class ImportJobs {
  readonly #services: ImportServices;
  readonly #jobs = new Map<string, Job>();

  constructor(services: ImportServices) {
    this.#services = services;
  }

  /** Begins to read, and waits a moment for the end. */
  async start(source: ConnectorSource, userId: string): Promise<string> {
    const { db, environmentId } = this.#services;
    const progress: ImportProgress = {
      step: source.url === undefined && source.github === undefined ? 'parsing' : 'fetching',
    };
    const id = await createConnectorImport(db, { environmentId, userId, progress });
    const abort = new AbortController();
    const done = this.#read(id, source, progress, abort).finally(() => this.#jobs.delete(id));
    this.#jobs.set(id, { done, abort });
    await Promise.race([done, pause(PATIENCE_MS)]);
    return id;
  }

  find(id: string, userId: string) {
    return findConnectorImport(this.#services.db, id, userId);
  }

  /** What was read, for making something of it. */
  async load(id: string, userId: string): Promise<ImportedDocument | undefined> {
    const outcome = await findImportOutcome(this.#services.db, id, userId);
    return outcome as unknown as ImportedDocument | undefined;
  }

  async cancel(id: string): Promise<void> {
    await saveConnectorImport(this.#services.db, id, { state: 'cancelled' });
    this.#jobs.get(id)?.abort.abort();
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()];
    for (const { abort } of jobs) abort.abort();
    await Promise.all(jobs.map(({ done }) => done));
  }

  async #read(
    id: string,
    source: ConnectorSource,
    first: ImportProgress,
    abort: AbortController,
  ): Promise<void> {
    const report = this.#createReporter(id, first, abort);
    try {
      const document = await this.#readDocument(source, report.tell, abort.signal);
      await report.end();
      if (abort.signal.aborted) return;
      const compiled = document.result.definition && compileConnector(document.result.definition);
      await this.#save(id, 'done', {
        report: toJson(createReport(document, compiled)),
        outcome: toJson(document),
      });
    } catch (error) {
      await report.end();
      if (!abort.signal.aborted) await this.#save(id, 'failed', { problem: toJson(this.#describe(error)) });
    }
  }

  async #readDocument(
    source: ConnectorSource,
    tell: (change: Partial<ImportProgress>) => void,
    signal: AbortSignal,
  ): Promise<ImportedDocument> {
    const { http, github, code } = this.#services;
    let files = 0;
    let bytes = 0;
    const watched = watchHttp(http, signal, (size) => {
      files += 1;
      bytes += size;
      tell({ step: files > 1 ? 'references' : 'fetching', files, bytes });
    });
    const read = await readConnectorSource(source, { http: watched, github });
    tell({ step: 'waiting', bytes: read.files.reduce((sum, file) => sum + file.bytes.length, 0) });
    const onStep = (step: ImportProgress['step'], operations?: number) =>
      tell({ step, ...(operations === undefined ? {} : { operations }) });
    const document = await importDocument(read, { onStep, signal });
    return { ...document, result: await checkScript(document.result, code) };
  }

  /** Writes how far an import is, one write at a time; and that it is alive, while there is nothing new to say. */
  #createReporter(id: string, first: ImportProgress, abort: AbortController) {
    let progress = first;
    let isNews = false;
    let writing: Promise<void> | undefined;
    const write = async () => {
      while (isNews && !abort.signal.aborted) {
        isNews = false;
        const isRunning = await this.#save(id, 'running', { progress: toJson(progress) });
        if (!isRunning) abort.abort(); // cancelled through another node
      }
      writing = undefined;
    };
    const tell = (change: Partial<ImportProgress>) => {
      progress = { ...progress, ...change };
      isNews = true;
      writing ??= write();
    };
    const beat = setInterval(() => tell({}), BEAT_MS);
    const end = async () => {
      clearInterval(beat);
      isNews = false;
      await writing;
    };
    return { tell, end };
  }

  async #save(
    id: string,
    state: 'running' | 'done' | 'failed',
    values: { progress?: Json; report?: Json; outcome?: Json; problem?: Json },
  ): Promise<boolean> {
    const { db, logger } = this.#services;
    try {
      return await saveConnectorImport(db, id, { state, ...values });
    } catch (error) {
      logger.error({ err: error }, 'The progress of an import could not be written.');
      return true;
    }
  }

  #describe(error: unknown): StatusDetail {
    if (error instanceof PatchbayError) {
      const { code, message, fix } = error;
      return { code, message, ...(fix === undefined ? {} : { fix }) };
    }
    this.#services.logger.error({ err: error }, 'An import failed.');
    return { code: 'INTERNAL', message: 'The document could not be read because of a fault of the server.' };
  }
}

function toJson(value: ImportProgress | ImportReport | ImportedDocument | StatusDetail): Json {
  return value as unknown as Json;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
