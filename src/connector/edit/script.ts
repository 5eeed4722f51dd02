import { encodeBase64 } from '../base64.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { isScriptFile } from '../script/find-script.ts';
import { setMember } from './members.ts';

const FILE = 'script.ts';

/** Begins a script that changes nothing. */
export const EMPTY_SCRIPT = [
  "import type { ScriptContext, ScriptResponse } from 'connector:types';",
  '',
  '/** ctx.request holds the request as it would go out. */',
  'export default async function run(ctx: ScriptContext): Promise<ScriptResponse> {',
  '  return ctx.send();',
  '}',
  '',
].join('\n');

/** Writes the script that runs, in the file it stands in; undefined takes it out. C# of a package stays. */
export function setScript(definition: ConnectorDefinition, source: string | undefined): ConnectorDefinition {
  const { files } = definition;
  const isOwn = (name: string) => isScriptFile(name) && !/\.csx?$/i.test(name);
  const before = Object.keys(files).find((name) => isOwn(name) && /\.ts$/i.test(name));
  const others = Object.entries(files).filter(([name]) => !isOwn(name));
  const name = before ?? FILE;
  const written =
    source === undefined ? [] : [[name, encodeBase64(new TextEncoder().encode(source))] as const];
  return { ...definition, files: Object.fromEntries([...others, ...written]) };
}

/** Which operations the script serves; none: all of them. */
export function setScriptOperations(
  definition: ConnectorDefinition,
  operationIds: readonly string[],
): ConnectorDefinition {
  const listed = operationIds.length === 0 ? undefined : [...operationIds];
  const properties = setMember(definition.properties, 'script', undefined);
  return { ...definition, properties: setMember(properties, 'scriptOperations', listed) };
}
