import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';

/** One scheme that a requirement names, with the scopes it wants. */
interface Requirement {
  readonly name: string;
  readonly pointer: string;
  readonly wanted: readonly Json[];
  readonly scheme: JsonObject | undefined;
}

function listSchemes({ document }: CertifyContext): JsonObject {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  return isJsonObject(components['securitySchemes']) ? components['securitySchemes'] : {};
}

function* listRequirements(context: CertifyContext): Generator<Requirement> {
  const { document, operations } = context;
  const schemes = listSchemes(context);
  const places = [
    { pointer: '/security', written: document['security'] },
    ...operations.map(({ pointer, operation }) => {
      return { pointer: joinPointer(pointer, 'security'), written: operation['security'] };
    }),
  ];
  for (const { pointer, written } of places) {
    for (const [index, requirement] of (Array.isArray(written) ? written : []).entries()) {
      for (const [name, wanted] of Object.entries(isJsonObject(requirement) ? requirement : {})) {
        const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
        yield {
          name,
          pointer: joinPointer(pointer, index, name),
          wanted: Array.isArray(wanted) ? wanted : [],
          scheme: isJsonObject(scheme) ? scheme : undefined,
        };
      }
    }
  }
}

function about(check: (requirement: Requirement) => Omit<Found, 'pointer'> | undefined) {
  return function* (context: CertifyContext): Iterable<Found> {
    for (const requirement of listRequirements(context)) {
      const found = check(requirement);
      if (found !== undefined) yield { pointer: requirement.pointer, ...found };
    }
  };
}

function listScopes({ flows }: JsonObject): Set<string> {
  const each = isJsonObject(flows) ? Object.values(flows).filter(isJsonObject) : [];
  return new Set(each.flatMap(({ scopes }) => (isJsonObject(scopes) ? Object.keys(scopes) : [])));
}

const hasScopes = ({ type }: JsonObject) => type === 'oauth2' || type === 'openIdConnect';

function checkDefined({ name, scheme, wanted }: Requirement) {
  if (scheme === undefined) return { message: `The security requirement '${name}' is defined nowhere.` };
  if (scheme['type'] !== 'oauth2') return undefined;
  const known = listScopes(scheme);
  const missing = wanted.map(String).filter((scope) => !known.has(scope));
  return missing.length === 0
    ? undefined
    : { message: `The scopes ${missing.join(', ')} are not declared by '${name}'.` };
}

/** What a scheme of each type cannot be without. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['name', 'in'],
  http: ['scheme'],
  openIdConnect: ['openIdConnectUrl'],
  oauth2: ['flows'],
};
const URLS: Readonly<Record<string, readonly string[]>> = {
  authorizationCode: ['authorizationUrl', 'tokenUrl'],
  implicit: ['authorizationUrl'],
  password: ['tokenUrl'],
  clientCredentials: ['tokenUrl'],
};

function describeScheme(scheme: JsonObject): string | undefined {
  const type = firstText(scheme['type']);
  const needs = Object.hasOwn(NEEDS, type) ? (NEEDS[type] ?? []) : undefined;
  if (needs === undefined) return `is of no known type ('${type}')`;
  const missing = needs.find((member) => firstText(scheme[member]) === '' && !isJsonObject(scheme[member]));
  if (missing !== undefined) return `has no '${missing}'`;
  if (type === 'apiKey' && !/^(?:header|query)$/.test(String(scheme['in'])))
    return `puts its key in the ${String(scheme['in'])}; hosts know header and query`;
  for (const [flow, written] of Object.entries(isJsonObject(scheme['flows']) ? scheme['flows'] : {})) {
    const url = (Object.hasOwn(URLS, flow) ? (URLS[flow] ?? []) : []).find(
      (member) => firstText(isJsonObject(written) ? written[member] : undefined) === '',
    );
    if (url !== undefined) return `has no '${url}' for its flow '${flow}'`;
  }
  return undefined;
}

/** Rules about how a connector authenticates. */
export const SECURITY_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-SECURITY-REF',
    severity: 'warning',
    title: 'Security requirements name schemes and scopes that are declared.',
    aliases: ['SecurityRequirementMustBeDefined', 'OAuthSecurityRequirementValueMustBeScopeName'],
    check: about(checkDefined),
  },
  {
    id: 'CERT-SECURITY-EMPTY',
    severity: 'warning',
    title: 'Only OAuth asks for scopes; the requirement of another scheme is an empty list.',
    aliases: ['SecurityRequirementMustHaveEmptyValue'],
    fixes: true,
    check: about(({ name, scheme, wanted, pointer }) =>
      scheme === undefined || hasScopes(scheme) || wanted.length === 0
        ? undefined
        : {
            message: `'${name}' has no scopes, and ${wanted.length} are asked for.`,
            fix: [{ part: 'document', pointer, value: [] }],
          },
    ),
  },
  {
    id: 'CERT-SECURITY-SCOPES',
    severity: 'hint',
    title: 'A requirement of OAuth says which of the declared scopes it needs.',
    aliases: ['SecurityRequirementMustHaveValue'],
    check: about(({ name, scheme, wanted }) =>
      scheme === undefined ||
      scheme['type'] !== 'oauth2' ||
      wanted.length > 0 ||
      listScopes(scheme).size === 0
        ? undefined
        : { message: `'${name}' declares scopes, and the requirement names none.` },
    ),
  },
  {
    id: 'CERT-SECURITY-SCHEME',
    severity: 'warning',
    title: 'A way to authenticate says all that its kind needs: name and place of a key, addresses of OAuth.',
    aliases: ['SecuritySchemePropertyRequired', 'SecuritySchemePropertyNotValid'],
    *check(context) {
      for (const [name, scheme] of Object.entries(listSchemes(context))) {
        const wrong = isJsonObject(scheme) ? describeScheme(scheme) : 'is no object';
        const pointer = joinPointer('/components/securitySchemes', name);
        if (wrong !== undefined) yield { pointer, message: `'${name}' ${wrong}.` };
      }
    },
  },
];
