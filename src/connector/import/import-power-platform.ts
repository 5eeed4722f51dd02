import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { encodeBase64 } from '../base64.ts';
import type { ConnectorDefinition, ImportFile, ImportSource } from '../definition-types.ts';
import { leaveSecretsOut } from '../oauth/leave-secrets-out.ts';
import { checkPolicy } from '../policies/check-policy.ts';
import { readPolicies } from '../policies/read-policies.ts';
import { findScript, isScriptFile, listOperationsToPort } from '../script/find-script.ts';
import { lineAt } from './decode.ts';
import { importOpenApi } from './import-openapi.ts';
import type { ImportWork } from './import-work.ts';
import { baseName, findFile } from './package-files.ts';
import { parseDocument } from './parse-document.ts';
import { findPackageFiles, isPackage, type PackageFiles } from './power-platform-files.ts';
import { type Problems, UnusableInput } from './problems.ts';

const PROPERTIES = 'apiProperties.json';
/** Kept byte for byte beside the document. */
const KEPT = ['script.csx', 'icon.png', 'settings.json', 'readme.md'];

/** A folder (or its files) as `paconn download` writes it, also with other names. */
export function isPowerPlatformPackage(source: ImportSource): boolean {
  return isPackage(source);
}

/** @throws UnusableInput */
export function importPowerPlatform(source: ImportSource, work: ImportWork): ConnectorDefinition {
  work.setFormat('power-platform');
  const found = findPackageFiles(source);
  const { definition: swagger, properties: written } = found;
  if (swagger === undefined) {
    const message = `${source.name} has ${written === undefined ? 'files' : `an ${baseName(written.path)}`} but no apiDefinition.swagger.json.`;
    throw new UnusableInput('CONNECTOR_NO_DOCUMENT', message);
  }
  const { properties, lineOf } = readProperties(written, work.problems);
  const name = baseName(swagger.path);
  const parsed = work.parse(name, swagger.bytes);
  const { openapi } = importOpenApi(name, parsed, work.problems, () => {});
  const definition: ConnectorDefinition = {
    openapi,
    properties,
    source: { format: 'power-platform', fileName: name },
    files: keepFiles(source.files, found),
  };
  reportPolicies(definition, lineOf, work.problems);
  reportScript(definition, work.problems);
  return definition;
}

interface ReadProperties {
  readonly properties: JsonObject;
  /** The line of a policy, by its place among the instances. */
  readonly lineOf: (index: number) => number | undefined;
}

/** A secret in a file is no secret any more; here it would be shown, compared and exported. */
function takeSecretsOut(
  content: JsonObject,
  lineOf: (pointer: string) => number | undefined,
  problems: Problems,
): JsonObject {
  const { properties, places } = leaveSecretsOut(content);
  for (const place of places) {
    const line = lineOf(place);
    const message = `${PROPERTIES} holds the client secret of an OAuth application, which is left out: enter the application on the connector's page, under Sign-in.`;
    problems.add('CONNECTOR_SECRET_LEFT_OUT', message, line === undefined ? {} : { line });
  }
  return properties;
}

/** All real files wrap the content in `properties`; one that does not is taken as it is. */
function readProperties(file: ImportFile | undefined, problems: Problems): ReadProperties {
  if (file === undefined) return { properties: {}, lineOf: () => undefined };
  const { value, locate } = parseDocument(PROPERTIES, file.bytes, problems);
  if (!isJsonObject(value)) {
    throw new UnusableInput('CONNECTOR_PROPERTIES_UNREADABLE', `${PROPERTIES} holds no object.`, { line: 1 });
  }
  const { properties } = value;
  const [start, content] = isJsonObject(properties) ? ['/properties', properties] : ['', value];
  const lineOf = (pointer: string) => locate([start + pointer])(start + pointer);
  return {
    properties: takeSecretsOut(content, lineOf, problems),
    lineOf: (index) => lineOf(`/policyTemplateInstances/${index}`),
  };
}

/** Under their usual names, whatever they are called. */
function keepFiles(files: readonly ImportFile[], { icon, script }: PackageFiles): { [name: string]: string } {
  const kept: { [name: string]: string } = {};
  for (const name of KEPT) {
    const file = findFile(files, name);
    if (file !== undefined) kept[name] = encodeBase64(file.bytes);
  }
  if (icon !== undefined && /\.png$/i.test(icon.path)) kept['icon.png'] ??= encodeBase64(icon.bytes);
  // A port may stand beside the C# that it is made from.
  const scripts = files.filter(({ path }) => isScriptFile(baseName(path)));
  for (const { path, bytes } of script === undefined ? scripts : [script, ...scripts]) {
    const extension = /\.(?:js|ts)$/i.exec(path)?.[0].toLowerCase() ?? '.csx';
    kept[`script${extension}`] ??= encodeBase64(bytes);
  }
  return kept;
}

function reportPolicies(
  definition: ConnectorDefinition,
  lineOf: ReadProperties['lineOf'],
  problems: Problems,
): void {
  for (const policy of readPolicies(definition.properties)) {
    const [problem] = checkPolicy(policy);
    if (problem === undefined) continue;
    const name = `The policy '${policy.title || policy.template}' (${policy.template}) in ${PROPERTIES}`;
    const effect = policy.supported ? `may have no effect: ${problem}` : 'is kept, but has no effect.';
    const line = lineOf(policy.index);
    problems.add('CONNECTOR_POLICY_UNSUPPORTED', `${name} ${effect}`, line === undefined ? {} : { line });
  }
}

function reportScript(definition: ConnectorDefinition, problems: Problems): void {
  const toPort = listOperationsToPort(definition);
  if (toPort.length === 0) return;
  const count = toPort.length === 1 ? `the operation ${toPort[0]}` : `${toPort.length} operations`;
  const message = `The custom code in script.csx is C#, which is kept, but not run: ${count} cannot be called until it is ported to a script.ts.`;
  const source = findScript(definition)?.csharp?.source ?? '';
  const at = source.search(/\bclass\s+\w+/);
  problems.add('CONNECTOR_SCRIPT_NEEDS_PORT', message, at < 0 ? {} : { line: lineAt(source, at) });
}
