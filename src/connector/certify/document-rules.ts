import { checkDocument, type DocumentProblem } from '../document/schema/check-document.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';

const checked = new WeakMap<CertifyContext, readonly DocumentProblem[]>();

function* about(severity: DocumentProblem['severity'], context: CertifyContext): Iterable<Found> {
  const problems = checked.get(context) ?? checkDocument(context.document, 'openapi');
  checked.set(context, problems);
  for (const { pointer, message, severity: own } of problems)
    if (own === severity) yield { pointer, message };
}

/** Rules about the form of the document itself. */
export const DOCUMENT_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-DOCUMENT-FORM',
    severity: 'warning',
    title: 'Each member of the document is of the kind that OpenAPI and its extensions want there.',
    aliases: ['JsonTypeIncorrect', 'JsonValueNotInEnum', 'RequiredPropertyMissing'],
    check: (context) => about('error', context),
  },
  {
    id: 'CERT-DOCUMENT-UNKNOWN',
    severity: 'hint',
    title: 'The document has no members that OpenAPI does not know; names of extensions begin with `x-`.',
    aliases: ['AdditionalPropertyNotAllowed', 'ExtensionNameNotValid', 'BodyParameterPropertyNotValid'],
    check: (context) => about('warning', context),
  },
];
