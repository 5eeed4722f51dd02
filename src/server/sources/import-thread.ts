import { parentPort, workerData } from 'node:worker_threads';
import type { ImportSource } from '../../connector/index.ts';
import { readDocument, type ThreadMessage } from './import-document.ts';

/** The thread that `import-document.ts` starts for one large document. */
const tell = (message: ThreadMessage) => parentPort?.postMessage(message);

tell({ document: readDocument(workerData as ImportSource, (...step) => tell({ step })) });
