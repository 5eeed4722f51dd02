import { call, findFailure } from './host.ts';

/** Ends the run with an error. */
export function reportFailure(error: unknown): void {
  call('failed', describe(error));
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: 'Error', message: show(error), stack: '' };
  const failure = findFailure(error);
  return {
    name: String(error.name),
    message: String(error.message),
    stack: String(error.stack ?? ''),
    ...(failure === undefined ? {} : { failure }),
  };
}

function show(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown));
  } catch {
    return 'something that cannot be shown';
  }
}
