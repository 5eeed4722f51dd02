import { parentPort, workerData } from 'node:worker_threads';
import type { ImportSource } from '../../connector/index.ts';
import { readDocument } from './import-document.ts';

/** The thread that `import-document.ts` starts for one large document. */
parentPort?.postMessage(readDocument(workerData as ImportSource));
