import { describeError, formatPointer } from '../../base/index.ts';
import { certifyConnector } from '../certify/certify.ts';
import type { CertificationFinding } from '../certify/types.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { checkPolicy } from '../policies/check-policy.ts';
import { readPolicies } from '../policies/read-policies.ts';
import { listOperationsToPort } from '../script/find-script.ts';
import { readGeneral } from './general.ts';
import { checkHost, readServer } from './server-url.ts';

/** Where in the wizard something is mended. */
export type DraftStep = 'general' | 'security' | 'definition' | 'policies' | 'code' | 'paging';

/** `error`: it does not work. `warning`: it works otherwise than meant. `hint`: it would read better. */
export type DraftSeverity = 'error' | 'warning' | 'hint';

/** Something about a connector that is being made. */
export interface DraftProblem {
  readonly step: DraftStep;
  readonly severity: DraftSeverity;
  /** A sentence: what is wrong, and what to do. */
  readonly message: string;
  /** JSON pointer into the definition: `/openapi/info/title`, `/properties/iconBrandColor`, `/files/icon.png`. */
  readonly pointer: string;
  /** The rule of certification that says so. */
  readonly rule?: string;
}

const ORDER: readonly DraftSeverity[] = ['error', 'warning', 'hint'];

/** What is wrong with a connector that is being made, the gravest first. Never throws, whatever the definition holds. */
export function listDraftProblems(definition: ConnectorDefinition): DraftProblem[] {
  const checks = [checkGeneral, checkSecurity, checkOperations, checkPolicies, checkCode, checkRules];
  const problems = checks.flatMap((check) => collect(check, definition));
  return problems.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

type Check = (definition: ConnectorDefinition) => Iterable<DraftProblem>;

/** A document that somebody writes by hand may be anything; what cannot even be looked at is said once. */
function collect(check: Check, definition: ConnectorDefinition): DraftProblem[] {
  try {
    return [...check(definition)];
  } catch (error) {
    const message = `A part of the document cannot be understood: ${describeError(error)}.`;
    return [{ step: 'definition', severity: 'error', message, pointer: '/openapi' }];
  }
}

function* checkGeneral(definition: ConnectorDefinition): Generator<DraftProblem> {
  const step = 'general' as const;
  const { title, contactEmail } = readGeneral(definition);
  if (title.trim() === '') {
    yield { step, severity: 'error', message: 'Give the connector a name.', pointer: '/openapi/info/title' };
  }
  if (contactEmail !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contactEmail)) {
    const message = `'${contactEmail}' is no email address.`;
    yield { step, severity: 'warning', message, pointer: '/openapi/info/contact/email' };
  }
  const server = readServer(definition);
  const problem = checkHost(server?.host ?? '');
  if (problem !== undefined && !hasServersOfItsOwn(definition)) {
    yield { step, severity: 'error', message: problem, pointer: '/openapi/servers' };
  }
  if (server?.scheme === 'http' && !/^(?:localhost|127\.|\[::1\])/.test(server.host)) {
    const message = 'Calls are sent without encryption: whoever is on the way can read the credentials.';
    yield { step, severity: 'warning', message, pointer: '/openapi/servers' };
  }
}

function hasServersOfItsOwn({ openapi }: ConnectorDefinition): boolean {
  const places = [...listOperations(openapi)];
  const isOwn = (value: unknown) => Array.isArray(value) && value.length > 0;
  return (
    places.length > 0 && places.every((one) => isOwn(one.operation['servers'] ?? one.pathItem['servers']))
  );
}

function* checkSecurity(definition: ConnectorDefinition): Generator<DraftProblem> {
  const { authentication } = compileConnector(definition);
  for (const method of authentication) {
    for (const rule of method.credentials) {
      if (rule.type !== 'oauth2' || rule.plan.problem === undefined) continue;
      const where = authentication.length > 1 ? `${method.title}: ` : '';
      yield {
        step: 'security',
        severity: 'error',
        message: `${where}${rule.plan.problem}`,
        pointer: `/properties${'connectionParameterSets' in definition.properties ? '/connectionParameterSets' : '/connectionParameters'}`,
      };
    }
  }
}

function* checkOperations({ openapi }: ConnectorDefinition): Generator<DraftProblem> {
  if (!listOperations(openapi).next().done) return;
  const message = 'The connector has no operation yet: add an action or a trigger.';
  yield { step: 'definition', severity: 'error', message, pointer: '/openapi/paths' };
}

function* checkPolicies({ openapi, properties }: ConnectorDefinition): Generator<DraftProblem> {
  const known = new Set([...listOperations(openapi)].map(({ operation }) => operation['operationId']));
  for (const policy of readPolicies(properties)) {
    const name = policy.title || policy.template;
    const pointer = formatPointer(['properties', 'policyTemplateInstances', policy.index]);
    for (const problem of checkPolicy(policy)) {
      const severity = policy.supported ? 'error' : 'warning';
      yield { step: 'policies', severity, message: `${name}: ${problem}`, pointer };
    }
    for (const id of policy.operationIds ?? []) {
      if (known.has(id)) continue;
      const message = `${name}: there is no operation '${id}'.`;
      yield { step: 'policies', severity: 'warning', message, pointer };
    }
  }
}

function* checkCode(definition: ConnectorDefinition): Generator<DraftProblem> {
  const ids = listOperationsToPort(definition);
  if (ids.length === 0) return;
  const which = ids.length === 1 ? `the operation ${ids[0]}` : `${ids.length} operations`;
  const message = `The code is C#, which is kept, but not run: ${which} cannot be called until it is ported.`;
  yield { step: 'code', severity: 'warning', message, pointer: '/files' };
}

/** Rules without which calls do not work as written. */
const BREAKING = new Set([
  'CERT-OPID-REQUIRED',
  'CERT-OPID-UNIQUE',
  'CERT-PATH-FORM',
  'CERT-PATH-UNIQUE',
  'CERT-PATHPARAM-MATCH',
  'CERT-PARAM-UNIQUE',
]);
/** Rules by which something is probably not as it was meant. */
const DOUBTFUL = new Set([
  'CERT-PATHPARAM-REQUIRED',
  'CERT-REF',
  'CERT-DYNAMIC-OPERATION',
  'CERT-GET-BODY',
  'CERT-DEFAULT-TYPE',
  'CERT-INTERNAL-NODEFAULT',
  'CERT-SECURITY-REF',
  'CERT-REQUIRED-UNDEFINED',
]);
/** Said above in other words, or of no concern before the connector is handed in somewhere. */
const SAID = new Set([
  'CERT-TITLE-REQUIRED',
  'CERT-HOST',
  'CERT-HTTPS',
  'CERT-OPS-COUNT',
  'CERT-CONTACT-FORM',
]);

function* checkRules(definition: ConnectorDefinition): Generator<DraftProblem> {
  for (const finding of certifyConnector(definition)) {
    if (SAID.has(finding.rule)) continue;
    if (finding.severity !== 'error' && !DOUBTFUL.has(finding.rule)) continue;
    const severity = BREAKING.has(finding.rule) ? 'error' : DOUBTFUL.has(finding.rule) ? 'warning' : 'hint';
    const pointer = `/${ROOTS[finding.part]}${finding.pointer}`;
    yield { step: findStep(finding), severity, message: finding.message, pointer, rule: finding.rule };
  }
}

const ROOTS = { document: 'openapi', properties: 'properties', files: 'files' } as const;

function findStep({ part, pointer }: CertificationFinding): DraftStep {
  if (part === 'files') return 'general';
  if (part === 'properties') {
    if (pointer.startsWith('/policyTemplateInstances')) return 'policies';
    if (pointer.startsWith('/connectionParameter')) return 'security';
    return pointer.startsWith('/script') ? 'code' : 'general';
  }
  if (pointer.startsWith('/components/securitySchemes') || pointer.startsWith('/security')) return 'security';
  return pointer.startsWith('/paths') || pointer.startsWith('/components') ? 'definition' : 'general';
}
