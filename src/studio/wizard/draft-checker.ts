import type { ConnectorDefinition, DraftProblem } from '../../connector/index.ts';

/** What the checker needs of a worker. */
export type CheckWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage'>;

/**
 * Looks through definitions in a thread of its own, one at a time: what came while it was busy is looked at next, and of
 * several only the latest.
 */
export class DraftChecker {
  readonly #worker: CheckWorker;
  readonly #show: (problems: readonly DraftProblem[], definition: ConnectorDefinition) => void;
  #checking: ConnectorDefinition | undefined;
  #waiting: ConnectorDefinition | undefined;

  /** @param show is told what was found, and in which definition */
  constructor(
    worker: CheckWorker,
    show: (problems: readonly DraftProblem[], definition: ConnectorDefinition) => void,
  ) {
    this.#worker = worker;
    this.#show = show;
    worker.onmessage = ({ data }: MessageEvent<DraftProblem[]>) => this.#settle(data);
  }

  check(definition: ConnectorDefinition): void {
    if (this.#checking === undefined) this.#begin(definition);
    else this.#waiting = definition;
  }

  stop(): void {
    this.#worker.terminate();
  }

  #begin(definition: ConnectorDefinition): void {
    this.#checking = definition;
    this.#waiting = undefined;
    this.#worker.postMessage(definition);
  }

  #settle(problems: readonly DraftProblem[]): void {
    const checked = this.#checking;
    this.#checking = undefined;
    if (this.#waiting !== undefined) this.#begin(this.#waiting);
    if (checked !== undefined) this.#show(problems, checked);
  }
}
