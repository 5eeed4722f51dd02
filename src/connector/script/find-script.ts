import { isJsonObject, type Json } from '../../base/index.ts';
import { decodeBase64 } from '../base64.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';

export type ScriptLanguage = 'typescript' | 'javascript';

/** The custom code of a connector. */
export interface ConnectorScript {
  /** The code Patchbay runs. */
  readonly own?: { readonly fileName: string; readonly language: ScriptLanguage; readonly source: string };
  /** C# that came with the package: kept, not run. */
  readonly csharp?: { readonly fileName: string; readonly source: string };
  /** The operations that custom code serves; all of them when the properties name none. */
  serves(operationId: string): boolean;
}

/** What custom code means for an operation: its calls run through it, or it waits for a port of C#. */
export type CustomCodeMark = 'runs' | 'needsPort';

const OWN = /^(?:connector\.)?script\.(ts|js)$/i;
const CSHARP = /^(?:connector-)?script\.csx?$/i;

/** Whether a file of a package is custom code, in any language; such files are kept byte for byte. */
export function isScriptFile(name: string): boolean {
  return OWN.test(name) || CSHARP.test(name);
}

const known = new WeakMap<ConnectorDefinition, ConnectorScript | 'none'>();

/** The custom code of a definition, found once per definition. */
export function findScript(definition: ConnectorDefinition): ConnectorScript | undefined {
  const remembered = known.get(definition);
  if (remembered !== undefined) return remembered === 'none' ? undefined : remembered;
  const script = readScript(definition);
  known.set(definition, script ?? 'none');
  return script;
}

/** Undefined: the operation has nothing to do with custom code. */
export function markCustomCode(
  definition: ConnectorDefinition,
  operationId: string,
): CustomCodeMark | undefined {
  const script = findScript(definition);
  if (script === undefined || !script.serves(operationId)) return undefined;
  return script.own === undefined ? 'needsPort' : 'runs';
}

/** The operations that cannot be called until the C# of the connector is ported. */
export function listOperationsToPort(definition: ConnectorDefinition): string[] {
  const ids = [...listOperations(definition.openapi)].map(({ operation }) => operation['operationId']);
  const named = ids.filter((id) => typeof id === 'string');
  return named.filter((id) => markCustomCode(definition, id) === 'needsPort');
}

function readScript({ files, properties }: ConnectorDefinition): ConnectorScript | undefined {
  const names = Object.keys(files);
  // TypeScript before JavaScript: the latter may be what somebody compiled from the former.
  const ownName = names.find((name) => /\.ts$/i.test(name) && OWN.test(name)) ?? names.find(isOwn);
  const csharpName = names.find((name) => CSHARP.test(name));
  if (ownName === undefined && csharpName === undefined) return undefined;
  const listed = readListedOperations(properties);
  return {
    ...(ownName === undefined
      ? {}
      : {
          own: {
            fileName: ownName,
            language: /\.ts$/i.test(ownName) ? ('typescript' as const) : ('javascript' as const),
            source: readText(files[ownName]),
          },
        }),
    ...(csharpName === undefined
      ? {}
      : { csharp: { fileName: csharpName, source: readText(files[csharpName]) } }),
    serves: (operationId) => listed.size === 0 || listed.has(operationId),
  };
}

function isOwn(name: string): boolean {
  return OWN.test(name);
}

/** `scriptOperations`, or `script: {operationIds}` of older packages; an empty list means every operation. */
function readListedOperations(properties: ConnectorDefinition['properties']): ReadonlySet<string> {
  const current = listTexts(properties['scriptOperations']);
  if (current.length > 0) return new Set(current);
  const { script } = properties;
  return new Set(isJsonObject(script) ? listTexts(script['operationIds']) : []);
}

function listTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function readText(base64: string | undefined): string {
  const bytes = decodeBase64(base64 ?? '') ?? new Uint8Array(0);
  return new TextDecoder().decode(bytes);
}
