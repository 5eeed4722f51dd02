import { once } from 'node:events';
import { describeError, type Json, PatchbayError, type Problem, stringifyJson } from '../base/index.ts';

/** Where a command writes and how it ends; tests put their own in place. */
export interface Output {
  /** A line on standard output: the result, and nothing else. */
  print(line: string): void;
  /** A line on standard error: progress and complaints. */
  note(line: string): void;
  /** Says on a terminal how far a long command is, in place of what it said before; undefined clears it. */
  progress?(text: string | undefined): void;
  /** 0 is success, 1 a negative answer, 2 a command that could not be carried out. */
  setExitCode(code: number): void;
  /** Waits until the reader of standard output has caught up; a command that prints without end awaits it. */
  drained?(): Promise<void>;
}

export function createProcessOutput(): Output {
  // A reader like `head` has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    print: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
    ...(process.stderr.isTTY ? { progress: showProgress } : {}),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    drained: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    },
  };
}

function showProgress(text: string | undefined): void {
  const width = Math.max(20, (process.stderr.columns ?? 80) - 1);
  process.stderr.write(`\r\u001b[K${(text ?? '').slice(0, width)}`);
}

export function printJson(output: Output, value: unknown): void {
  output.print(stringifyJson(value as Json));
}

/** `  error CODE /pointer line 3: message` */
export function formatProblem(kind: 'error' | 'warning', problem: Problem): string {
  const place = [problem.pointer, problem.line === undefined ? undefined : `line ${problem.line}`];
  return `  ${[kind, problem.code, ...place].filter(Boolean).join(' ')}: ${problem.message}`;
}

/** What went wrong with a command, for people or for programs; ends it with code 2. */
export function reportFailure(output: Output, error: unknown, json: boolean): void {
  const { code, message, fix } = describeFailure(error);
  if (json) printJson(output, { ok: false, error: { code, message, ...(fix === undefined ? {} : { fix }) } });
  else output.note(fix === undefined ? `${message}` : `${message}\n${fix}`);
  output.setExitCode(2);
}

export function describeFailure(error: unknown): { code: string; message: string; fix?: string } {
  if (!(error instanceof PatchbayError)) return { code: 'INTERNAL', message: describeError(error) };
  return { code: error.code, message: error.message, fix: error.fix };
}
