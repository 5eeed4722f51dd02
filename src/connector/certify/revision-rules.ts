import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import { nameOf } from './operation-name.ts';
import type {
  CertificationEdit,
  CertificationRule,
  CertifiedOperation,
  CertifyContext,
  Found,
} from './types.ts';

const ANNOTATION = 'x-ms-api-annotation';
const STATUSES = ['Preview', 'Production'];

/** An operation with its `x-ms-api-annotation`: it is one revision of a family of operations. */
interface Revision {
  readonly one: CertifiedOperation;
  readonly pointer: string;
  readonly annotation: JsonObject;
  readonly family: string;
  /** Undefined where none is written. */
  readonly revision: Json | undefined;
  readonly status: string;
  readonly isDeprecated: boolean;
}

function listRevisions({ operations }: CertifyContext): Revision[] {
  return operations.flatMap((one) => {
    const annotation = one.operation[ANNOTATION];
    if (!isJsonObject(annotation)) return [];
    return {
      one,
      pointer: joinPointer(one.pointer, ANNOTATION),
      annotation,
      family: firstText(annotation['family']),
      revision: annotation['revision'],
      status: firstText(annotation['status']),
      isDeprecated: one.operation['deprecated'] === true,
    };
  });
}

type RevisionFound = Omit<Found, 'pointer'> & { readonly pointer?: string };

/** A rule about every revision. */
function about(check: (revision: Revision, context: CertifyContext) => RevisionFound | undefined) {
  return function* (context: CertifyContext): Iterable<Found> {
    for (const revision of listRevisions(context)) {
      const found = check(revision, context);
      if (found !== undefined) yield { pointer: revision.pointer, ...found };
    }
  };
}

/** A rule about every family; it says what is wrong with one of its members. */
function aboutFamilies(
  check: (members: readonly Revision[]) => { one: Revision; message: string } | undefined,
) {
  return function* (context: CertifyContext): Iterable<Found> {
    const families = Map.groupBy(
      listRevisions(context).filter(({ family }) => family !== ''),
      ({ family }) => family,
    );
    for (const members of families.values()) {
      const found = check(members);
      if (found !== undefined) yield { pointer: found.one.pointer, message: found.message };
    }
  };
}

function checkTwice(members: readonly Revision[]) {
  for (const [index, one] of members.entries()) {
    const other = members.slice(0, index).find(({ revision }) => String(revision) === String(one.revision));
    if (other === undefined) continue;
    const what = one.revision === undefined ? 'have no revision' : `are revision ${String(one.revision)}`;
    return {
      one,
      message: `${nameOf(other.one)} and ${nameOf(one.one)} of the family '${one.family}' ${what}.`,
    };
  }
  return undefined;
}

/** Of a family people see one operation, the newest; the others are deprecated or internal. */
function checkActive(members: readonly Revision[]) {
  for (const status of ['production', 'preview']) {
    const active = members.filter((member) => {
      return !member.isDeprecated && !member.one.isInternal && member.status.toLowerCase() === status;
    });
    const [first, second] = active;
    if (first === undefined || second === undefined) continue;
    const names = active.map(({ one }) => nameOf(one)).join(', ');
    return {
      one: second,
      message: `The family '${first.family}' has ${active.length} operations for ${status}: ${names}.`,
    };
  }
  return undefined;
}

function setIn({ pointer }: Revision, member: string, value: Json): CertificationEdit[] {
  return [{ part: 'document', pointer: joinPointer(pointer, member), value }];
}

function checkStatus(revision: Revision): RevisionFound | undefined {
  const { status, one } = revision;
  if (status === '' || STATUSES.includes(status)) return undefined;
  const meant = STATUSES.find((known) => known.toLowerCase() === status.toLowerCase());
  return {
    message: `The status of ${nameOf(one)} is '${status}'; it must be ${STATUSES.join(' or ')}.`,
    ...(meant === undefined ? {} : { fix: setIn(revision, 'status', meant) }),
  };
}

function checkAhead({ status, one }: Revision, { info }: CertifyContext): RevisionFound | undefined {
  const own = isJsonObject(info[ANNOTATION]) ? firstText(info[ANNOTATION]['status']) : '';
  return /^(?:preview|beta)$/i.test(own) && /^production$/i.test(status)
    ? { message: `${nameOf(one)} is for production, and the connector is a preview.` }
    : undefined;
}

function checkReplacement({ annotation, one, isDeprecated, pointer }: Revision): RevisionFound | undefined {
  const { replacement } = annotation;
  if (replacement === undefined) return undefined;
  const place = joinPointer(pointer, 'replacement');
  if (!isDeprecated)
    return { pointer: place, message: `${nameOf(one)} has a replacement, and is not deprecated.` };
  const missing = ['api', 'operationId'].find(
    (member) => !isJsonObject(replacement) || firstText(replacement[member]) === '',
  );
  return missing === undefined
    ? undefined
    : { pointer: place, message: `The replacement of ${nameOf(one)} does not say its ${missing}.` };
}

/** `GetItemV2`, `GetItem_V2`. */
function checkId({ revision, one }: Revision): RevisionFound | undefined {
  const number = Number(revision);
  if (!(number > 1) || new RegExp(`(?:v|_)${number}$`, 'i').test(one.operationId)) return undefined;
  return {
    pointer: joinPointer(one.pointer, 'operationId'),
    message: `${nameOf(one)} is revision ${number}, and its id does not end with V${number}.`,
  };
}

/** Rules about operations that replace each other over the years. */
export const REVISION_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-REVISION-EMPTY',
    severity: 'warning',
    title: 'An operation of a family has a revision, a whole number from 1 on.',
    aliases: ['OperationRevisionEmpty'],
    fixes: true,
    check: about((revision, context) => {
      if (revision.family === '' || (Number.isInteger(revision.revision) && Number(revision.revision) > 0))
        return undefined;
      const isAlone = listRevisions(context).filter(({ family }) => family === revision.family).length === 1;
      return {
        message: `${nameOf(revision.one)} of the family '${revision.family}' has no revision.`,
        ...(isAlone ? { fix: setIn(revision, 'revision', 1) } : {}),
      };
    }),
  },
  {
    id: 'CERT-REVISION-UNIQUE',
    severity: 'error',
    title: 'No two operations of a family are the same revision.',
    aliases: ['OperationFamilyHasDuplicateRevisions', 'OperationFamilyHasManyEmptyRevisions'],
    check: aboutFamilies(checkTwice),
  },
  {
    id: 'CERT-REVISION-ACTIVE',
    severity: 'warning',
    title:
      'Of a family people see one operation for production and one for preview; the others are deprecated.',
    aliases: ['OperationFamilyHasManyActiveOperations', 'OperationFamilyHasManyActiveProductionOperations'],
    check: aboutFamilies(checkActive),
  },
  {
    id: 'CERT-REVISION-ID',
    severity: 'hint',
    title: 'The operationId of a later revision ends with its number (`GetItemV2`).',
    aliases: ['OperationIdShouldEndWithRevision'],
    check: about(checkId),
  },
  {
    id: 'CERT-STATUS',
    severity: 'warning',
    title: 'The status of an operation is `Preview` or `Production`.',
    aliases: ['JsonValueNotInEnum'],
    fixes: true,
    check: about(checkStatus),
  },
  {
    id: 'CERT-STATUS-AHEAD',
    severity: 'warning',
    title: 'A connector in preview has no operation for production.',
    aliases: ['OperationStatusAheadOfConnector', 'ProductionStatusOnBetaService'],
    check: about(checkAhead),
  },
  {
    id: 'CERT-REPLACEMENT',
    severity: 'error',
    title: 'A replacement stands in a deprecated operation, and says its `api` and its `operationId`.',
    aliases: [
      'ApiAnnotationExtensionReplacementInfoForNonDeprecatedOperations',
      'ApiAnnotationExtensionReplacementInfoMissingApiProperty',
      'ApiAnnotationExtensionReplacementInfoMissingOperationIdProperty',
    ],
    check: about(checkReplacement),
  },
];
