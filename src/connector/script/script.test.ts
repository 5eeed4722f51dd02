import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { encodeBase64 } from '../base64.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { createScriptSkeleton } from './create-skeleton.ts';
import { findScript, isScriptFile, listOperationsToPort, markCustomCode } from './find-script.ts';
import { findOperationIds } from './read-csharp.ts';

const CSHARP = `
public class Script : ScriptBase
{
  public override async Task<HttpResponseMessage> ExecuteAsync()
  {
    // if (Context.OperationId == "Commented")
    if (this.Context.OperationId == "List") return await Forward();
    if ("Get".Equals(this.Context.OperationId) || this.Context.OperationId.Equals("get", StringComparison.OrdinalIgnoreCase)) { }
    switch (Context.OperationId) { case "Make": break; case "https://x/y": break; }
    if (header == "application/json") { }
  }
}`;

function define(files: Record<string, string>, properties: ConnectorDefinition['properties'] = {}) {
  const operation = (operationId: string) => ({ operationId, summary: `To ${operationId}`, responses: {} });
  const definition: ConnectorDefinition = {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/a': { get: operation('List'), post: operation('Make') },
        '/b': { get: operation('Get'), post: operation('Commented') },
      },
    },
    properties,
    source: { format: 'power-platform', fileName: null },
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, encodeBase64(new TextEncoder().encode(text))]),
    ),
  };
  return definition;
}

describe('custom code of a connector', () => {
  it('serves every operation when the properties list none', () => {
    const cases: JsonObject[] = [{}, { scriptOperations: [] }];
    for (const properties of cases) {
      const definition = define({ 'script.ts': '' }, properties);
      expect(markCustomCode(definition, 'List')).toBe('runs');
    }
  });

  it('serves the listed operations only, also in the older form', () => {
    const cases: JsonObject[] = [{ scriptOperations: ['Get'] }, { script: { operationIds: ['Get'] } }];
    for (const properties of cases) {
      const definition = define({ 'script.js': '' }, properties);
      expect(markCustomCode(definition, 'Get')).toBe('runs');
      expect(markCustomCode(definition, 'List')).toBeUndefined();
    }
  });

  it('marks operations of C# as needing a port, until there is a port', () => {
    const properties = { scriptOperations: ['Get', 'Make'] };
    expect(listOperationsToPort(define({ 'script.csx': CSHARP }, properties))).toEqual(['Make', 'Get']);
    expect(
      listOperationsToPort(define({ 'script.csx': CSHARP, 'script.ts': 'export default 1' }, properties)),
    ).toEqual([]);
  });

  it('knows the names that such files have', () => {
    const names = ['script.csx', 'Script.cs', 'connector-script.csx', 'script.ts', 'connector.script.js'];
    expect(names.filter(isScriptFile)).toEqual(names);
    expect(['script.py', 'myscript.ts', 'script.ts.bak'].filter(isScriptFile)).toEqual([]);
  });

  it('has none where no file is code', () => {
    expect(findScript(define({ 'icon.png': '' }))).toBeUndefined();
  });

  it('finds the operation ids that C# compares, whatever their case, but not in comments', () => {
    expect(findOperationIds(CSHARP, ['List', 'Make', 'Get', 'Commented'])).toEqual(['List', 'Get', 'Make']);
  });

  it('writes a skeleton with one branch per operation the C# names', () => {
    const skeleton = createScriptSkeleton(define({ 'script.csx': CSHARP })) ?? '';
    expect(skeleton.match(/case "(\w+)"/g)).toEqual(['case "List"', 'case "Get"', 'case "Make"']);
    expect(skeleton).toContain('export default async function run(ctx: ScriptContext)');
    expect(skeleton).toContain('// To List');
    expect(createScriptSkeleton(define({ 'script.ts': '' }))).toBeUndefined();
  });
});
