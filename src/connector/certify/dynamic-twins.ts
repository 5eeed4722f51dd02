import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { readArguments, readPath } from '../dynamic/read-arguments.ts';
import { type AskingSite, aboutAsking, listReferences, type SiteFound } from './about-dynamic.ts';
import { findInputs, listInputs } from './operation-inputs.ts';
import type { CertificationEdit, CertificationRule, CertifyContext } from './types.ts';

const TWINS: Readonly<Record<string, string>> = {
  'x-ms-dynamic-values': 'x-ms-dynamic-list',
  'x-ms-dynamic-schema': 'x-ms-dynamic-properties',
};

/** The newer form, where the older one stands alone and may need it. */
function findTwin({ extension, owner, position }: AskingSite): string | undefined {
  const twin = TWINS[extension];
  return twin === undefined || owner[twin] !== undefined || position === 'answer' ? undefined : twin;
}

function checkAmbiguous(site: AskingSite, context: CertifyContext): SiteFound | undefined {
  const twin = findTwin(site);
  const vague = twin && listReferences(site, context).find(({ found }) => found.length > 1);
  if (vague === undefined || vague === '') return undefined;
  const meanings = vague.found.map(({ path }) => `'${path}'`).join(' or ');
  return { message: `'${vague.reference}' may mean ${meanings}; only ${twin} can tell them apart.` };
}

/** Inputs in a body can only be named by the newer form. */
function checkBodyReference(site: AskingSite, context: CertifyContext): SiteFound | undefined {
  const twin = findTwin(site);
  if (twin === undefined) return undefined;
  const references = listReferences(site, context);
  if (references.some(({ found }) => found.length > 1)) return undefined;
  const inBody = references.find(({ found }) => found[0]?.isParameter === false);
  if (inBody === undefined) return undefined;
  return {
    message: `'${inBody.reference}' is no parameter but a property of the body; only ${twin} can name it.`,
    fix: addTwin(site, twin, context),
  };
}

/** The same in the newer form, beside the older one that other hosts know. */
function addTwin(site: AskingSite, twin: string, context: CertifyContext): CertificationEdit[] {
  const { written } = site;
  const inputs = listInputs(site.operation, context.document);
  const parameters = readArguments(written['parameters']).map((argument): [string, Json] => {
    if (argument.from !== 'input')
      return [argument.name, { value: argument.from === 'value' ? argument.value : null }];
    const path = findInputs(inputs, argument.reference)[0]?.path ?? argument.reference;
    return [argument.name, { parameterReference: path }];
  });
  const paths = twin.endsWith('-list')
    ? {
        itemsPath: readPath(written, 'value-collection'),
        itemValuePath: readPath(written, 'value-path'),
        itemTitlePath: readPath(written, 'value-title'),
      }
    : { itemValuePath: stripProperties(readPath(written, 'value-path')) };
  const value: JsonObject = { operationId: firstText(written['operationId']) };
  if (parameters.length > 0) value['parameters'] = Object.fromEntries(parameters);
  for (const [name, path] of Object.entries(paths)) if (path !== undefined && path !== '') value[name] = path;
  const pointer = `${site.pointer.slice(0, site.pointer.lastIndexOf('/'))}/${twin}`;
  return [{ part: 'document', pointer, value }];
}

/** `properties` of a schema is no schema: the older form tolerates the path, the newer one wants the schema itself. */
function stripProperties(path: string | undefined): string {
  return (path ?? '').replace(/^\/|\/$/g, '').replace(/(?:^|\/)properties$/, '');
}

function checkPropertiesPath(site: AskingSite, context: CertifyContext): SiteFound | undefined {
  if (site.extension !== 'x-ms-dynamic-schema' || site.owner['x-ms-dynamic-properties'] !== undefined)
    return undefined;
  const path = readPath(site.written, 'value-path');
  if (path === undefined || stripProperties(path) === path.replace(/^\/|\/$/g, '')) return undefined;
  return {
    message: `'${path}' leads to the properties of a schema, not to a schema; x-ms-dynamic-properties has to say where that is.`,
    fix: addTwin(site, 'x-ms-dynamic-properties', context),
  };
}

function checkTwinPaths(site: AskingSite): SiteFound | undefined {
  const other = site.owner['x-ms-dynamic-schema'];
  if (site.extension !== 'x-ms-dynamic-properties' || !isJsonObject(other)) return undefined;
  const older = stripProperties(readPath(other, 'value-path'));
  const newer = stripProperties(readPath(site.written, 'itemValuePath'));
  return older === newer || other['operationId'] !== site.written['operationId']
    ? undefined
    : { message: `The older form finds the schema at '${older}', the newer one at '${newer}'.` };
}

/** The older and the newer form of one extension. */
export const TWIN_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-DYNAMIC-AMBIGUOUS',
    severity: 'hint',
    title:
      'What dynamic values and schemas refer to has one meaning; where it has two, the newer form says which.',
    aliases: [
      'OperationParameterNameIsAmbiguous',
      'DynamicListExtensionRequiredForAmbiguousReferences',
      'DynamicPropertiesExtensionRequiredForAmbiguousReferences',
    ],
    check: aboutAsking(checkAmbiguous),
  },
  {
    id: 'CERT-DYNAMIC-TWIN',
    severity: 'warning',
    title:
      'Where dynamic values or a schema refer to a property of the body, `x-ms-dynamic-list` or `-properties` stands beside them.',
    aliases: [
      'DynamicListExtensionRequiredForNonParameterReferences',
      'DynamicPropertiesExtensionRequiredForNonParameterReferences',
    ],
    fixes: true,
    check: aboutAsking(checkBodyReference),
  },
  {
    id: 'CERT-DYNAMIC-PROPERTIES-PATH',
    severity: 'warning',
    title:
      'Where `x-ms-dynamic-schema` leads to the `properties` of a schema, `x-ms-dynamic-properties` leads to the schema.',
    aliases: ['DynamicPropertiesExtensionRequiredForPropertiesValuePath'],
    fixes: true,
    check: aboutAsking(checkPropertiesPath),
  },
  {
    id: 'CERT-DYNAMIC-PATHS',
    severity: 'warning',
    title: 'The older and the newer form find the schema in the same place.',
    aliases: ['DynamicPropertiesItemValuePathMismatch'],
    check: aboutAsking(checkTwinPaths),
  },
];
