import SwaggerParser from '@apidevtools/swagger-parser';
import { compileConnector, importConnector } from '../../src/connector/index.ts';
import type { Document } from './sources.ts';

/** What one way of reading made of all documents. */
export interface Reading {
  readonly name: string;
  /** Wall time of the fastest round. */
  readonly bestMs: number;
  readonly roundsMs: readonly number[];
  readonly read: number;
  readonly refused: number;
}

interface Reader {
  readonly name: string;
  /** False for a document that it refuses. */
  read(document: Document): boolean | Promise<boolean>;
}

const decoder = new TextDecoder();

/** Slowest last, so that what it leaves behind in memory burdens nobody. */
const READERS: readonly Reader[] = [
  { name: 'JSON.parse', read: ({ bytes }) => succeeds(() => JSON.parse(decoder.decode(bytes))) },
  {
    name: 'patchbay: import and compile',
    read: ({ source }) => {
      const { definition } = importConnector(source);
      return definition !== undefined && compileConnector(definition).operations.length > 0;
    },
  },
  {
    name: 'patchbay: and what a first call compiles, of every operation',
    read: ({ source }) => {
      const { definition } = importConnector(source);
      return definition !== undefined && compileFully(definition) > 0;
    },
  },
  {
    name: 'swagger-parser: validate',
    read: async ({ path }) =>
      SwaggerParser.validate(path)
        .then(() => true)
        .catch(() => false),
  },
];

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** Operations compile what only their calls need at the first call; this asks all of them for all of it. */
function compileFully(definition: Parameters<typeof compileConnector>[0]): number {
  const connector = compileConnector(definition);
  let count = connector.authentication.length;
  for (const { parameters, body, responses, policies } of connector.operations)
    count += parameters.length + responses.length + policies.length + (body === undefined ? 0 : 1);
  return count;
}

/** All readers in turns, round after round, so that a machine that slows down does it to all. */
export async function measureAll(documents: readonly Document[], rounds: number): Promise<Reading[]> {
  const times = READERS.map(() => [] as number[]);
  const read = READERS.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, reader] of READERS.entries()) {
      const startedAt = performance.now();
      let count = 0;
      for (const document of documents) if (await reader.read(document)) count += 1;
      times[index]?.push(performance.now() - startedAt);
      read[index] = count;
    }
  }
  return READERS.map(({ name }, index) => {
    const roundsMs = times[index] ?? [];
    const count = read[index] ?? 0;
    return { name, bestMs: Math.min(...roundsMs), roundsMs, read: count, refused: documents.length - count };
  });
}
