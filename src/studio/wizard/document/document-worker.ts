let spare: Worker | undefined;

/** Starts the thread for texts before there is a question: to begin takes it as long as a page takes to be there. */
export function startDocumentWorkerAhead(): void {
  spare ??= start();
}

/** The thread that was started ahead, or a new one. */
export function takeDocumentWorker(): Worker {
  const taken = spare ?? start();
  spare = undefined;
  return taken;
}

function start(): Worker {
  return new Worker(new URL('./document.worker.ts', import.meta.url), { type: 'module' });
}
