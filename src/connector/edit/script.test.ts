import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../base64.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { findScript } from '../script/find-script.ts';
import { EMPTY_SCRIPT, setScript, setScriptOperations } from './script.ts';

const encode = (text: string) => encodeBase64(new TextEncoder().encode(text));

function define(files: Record<string, string>, properties = {}): ConnectorDefinition {
  return { openapi: {}, properties, files, source: {} } as unknown as ConnectorDefinition;
}

describe('the script of a definition', () => {
  it('is written in its own file, beside the C# and all else', () => {
    const package_ = define({ 'icon.png': 'x', 'script.csx': encode('class Script {}') });
    const begun = setScript(package_, EMPTY_SCRIPT);
    expect(findScript(begun)?.own).toEqual({
      fileName: 'script.ts',
      language: 'typescript',
      source: EMPTY_SCRIPT,
    });
    expect(findScript(begun)?.csharp?.source).toBe('class Script {}');
    expect(setScript(begun, undefined)).toEqual(package_);
    const named = setScript(define({ 'connector.script.ts': encode('a') }), 'ä');
    expect(Object.keys(named.files)).toEqual(['connector.script.ts']);
    expect(findScript(named)?.own?.source).toBe('ä');
  });

  it('serves what is chosen, in the one place that is written', () => {
    const old = define({ 'script.ts': encode('a') }, { script: { operationIds: ['Old'] } });
    const chosen = setScriptOperations(old, ['A', 'B']);
    expect(chosen.properties).toEqual({ scriptOperations: ['A', 'B'] });
    expect(['A', 'Old'].map((id) => findScript(chosen)?.serves(id))).toEqual([true, false]);
    const all = setScriptOperations(chosen, []);
    expect(all.properties).toEqual({});
    expect(findScript(all)?.serves('Old')).toBe(true);
  });
});
