import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import type { ImportFile, ImportSource } from '../definition-types.ts';
import { baseName } from './package-files.ts';
import { tryRead } from './power-platform-files.ts';
import { UnusableInput } from './problems.ts';

/** Where a solution has a connector's definition: `Connector/new_x_openapidefinition.json`, unpacked `Connectors/`. */
const DEFINITION = /(?:^|\/)Connectors?\/([^/]+)_openapidefinition\.json$/i;

/** Files of a connector whose content is a member of `apiProperties.json`. */
const MEMBERS: Readonly<Record<string, string>> = {
  connectionparameters: 'connectionParameters',
  connectionparametersets: 'connectionParameterSets',
  policytemplateinstances: 'policyTemplateInstances',
  scriptoperations: 'scriptOperations',
  capabilities: 'capabilities',
};

/**
 * The connector of a Power Platform solution (zip or unpacked folder) as the files of a package; a source that is no
 * solution, or whose solution has no connector, comes back as it is.
 *
 * @throws UnusableInput for a solution with several connectors, of which none is named
 */
export function readSolution(source: ImportSource): ImportSource {
  const connectors = source.files.flatMap((file) => {
    const [, name] = DEFINITION.exec(file.path.replaceAll('\\', '/')) ?? [];
    return name === undefined ? [] : [{ name, file }];
  });
  if (connectors.length === 0) return source;
  const named = connectors.find(({ file }) => file.path === source.document);
  const [first, ...others] = connectors;
  const chosen = named ?? (others.length === 0 ? first : undefined);
  if (chosen === undefined) {
    const names = connectors.map(({ name }) => name).join(', ');
    throw new UnusableInput(
      'CONNECTOR_ARCHIVE',
      `${source.name} is a solution with ${connectors.length} connectors (${names}); import one at a time: its ${connectors[0]?.name}_openapidefinition.json and the files beside it.`,
    );
  }
  return { name: source.name, files: toPackage(chosen.name, chosen.file, source.files) };
}

function toPackage(name: string, definition: ImportFile, files: readonly ImportFile[]): ImportFile[] {
  const part = (suffix: string) =>
    files.find(({ path }) => baseName(path).toLowerCase() === `${name}_${suffix}`.toLowerCase());
  const properties: JsonObject = {};
  for (const [suffix, member] of Object.entries(MEMBERS)) {
    const value = readPart(part(`${suffix}.json`));
    if (value !== undefined) properties[member] = value;
  }
  const color = findColor(name, files);
  if (color !== undefined) properties['iconBrandColor'] = color;
  const kept: ImportFile[] = [
    { path: 'apiDefinition.swagger.json', bytes: definition.bytes },
    { path: 'apiProperties.json', bytes: new TextEncoder().encode(stringifyJson({ properties })) },
  ];
  const icon = part('iconblob.png');
  if (icon !== undefined) kept.push({ path: 'icon.png', bytes: icon.bytes });
  const script = part('customcodeblobcontent.csx');
  if (script !== undefined) kept.push({ path: 'script.csx', bytes: script.bytes });
  return kept;
}

/** What is absent is written as `[]`, `null` or not at all. */
function readPart(file: ImportFile | undefined): Json | undefined {
  const value = file === undefined ? undefined : tryRead(file);
  const isEmpty = Array.isArray(value) ? value.length === 0 : !isJsonObject(value);
  return isEmpty ? undefined : value;
}

/** From `customizations.xml`, or, unpacked, the connector's own XML; both have an element per column. */
function findColor(name: string, files: readonly ImportFile[]): string | undefined {
  const texts = files
    .filter(({ path }) => /(?:^|[\\/])customizations\.xml$/i.test(path) || baseName(path) === `${name}.xml`)
    .map(({ bytes }) => new TextDecoder().decode(bytes));
  for (const text of texts) {
    for (const [element] of text.matchAll(/<Connector>[\s\S]*?<\/Connector>/g)) {
      if (!element.includes(`<name>${name}</name>`)) continue;
      const [, color] = /<iconbrandcolor>\s*(#[\da-f]{6})\s*</i.exec(element) ?? [];
      if (color !== undefined) return color;
    }
  }
  return undefined;
}
