import { isJsonObject, type Json, joinPointer } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { nameOf } from './operation-name.ts';
import type { CertificationRule, CertifiedOperation, CertifyContext, Found } from './types.ts';
import { endsSentence, FORBIDDEN_PRODUCTS, OTHER_PRODUCTS, saysTheSame, toWords } from './words.ts';

const MAX_SUMMARY = 80;
const MAX_ID = 80;
const MAX_OPERATIONS = 256;
const RESTRICTED = /[/\\<>*%&?]/;
const REPLACEMENTS: Readonly<Record<string, string>> = { '&': ' and ', '%': ' percent ', '/': ' or ' };

type Check = (operation: CertifiedOperation) => string | undefined;
type Mend = (operation: CertifiedOperation) => string;

/** A rule about one member of every operation; `mend` makes the text that should stand there. */
function about(member: string, check: Check, mend?: Mend) {
  return function* ({ operations }: CertifyContext): Iterable<Found> {
    for (const operation of operations) {
      const message = check(operation);
      if (message === undefined) continue;
      const pointer = joinPointer(operation.pointer, member);
      const value = mend?.(operation).replace(/\s+/g, ' ').trim() ?? '';
      yield { pointer, message, ...(value === '' ? {} : { fix: [{ part: 'document', pointer, value }] }) };
    }
  };
}

const summaryOf = ({ operation }: CertifiedOperation) => firstText(operation['summary']);
const descriptionOf = ({ operation }: CertifiedOperation) => firstText(operation['description']);
function withoutRestricted(text: string): string {
  return text.replace(/[/\\<>*%&?]/g, (sign) => REPLACEMENTS[sign] ?? ' ');
}

/** Paths that only differ in case, or in the names of their variables. */
function* checkPaths({ operations }: CertifyContext): Iterable<Found> {
  const seen = new Map<string, CertifiedOperation>();
  for (const operation of operations) {
    const [plain = ''] = operation.path.split('?');
    const key = `${operation.method} ${plain.toLowerCase().replace(/\{[^{}]*\}/g, '{}')}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, operation);
    else if (first.path !== operation.path) {
      yield {
        pointer: operation.pointer,
        message: `${nameOf(operation)} has the path of ${nameOf(first)}: only case or names of variables differ.`,
      };
    }
  }
}

function* checkIds({ operations }: CertifyContext): Iterable<Found> {
  const seen = new Set<string>();
  for (const { operationId, pointer } of operations) {
    if (operationId !== '' && seen.has(operationId)) {
      yield {
        pointer: joinPointer(pointer, 'operationId'),
        message: `'${operationId}' is the id of two operations.`,
      };
    }
    seen.add(operationId);
  }
}

function* checkTags({ document }: CertifyContext): Iterable<Found> {
  const seen = new Set<Json>();
  for (const [index, tag] of (Array.isArray(document['tags']) ? document['tags'] : []).entries()) {
    const name = isJsonObject(tag) ? (tag['name'] ?? null) : null;
    if (name !== null && seen.has(name))
      yield { pointer: joinPointer('/tags', index), message: `The tag '${String(name)}' is declared twice.` };
    seen.add(name);
  }
}

export const OPERATION_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-OP-SUMMARY',
    severity: 'error',
    title: 'Every operation that people see has a summary.',
    aliases: ['RequiredPropertyMissing'],
    fixes: true,
    check: about(
      'summary',
      (one) => (one.isInternal || summaryOf(one) !== '' ? undefined : `${nameOf(one)} has no summary.`),
      (one) => toWords(one.operationId),
    ),
  },
  {
    id: 'CERT-OP-SUMMARY-LENGTH',
    severity: 'error',
    title: 'A summary has at most 80 characters.',
    aliases: ['OperationSummaryTooLong'],
    check: about('summary', (one) => {
      const { length } = summaryOf(one);
      return length > MAX_SUMMARY
        ? `The summary of ${nameOf(one)} has ${length} characters; at most 80 are allowed.`
        : undefined;
    }),
  },
  {
    id: 'CERT-OP-SUMMARY-CHARS',
    severity: 'error',
    title: 'A summary holds none of the characters / \\ < > * % & ?',
    aliases: ['RestrictedCharactersInSummary'],
    fixes: true,
    check: about(
      'summary',
      (one) => {
        const [sign] = RESTRICTED.exec(summaryOf(one)) ?? [];
        return sign === undefined ? undefined : `The summary of ${nameOf(one)} holds '${sign}'.`;
      },
      (one) => withoutRestricted(summaryOf(one)),
    ),
  },
  {
    id: 'CERT-OP-SUMMARY-ALNUM',
    severity: 'hint',
    title: 'A summary holds only letters, digits, blanks and brackets.',
    check: about('summary', (one) => {
      const [sign] = /[^\p{L}\p{N}\s()]/u.exec(summaryOf(one)) ?? [];
      return sign === undefined ? undefined : `The summary of ${nameOf(one)} holds '${sign}'.`;
    }),
  },
  {
    id: 'CERT-OP-SUMMARY-END',
    severity: 'warning',
    title: 'A summary ends with a letter, a digit or a closing bracket.',
    fixes: true,
    check: about(
      'summary',
      (one) => {
        const text = summaryOf(one);
        return text === '' || /[\p{L}\p{N})\]]$/u.test(text)
          ? undefined
          : `The summary of ${nameOf(one)} ends with a sign.`;
      },
      (one) => summaryOf(one).replace(/[^\p{L}\p{N})\]]+$/u, ''),
    ),
  },
  {
    id: 'CERT-OP-DESCRIPTION',
    severity: 'error',
    title: 'Every operation that people see has a description.',
    aliases: ['RequiredPropertyMissing'],
    check: about('description', (one) =>
      one.isInternal || descriptionOf(one) !== '' ? undefined : `${nameOf(one)} has no description.`,
    ),
  },
  {
    id: 'CERT-OP-DESC-PUNCT',
    severity: 'hint',
    title: "An operation's description is a sentence with a full stop.",
    fixes: true,
    check: about(
      'description',
      (one) => {
        const text = descriptionOf(one);
        return text === '' || endsSentence(text)
          ? undefined
          : `The description of ${nameOf(one)} has no full stop.`;
      },
      (one) => `${descriptionOf(one)}.`,
    ),
  },
  {
    id: 'CERT-OP-DESC-COPY',
    severity: 'warning',
    title: "An operation's description says more than its summary.",
    check: about('description', (one) => {
      const text = descriptionOf(one);
      return text !== '' && saysTheSame(text, summaryOf(one))
        ? `The description of ${nameOf(one)} only repeats its summary.`
        : undefined;
    }),
  },
  {
    id: 'CERT-OP-PRODUCT',
    severity: 'warning',
    title: 'Neither summary nor description names a product of the Power Platform.',
    check: about('summary', (one) => {
      const text = `${summaryOf(one)} ${descriptionOf(one)}`;
      const [product] = FORBIDDEN_PRODUCTS.exec(text) ?? OTHER_PRODUCTS.exec(text) ?? [];
      return product === undefined ? undefined : `${nameOf(one)} names '${product}'.`;
    }),
  },
  {
    id: 'CERT-TRIGGER-WHEN',
    severity: 'hint',
    title: "A trigger's summary begins with 'When', its description with 'This operation triggers when'.",
    check: about('summary', (one) => {
      if (!one.isTrigger || one.isInternal) return undefined;
      const isSummary = /^when\b/i.test(summaryOf(one));
      const isDescription = /^this operation (?:triggers|is triggered) when\b|^triggers when\b|^when\b/i.test(
        descriptionOf(one),
      );
      return isSummary && isDescription
        ? undefined
        : `${nameOf(one)} is a trigger, and does not say when it fires.`;
    }),
  },
  {
    id: 'CERT-OPID-REQUIRED',
    severity: 'error',
    title: 'Every operation has an operationId.',
    aliases: ['OperationIdRequired'],
    check: about('operationId', (one) =>
      one.operationId === '' ? `${nameOf(one)} has no operationId.` : undefined,
    ),
  },
  {
    id: 'CERT-OPID-UNIQUE',
    severity: 'error',
    title: 'No two operations have the same operationId.',
    aliases: ['OperationIdNotUnique'],
    check: checkIds,
  },
  {
    id: 'CERT-OPID-CHARS',
    severity: 'warning',
    title: 'An operationId is made of letters and digits only. Renaming one breaks the flows that use it.',
    aliases: ['OperationIdSanitized'],
    check: about('operationId', (one) =>
      /^[A-Za-z\d]*$/.test(one.operationId)
        ? undefined
        : `'${one.operationId}' holds more than letters and digits.`,
    ),
  },
  {
    id: 'CERT-OPID-PASCAL',
    severity: 'hint',
    title: 'An operationId begins with an upper-case letter.',
    check: about('operationId', (one) =>
      /^[a-z]/.test(one.operationId) ? `'${one.operationId}' begins with a lower-case letter.` : undefined,
    ),
  },
  {
    id: 'CERT-OPID-LENGTH',
    severity: 'error',
    title: 'An operationId has at most 80 characters.',
    aliases: ['OperationIdTooLong'],
    check: about('operationId', ({ operationId }) =>
      operationId.length > MAX_ID
        ? `'${operationId}' has ${operationId.length} characters; at most 80 are allowed.`
        : undefined,
    ),
  },
  {
    id: 'CERT-PATH-FORM',
    severity: 'error',
    title: 'A path begins with a slash, and holds neither query nor fragment nor wildcard.',
    aliases: [
      'OperationPathMustStartWithSlash',
      'OperationPathMayNotContainQueryOrFragment',
      'OperationPathContainsUnsupportedCharacters',
      'PathItemRefNotSuppored',
    ],
    *check({ operations, document }) {
      const paths = isJsonObject(document['paths']) ? document['paths'] : {};
      for (const { path, pointer } of operations) {
        if (!path.startsWith('/'))
          yield { pointer, message: `The path '${path}' does not begin with a slash.` };
        const [sign] = /[?#*]/.exec(path) ?? [];
        if (sign !== undefined) yield { pointer, message: `The path '${path}' holds '${sign}'.` };
        const item = paths[path];
        if (isJsonObject(item) && item['$ref'] !== undefined)
          yield { pointer, message: `The path '${path}' is described somewhere else ($ref).` };
      }
    },
  },
  {
    id: 'CERT-PATH-UNIQUE',
    severity: 'error',
    title: 'No two paths are the same but for case and the names of their variables.',
    aliases: ['PathRedefined', 'DuplicateOperationPath', 'PartialDuplicateOperationPath'],
    check: checkPaths,
  },
  {
    id: 'CERT-OPS-COUNT',
    severity: 'error',
    title: 'There are 1 to 256 operations.',
    aliases: ['TotalOperationsCountExceedsMaxAllowed'],
    check: ({ operations }) =>
      operations.length > 0 && operations.length <= MAX_OPERATIONS
        ? []
        : [
            {
              pointer: '/paths',
              message: `There are ${operations.length} operations; 1 to 256 are allowed.`,
            },
          ],
  },
  {
    id: 'CERT-GET-BODY',
    severity: 'warning',
    title: 'A GET or HEAD has no body.',
    aliases: ['BodyOrFormDataParameterInFetchOperationNotAllowed'],
    check: about('requestBody', (one) =>
      (one.method === 'get' || one.method === 'head') && one.operation['requestBody'] !== undefined
        ? `${nameOf(one)} sends a body with ${one.method.toUpperCase()}.`
        : undefined,
    ),
  },
  {
    id: 'CERT-DEPRECATED-SUFFIX',
    severity: 'hint',
    title: "The summary of a deprecated operation ends with '(deprecated)'.",
    fixes: true,
    check: about(
      'summary',
      (one) =>
        one.operation['deprecated'] === true && !one.isInternal && !/deprecated/i.test(summaryOf(one))
          ? `${nameOf(one)} is deprecated, and its summary does not say so.`
          : undefined,
      (one) => `${summaryOf(one) || toWords(one.operationId)} (deprecated)`,
    ),
  },
  {
    id: 'CERT-TAG-UNIQUE',
    severity: 'error',
    title: 'A tag is declared once.',
    aliases: ['TagRedefined'],
    check: checkTags,
  },
  {
    id: 'CERT-NEXT-LINK',
    severity: 'warning',
    title: 'The link to the next page is called `nextLink` or `@odata.nextLink`.',
    aliases: ['InvalidNextLinkNameValue'],
    check: about('x-ms-pageable', (one) => {
      const pageable = one.operation['x-ms-pageable'];
      const name = isJsonObject(pageable) ? pageable['nextLinkName'] : undefined;
      return name === undefined || name === 'nextLink' || name === '@odata.nextLink'
        ? undefined
        : `The next page of ${nameOf(one)} is called '${String(name)}'.`;
    }),
  },
];
