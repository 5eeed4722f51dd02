import { isJsonObject, type Json, joinPointer } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { aboutParameters as about } from './about-parameters.ts';
import type {
  CertificationEdit,
  CertificationRule,
  CertifiedOperation,
  CertifiedParameter,
  CertifyContext,
  Found,
} from './types.ts';
import { endsSentence, saysTheSame, toWords } from './words.ts';

const MAX_SUMMARY = 80;

function called({ name }: CertifiedParameter, { operationId }: CertifiedOperation): string {
  return `The parameter '${name}' of ${operationId}`;
}

const summaryOf = ({ written, schema }: CertifiedParameter) =>
  firstText(written['x-ms-summary'], schema['x-ms-summary'], schema['title']);
const descriptionOf = ({ written, schema }: CertifiedParameter) =>
  firstText(written['description'], schema['description']);

/** An edit of a member of the parameter itself. */
function set({ pointer }: CertifiedParameter, member: string, value: Json): CertificationEdit[] {
  return [{ part: 'document', pointer: joinPointer(pointer, member), value }];
}

/** The value as the type has it, if it is only written otherwise: `"7"` for 7, `"true"` for true. */
function convert(value: Json, type: Json | undefined): Json | undefined {
  if (typeof value === 'string') {
    if (type === 'boolean' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const isNumeric = type === 'number' || (type === 'integer' && Number.isInteger(number));
    return isNumeric && Number.isFinite(number) ? number : undefined;
  }
  return type === 'string' && (typeof value === 'number' || typeof value === 'boolean')
    ? String(value)
    : undefined;
}

function fitsType(value: Json, type: Json | undefined): boolean {
  if (typeof type !== 'string') return true;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return typeof value === 'bigint' || Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' || typeof value === 'bigint';
  return !['string', 'boolean'].includes(type) || typeof value === type;
}

function checkDefault(parameter: CertifiedParameter, operation: CertifiedOperation) {
  const { schema, schemaPointer } = parameter;
  const value = schema['default'];
  if (value === undefined || value === null || fitsType(value, schema['type'])) return undefined;
  const mended = convert(value, schema['type']);
  const pointer = joinPointer(schemaPointer, 'default');
  const message = `${called(parameter, operation)} has a default that is no ${String(schema['type'])}.`;
  return {
    message,
    pointer,
    ...(mended === undefined ? {} : { fix: [{ part: 'document' as const, pointer, value: mended }] }),
  };
}

function* checkTemplates({ operations }: CertifyContext): Iterable<Found> {
  for (const operation of operations) {
    const variables = new Set([...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name));
    const declared = operation.parameters.filter((one) => one.in === 'path');
    for (const name of variables) {
      if (declared.some((one) => one.name === name)) continue;
      yield {
        pointer: operation.pointer,
        message: `The path of ${operation.operationId} has '{${name}}', which no parameter describes.`,
      };
    }
    for (const parameter of declared) {
      if (variables.has(parameter.name)) continue;
      yield { pointer: parameter.pointer, message: `${called(parameter, operation)} is not in the path.` };
    }
  }
}

function* checkUnique({ operations }: CertifyContext): Iterable<Found> {
  const seen = new Set<string>();
  for (const { operation, pathItem, pointer } of operations) {
    const item = pointer.slice(0, pointer.lastIndexOf('/'));
    // What operations of a path share is told once.
    if (!seen.has(item)) yield* findTwice(pathItem['parameters'], joinPointer(item, 'parameters'));
    seen.add(item);
    yield* findTwice(operation['parameters'], joinPointer(pointer, 'parameters'));
  }
}

function* findTwice(written: Json | undefined, pointer: string): Iterable<Found> {
  const seen = new Set<string>();
  for (const [index, parameter] of (Array.isArray(written) ? written : []).entries()) {
    if (!isJsonObject(parameter) || typeof parameter['name'] !== 'string') continue;
    const { name, in: place } = parameter;
    const key = `${String(place)} ${name}`;
    if (seen.has(key)) {
      yield { pointer: joinPointer(pointer, index), message: `The parameter '${name}' is there twice.` };
    }
    seen.add(key);
  }
}

export const PARAMETER_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-PARAM-SUMMARY',
    severity: 'warning',
    severityWhenNew: 'error',
    title: 'Every parameter that people see has a summary (`x-ms-summary`).',
    fixes: true,
    check: about((one, operation) =>
      one.isInternal || firstText(one.written['x-ms-summary'], one.schema['x-ms-summary']) !== ''
        ? undefined
        : {
            message: `${called(one, operation)} has no summary.`,
            fix: set(one, 'x-ms-summary', toWords(one.name)),
          },
    ),
  },
  {
    id: 'CERT-PARAM-DESCRIPTION',
    severity: 'warning',
    severityWhenNew: 'error',
    title: 'Every parameter that people see has a description.',
    check: about((one, operation) =>
      one.isInternal || descriptionOf(one) !== ''
        ? undefined
        : `${called(one, operation)} has no description.`,
    ),
  },
  {
    id: 'CERT-PARAM-SUMMARY-LENGTH',
    severity: 'error',
    title: 'The summary of a parameter has at most 80 characters.',
    check: about((one, operation) => {
      const { length } = firstText(one.written['x-ms-summary']);
      return length > MAX_SUMMARY
        ? `${called(one, operation)} has a summary of ${length} characters; at most 80 are allowed.`
        : undefined;
    }),
  },
  {
    id: 'CERT-PARAM-DESC-PUNCT',
    severity: 'hint',
    title: 'The description of a parameter is a sentence with a full stop.',
    fixes: true,
    check: about((one, operation) => {
      const text = firstText(one.written['description']);
      if (text === '' || endsSentence(text)) return undefined;
      return {
        message: `${called(one, operation)} has a description without full stop.`,
        fix: set(one, 'description', `${text}.`),
      };
    }),
  },
  {
    id: 'CERT-PARAM-DESC-COPY',
    severity: 'warning',
    title: 'The description of a parameter says more than its summary.',
    check: about((one, operation) =>
      descriptionOf(one) !== '' && saysTheSame(descriptionOf(one), summaryOf(one))
        ? `${called(one, operation)} has a description that only repeats its summary.`
        : undefined,
    ),
  },
  {
    id: 'CERT-PATHPARAM-MATCH',
    severity: 'error',
    title: 'The variables of a path are its path parameters, and the other way round.',
    aliases: ['OperationMissingPathParameter', 'PathParameterNotDefinedInTemplate'],
    check: checkTemplates,
  },
  {
    id: 'CERT-PATHPARAM-REQUIRED',
    severity: 'error',
    title: 'Path parameters are required.',
    aliases: ['PathParameterMustBeRequired'],
    fixes: true,
    check: about((one, operation) =>
      one.in !== 'path' || one.isRequired
        ? undefined
        : {
            message: `${called(one, operation)} is in the path, and not required.`,
            fix: set(one, 'required', true),
          },
    ),
  },
  {
    id: 'CERT-PATHPARAM-ENCODING',
    severity: 'warning',
    title: 'Path parameters say how they are encoded (`x-ms-url-encoding`).',
    aliases: ['PathParameterMissingEncoding'],
    fixes: true,
    check: about((one, operation) =>
      one.in !== 'path' || one.written['x-ms-url-encoding'] !== undefined
        ? undefined
        : {
            message: `${called(one, operation)} does not say how it is encoded.`,
            fix: set(one, 'x-ms-url-encoding', 'single'),
          },
    ),
  },
  {
    id: 'CERT-PARAM-UNIQUE',
    severity: 'error',
    title: 'No operation has two parameters of the same name and place.',
    aliases: [
      'OperationParametersAreNotUnique',
      'OperationParametersContainDuplicateParameter',
      'PathParametersContainDuplicateParameter',
    ],
    check: checkUnique,
  },
  {
    id: 'CERT-PARAM-CONNECTIONID',
    severity: 'error',
    title: "No parameter is called 'connectionId': the platform has one of that name.",
    aliases: ['ConnectionIdParameterNotAllowed', 'ReservedParameterIsUsed'],
    check: about((one, operation) =>
      one.name === 'connectionId' ? `${called(one, operation)} has a name that is taken.` : undefined,
    ),
  },
  {
    id: 'CERT-INTERNAL-DEFAULT',
    severity: 'warning',
    title: 'An internal parameter with a default is required; otherwise nobody ever sends it.',
    aliases: ['InternalPropertyWithDefaultOptional', 'PropertyMustBeRequired'],
    fixes: true,
    check: about((one, operation) =>
      one.in === 'formData' || !one.isInternal || one.isRequired || one.schema['default'] === undefined
        ? undefined
        : {
            message: `${called(one, operation)} is internal with a default, and not required.`,
            fix: set(one, 'required', true),
          },
    ),
  },
  {
    id: 'CERT-INTERNAL-NODEFAULT',
    severity: 'error',
    title: 'An internal parameter that is required has a default.',
    check: about((one, operation) =>
      one.isInternal &&
      one.isRequired &&
      one.schema['default'] === undefined &&
      one.written['x-ms-dynamic-values'] === undefined
        ? `${called(one, operation)} is internal and required, and has no default.`
        : undefined,
    ),
  },
  {
    id: 'CERT-DEFAULT-TYPE',
    severity: 'warning',
    title: 'A default is of the type of its parameter.',
    aliases: ['DefaultValueMustMatchType'],
    fixes: true,
    check: about(checkDefault),
  },
];
