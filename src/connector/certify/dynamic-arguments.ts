import type { Json } from '../../base/index.ts';
import { joinPointer } from '../../base/index.ts';
import { readArguments } from '../dynamic/read-arguments.ts';
import { type AskingSite, aboutAsking, listReferences } from './about-dynamic.ts';
import { findInputs, listInputs, type OperationInput } from './operation-inputs.ts';
import { nameOf } from './operation-name.ts';
import type { CertificationRule, CertifyContext } from './types.ts';

function findArgument(
  site: AskingSite,
  name: string,
  { document }: CertifyContext,
): OperationInput | undefined {
  return findInputs(listInputs(site.asked, document), name)[0];
}

function checkNames(site: AskingSite, context: CertifyContext) {
  const { isOpen } = listInputs(site.asked, context.document);
  const given = readArguments(site.written['parameters']).map(({ name }) => name);
  const unknown = given.filter((name) => findArgument(site, name, context) === undefined);
  if (unknown.length === 0 || isOpen) return undefined;
  const names = unknown.map((name) => `'${name}'`).join(', ');
  const pointer = joinPointer(site.pointer, 'parameters');
  return { pointer, message: `${nameOf(site.asked)} is given ${names}, which it does not take.` };
}

function checkReferences(site: AskingSite, context: CertifyContext) {
  if (site.position === 'answer' && /-(?:values|list)$/.test(site.extension)) return undefined;
  const lost = listReferences(site, context).find(({ found, isOpen }) => found.length === 0 && !isOpen);
  return (
    lost && { message: `${nameOf(site.operation)} has no input '${lost.reference}', which is referred to.` }
  );
}

/** An argument that the asked operation cannot do without. */
function checkMissing(site: AskingSite) {
  const given = new Set(readArguments(site.written['parameters']).map(({ name }) => name));
  const missing = site.asked.parameters.find(
    ({ name, isRequired, schema }) => isRequired && schema['default'] === undefined && !given.has(name),
  );
  return missing && { message: `${nameOf(site.asked)} needs '${missing.name}', which is not given.` };
}

function checkOptional(site: AskingSite, context: CertifyContext) {
  for (const { name, reference, found } of listReferences(site, context)) {
    const target = site.asked.parameters.find((one) => one.name === name);
    const [input] = found;
    if (input === undefined || target === undefined || !target.isRequired) continue;
    if (input.isRequired || input.schema['default'] !== undefined || target.schema['default'] !== undefined)
      continue;
    return {
      message: `${nameOf(site.asked)} needs '${name}', and '${reference}', where it comes from, is optional.`,
    };
  }
  return undefined;
}

function checkInternal(site: AskingSite, context: CertifyContext) {
  for (const { reference, found } of listReferences(site, context)) {
    const [input] = found;
    if (input === undefined || !input.isInternal || input.schema['default'] !== undefined) continue;
    if (site.position === 'answer') continue;
    return { message: `'${reference}' is internal and has no default, so that nobody ever gives it.` };
  }
  return undefined;
}

const SCALARS = new Set(['string', 'number', 'integer', 'boolean']);

function checkTypes(site: AskingSite, context: CertifyContext) {
  for (const argument of readArguments(site.written['parameters'])) {
    const target = findArgument(site, argument.name, context);
    const wanted = target?.schema['type'];
    if (typeof wanted !== 'string' || !SCALARS.has(wanted)) continue;
    const given =
      argument.from === 'value'
        ? typeOf(argument.value)
        : argument.from === 'input' &&
          findInputs(listInputs(site.operation, context.document), argument.reference)[0]?.schema['type'];
    if (typeof given !== 'string' || fits(given, wanted)) continue;
    return { message: `'${argument.name}' of ${nameOf(site.asked)} takes ${wanted}, and is given ${given}.` };
  }
  return undefined;
}

function typeOf(value: Json): string | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** A text may hold any scalar, and a number any integer: services are lenient there. */
function fits(given: string, wanted: string): boolean {
  if (!SCALARS.has(given)) return false;
  return given === wanted || wanted === 'string' || (wanted === 'number' && given === 'integer');
}

/** What a dynamic extension hands to the operation it asks. */
export const ARGUMENT_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-DYNAMIC-PARAMETERS',
    severity: 'warning',
    title: 'Dynamic values and schemas give the operation they ask parameters that it takes.',
    aliases: ['OperationParameterNameNotFound'],
    check: aboutAsking(checkNames),
  },
  {
    id: 'CERT-DYNAMIC-REFERENCE',
    severity: 'warning',
    title: 'What dynamic values and schemas refer to is an input of their operation.',
    aliases: ['OperationParameterNameNotFound'],
    check: aboutAsking(checkReferences),
  },
  {
    id: 'CERT-DYNAMIC-MISSING',
    severity: 'warning',
    title: 'Dynamic values and schemas give the operation they ask all that it needs.',
    aliases: ['OperationMissingRequiredProperty'],
    check: aboutAsking(checkMissing),
  },
  {
    id: 'CERT-DYNAMIC-OPTIONAL',
    severity: 'hint',
    title: 'What an asked operation needs comes from an input that must be filled in.',
    aliases: ['OperationParameterRequiredMismatch'],
    check: aboutAsking(checkOptional),
  },
  {
    id: 'CERT-DYNAMIC-TYPE',
    severity: 'warning',
    title: 'What dynamic values and schemas hand over has the type that the asked operation takes.',
    aliases: ['OperationParameterTypeMismatch', 'OperationParameterStaticTypeMismatch'],
    check: aboutAsking(checkTypes),
  },
  {
    id: 'CERT-DYNAMIC-INTERNAL',
    severity: 'warning',
    title: 'What dynamic values and schemas refer to is shown, or has a default.',
    aliases: ['SourcePropertyInternal'],
    check: aboutAsking(checkInternal),
  },
];
