import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { readPath } from '../dynamic/read-arguments.ts';
import { type AskingSite, aboutAsking, aboutSites, findOperation, type SiteFound } from './about-dynamic.ts';
import { followShape, itemsOf, readAnswer, type Shape } from './answer-shape.ts';
import { ARGUMENT_RULES } from './dynamic-arguments.ts';
import type { DynamicSite } from './dynamic-references.ts';
import { TWIN_RULES } from './dynamic-twins.ts';
import { nameOf } from './operation-name.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';

function checkOperations(context: CertifyContext): Found[] {
  const named = [...aboutSites(checkSiteOperation)(context)];
  for (const { pointer, written } of listOthers(context)) {
    const operationId = isJsonObject(written) ? firstText(written['operationId']) : '';
    if (operationId === '' || findOperation(context, operationId) !== undefined) continue;
    const message = `It asks the operation '${operationId}', which there is not.`;
    named.push({ pointer: joinPointer(pointer, 'operationId'), message });
  }
  return named;
}

function checkSiteOperation({ written, operation, pointer }: DynamicSite, context: CertifyContext) {
  const operationId = isJsonObject(written) ? firstText(written['operationId']) : '';
  if (operationId === '' || findOperation(context, operationId) !== undefined) return undefined;
  return {
    pointer: joinPointer(pointer, 'operationId'),
    message: `${nameOf(operation)} asks the operation '${operationId}', which there is not.`,
  };
}

/** What else names an operation: capabilities of the document, and what shows an example of a trigger. */
function listOthers({ document, operations }: CertifyContext): { pointer: string; written: Json }[] {
  const capabilities = isJsonObject(document['x-ms-capabilities']) ? document['x-ms-capabilities'] : {};
  const picker = isJsonObject(capabilities['file-picker']) ? capabilities['file-picker'] : {};
  const root = '/x-ms-capabilities';
  const places = [
    { pointer: `${root}/testConnection`, written: capabilities['testConnection'] },
    { pointer: `${root}/file-picker/open`, written: picker['open'] },
    { pointer: `${root}/file-picker/browse`, written: picker['browse'] },
    ...operations.map(({ operation, pointer }) => {
      const shown = operation['x-ms-operation-context'];
      return {
        pointer: joinPointer(pointer, 'x-ms-operation-context', 'simulate'),
        written: isJsonObject(shown) ? shown['simulate'] : undefined,
      };
    }),
  ];
  return places.flatMap(({ pointer, written }) => (written === undefined ? [] : [{ pointer, written }]));
}

function checkForm({ written, extension }: DynamicSite): SiteFound | undefined {
  if (!isJsonObject(written)) return { message: `${extension} is no object, and is passed over.` };
  const isAsking =
    extension !== 'x-ms-dynamic-tree' && firstText(written['capability'], written['builtInOperation']) === '';
  return isAsking && firstText(written['operationId']) === ''
    ? { message: `${extension} names no operation to ask.` }
    : undefined;
}

const PATHS_OF_ITEMS = ['value-path', 'value-title', 'itemValuePath', 'itemTitlePath'];

/** The list that a dropdown or a tree is made of; `undefined` when the answer has none. */
function readList({ asked, written }: AskingSite, document: JsonObject): Shape | undefined {
  const answer = readAnswer(asked);
  if (answer === 'open' || answer['type'] === 'array') return answer;
  const path = readPath(written, 'itemsPath', 'value-collection');
  if (path !== undefined) return followShape(answer, path, document);
  // Without a path the answer's own list is meant; where it has several, nobody could say which.
  return 'open';
}

const isList = (shape: Shape) =>
  shape === 'open' || [shape['type']].flat().includes('array') || shape['type'] === undefined;
const IS_SHAPE = /-(?:schema|properties)$/;

function checkList(site: AskingSite, { document }: CertifyContext): SiteFound | undefined {
  if (IS_SHAPE.test(site.extension)) return undefined;
  const list = readList(site, document);
  const path = readPath(site.written, 'itemsPath', 'value-collection');
  if (list === undefined) return { message: `The answer of ${nameOf(site.asked)} has no '${path}'.` };
  return isList(list)
    ? undefined
    : { message: `'${path}' of the answer of ${nameOf(site.asked)} is no list.` };
}

function checkItems(site: AskingSite, { document }: CertifyContext): SiteFound | undefined {
  if (IS_SHAPE.test(site.extension)) {
    const path = readPath(site.written, 'value-path', 'itemValuePath');
    return path === undefined || followShape(readAnswer(site.asked), path, document) !== undefined
      ? undefined
      : { message: `The answer of ${nameOf(site.asked)} has no '${path}'.` };
  }
  const list = readList(site, document);
  if (list === undefined || list === 'open' || !isList(list)) return undefined;
  const item = itemsOf(list, document);
  for (const key of PATHS_OF_ITEMS) {
    const path = readPath(site.written, key);
    if (path === undefined || followShape(item, path, document) !== undefined) continue;
    return { message: `What ${nameOf(site.asked)} lists has no '${path}' (${key}).` };
  }
  return undefined;
}

/** A node is selected only where a tree is browsed. */
function checkSelection(site: DynamicSite): SiteFound | undefined {
  if (site.extension === 'browse' || !isJsonObject(site.written)) return undefined;
  const { parameters } = site.written;
  const wrong = Object.entries(isJsonObject(parameters) ? parameters : {}).find(
    ([, value]) => isJsonObject(value) && value['selectedItemValuePath'] !== undefined,
  );
  return (
    wrong && {
      message: `'${wrong[0]}' comes from a selected node, and there is none yet in ${site.extension}.`,
    }
  );
}

function checkPicker({ written, owner }: DynamicSite, { document }: CertifyContext): SiteFound | undefined {
  if (!isJsonObject(written) || firstText(written['capability']) !== 'file-picker') return undefined;
  const capabilities = document['x-ms-capabilities'];
  if (!isJsonObject(capabilities) || !isJsonObject(capabilities['file-picker']))
    return { message: 'There is no file picker: x-ms-capabilities does not describe one.' };
  return owner['x-ms-dynamic-tree'] === undefined
    ? {
        message:
          'Newer hosts show files as a tree, and there is no x-ms-dynamic-tree beside the file picker.',
      }
    : undefined;
}

/** Rules about `x-ms-dynamic-*`. */
export const DYNAMIC_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-DYNAMIC-OPERATION',
    severity: 'error',
    title: 'Dynamic values and schemas, capabilities and examples of triggers ask operations that exist.',
    aliases: ['OperationIdNotFound'],
    check: checkOperations,
  },
  {
    id: 'CERT-DYNAMIC-FORM',
    severity: 'warning',
    title: 'A dynamic extension is an object that names the operation to ask.',
    aliases: ['JsonTypeIncorrect', 'RequiredPropertyMissing'],
    check: aboutSites(checkForm),
  },
  ...ARGUMENT_RULES,
  {
    id: 'CERT-DYNAMIC-LIST',
    severity: 'warning',
    title: 'The operation asked for values answers with a list, at the path that is given.',
    aliases: ['InvokedOperationShouldProduceArray'],
    check: aboutAsking(checkList),
  },
  {
    id: 'CERT-DYNAMIC-ITEM',
    severity: 'warning',
    title: 'The answer of the asked operation has what the paths of a dynamic extension lead to.',
    aliases: ['InvokedOperationShouldProduceProperty'],
    check: aboutAsking(checkItems),
  },
  ...TWIN_RULES,
  {
    id: 'CERT-DYNAMIC-POSITION',
    severity: 'warning',
    title: 'Only bodies and answers have a dynamic schema; a parameter has values.',
    aliases: ['DynamicExtensionDefinitionNotAllowedInParameter'],
    check: aboutSites(({ position, extension }) =>
      position === 'parameter' && IS_SHAPE.test(extension)
        ? { message: `${extension} stands in a parameter that is no body.` }
        : undefined,
    ),
  },
  {
    id: 'CERT-DYNAMIC-SELECTION',
    severity: 'error',
    title: '`selectedItemValuePath` stands in `browse` of a tree only.',
    aliases: ['SelectedItemValuePathNotAllowedInThisPosition'],
    check: aboutSites(checkSelection),
  },
  {
    id: 'CERT-DYNAMIC-TREE',
    severity: 'hint',
    title: 'A file picker is described in `x-ms-capabilities`, and has an `x-ms-dynamic-tree` beside it.',
    aliases: ['DynamicTreeExtensionMissing'],
    check: aboutSites(checkPicker),
  },
];
