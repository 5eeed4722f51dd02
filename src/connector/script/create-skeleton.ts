import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { findScript } from './find-script.ts';
import { findOperationIds } from './read-csharp.ts';

/**
 * A `script.ts` to begin the port of a connector's C# with: one branch for each operation that the C# names, each
 * of which says that it is still to be written; operations that it does not name go out as they are. Undefined
 * when the connector has no C#.
 */
export function createScriptSkeleton(definition: ConnectorDefinition): string | undefined {
  const script = findScript(definition);
  if (script?.csharp === undefined) return undefined;
  const operations = [...listOperations(definition.openapi)].map(({ operation }) => ({
    id: typeof operation['operationId'] === 'string' ? operation['operationId'] : '',
    summary: typeof operation['summary'] === 'string' ? operation['summary'] : '',
  }));
  const served = operations.filter(({ id }) => id !== '' && script.serves(id));
  const named = findOperationIds(
    script.csharp.source,
    served.map(({ id }) => id),
  );
  // A script that tells nothing apart serves all its operations in the same way.
  const ids = named.length > 0 ? named : served.map(({ id }) => id);
  const summaries = new Map(served.map(({ id, summary }) => [id, summary]));
  const branches = ids.map((id) => writeBranch(id, summaries.get(id) ?? ''));
  return [...HEAD(script.csharp.fileName), ...branches, ...TAIL].join('\n');
}

const HEAD = (fileName: string) => [
  "import type { ScriptContext, ScriptResponse } from 'connector:types';",
  '',
  `/** Ported from ${fileName}, operation by operation. ctx.request holds the request as it would go out. */`,
  'export default async function run(ctx: ScriptContext): Promise<ScriptResponse> {',
  '  switch (ctx.operationId) {',
];

const TAIL = ['    default:', '      return ctx.send();', '  }', '}', ''];

function writeBranch(id: string, summary: string): string {
  const name = JSON.stringify(id);
  const comment = summary === '' ? '' : ` // ${summary.replace(/\s+/g, ' ').slice(0, 80)}`;
  return [
    `    case ${name}: {${comment}`,
    `      throw new Error(${JSON.stringify(`The operation ${id} is not ported yet.`)});`,
    '    }',
  ].join('\n');
}
