import { equalJson, type Json, stringifyJson } from '../../base/index.ts';
import type {
  AuthenticationMethod,
  CompiledConnector,
  ConnectionParameter,
  CredentialRule,
} from '../types.ts';
import type { ChangeClass, ConnectorChange } from './types.ts';

const SECURITY = '/components/securitySchemes';

/** Connections are made in one way of several; what matters is whether theirs is still there and needs no more. */
export function diffAuthentication(old: CompiledConnector, now: CompiledConnector): ConnectorChange[] {
  const after = new Map(now.authentication.map((method) => [method.name, method]));
  const before = new Set(old.authentication.map((method) => method.name));
  const changes = old.authentication.flatMap((method): ConnectorChange[] => {
    const same = after.get(method.name);
    if (same !== undefined) return diffMethod(method, same);
    const message = `The way to authenticate '${method.title}' is gone: its connections must be made again.`;
    return [{ class: 'breaking', code: 'SECURITY_REMOVED', message, pointer: SECURITY }];
  });
  const added = now.authentication.filter((method) => !before.has(method.name));
  return [
    ...changes,
    ...added.map(({ title }): ConnectorChange => {
      const message = `The way to authenticate '${title}' is new.`;
      return { class: 'safe', code: 'SECURITY_ADDED', message, pointer: SECURITY };
    }),
  ];
}

interface Change {
  readonly code: string;
  readonly kind: ChangeClass;
  /** The end of a sentence that begins with the way to authenticate. */
  readonly what: string;
}

function diffMethod(old: AuthenticationMethod, now: AuthenticationMethod): ConnectorChange[] {
  return [...diffCredentials(old, now), ...diffConnectionParameters(old, now)].map(({ code, kind, what }) => {
    const message = `The way to authenticate '${now.title}' ${what}.`;
    return { class: kind, code, message, pointer: SECURITY };
  });
}

function diffCredentials(old: AuthenticationMethod, now: AuthenticationMethod): Change[] {
  if (old.kind !== now.kind)
    return [{ code: 'SECURITY_CHANGED', kind: 'breaking', what: `was ${old.kind} and is ${now.kind}` }];
  if (!equalJson(toSent(old), toSent(now)))
    return [{ code: 'SECURITY_CHANGED', kind: 'breaking', what: 'sends its credentials in another way' }];
  return diffSignIn(old, now);
}

/** How credentials are got and sent; what a person consents to is told apart. */
function toSent({ credentials }: AuthenticationMethod): Json {
  const sent = credentials.map((rule) => {
    if (rule.type !== 'oauth2') return rule;
    const { scopes: _scopes, clientId: _client, title: _title, docs: _docs, ...plan } = rule.plan;
    return { type: rule.type, parameter: rule.parameter, plan };
  });
  return JSON.parse(JSON.stringify(sent)) as Json;
}

function diffSignIn(old: AuthenticationMethod, now: AuthenticationMethod): Change[] {
  const [before, after] = [findPlan(old.credentials), findPlan(now.credentials)];
  if (before === undefined || after === undefined) return [];
  const changes: Change[] = [];
  const added = after.scopes.filter((scope) => !before.scopes.includes(scope));
  const removed = before.scopes.filter((scope) => !after.scopes.includes(scope));
  if (added.length > 0) {
    const what = `asks for ${added.join(', ')} too: connections have that once they sign in again`;
    changes.push({ code: 'SCOPES_ADDED', kind: 'risky', what });
  }
  if (removed.length > 0) {
    const what = `asks for ${removed.join(', ')} no longer: connections lose that once they sign in again`;
    changes.push({ code: 'SCOPES_REMOVED', kind: 'risky', what });
  }
  if (before.clientId !== after.clientId) {
    const what = 'signs in as another application: connections may have to sign in again';
    changes.push({ code: 'APPLICATION_CHANGED', kind: 'risky', what });
  }
  return changes;
}

function findPlan(credentials: readonly CredentialRule[]) {
  return credentials.find((rule) => rule.type === 'oauth2')?.plan;
}

/** What a connection was asked for when it was made, against what it needs now. */
function diffConnectionParameters(old: AuthenticationMethod, now: AuthenticationMethod): Change[] {
  const before = new Map(old.parameters.map((parameter) => [parameter.name, parameter]));
  const after = new Set(now.parameters.map(({ name }) => name));
  const removed = old.parameters.filter(({ name }) => !after.has(name));
  return [
    ...removed.map(({ name }): Change => {
      return { code: 'CONNECTION_PARAMETER_REMOVED', kind: 'risky', what: `no longer asks for '${name}'` };
    }),
    ...now.parameters.flatMap((parameter) => {
      const known = before.get(parameter.name);
      return known === undefined ? [describeAdded(parameter)] : diffParameter(known, parameter);
    }),
  ];
}

const isNeeded = ({ required, defaultValue }: ConnectionParameter) => required && defaultValue === undefined;

function describeAdded(parameter: ConnectionParameter): Change {
  const kind = isNeeded(parameter) ? 'breaking' : 'safe';
  return { code: 'CONNECTION_PARAMETER_ADDED', kind, what: `asks for '${parameter.name}' too` };
}

function diffParameter(old: ConnectionParameter, now: ConnectionParameter): Change[] {
  const { name } = now;
  const changes: Change[] = [];
  if (isNeeded(now) && !isNeeded(old))
    changes.push({ code: 'CONNECTION_PARAMETER_REQUIRED', kind: 'breaking', what: `needs '${name}' now` });
  if (old.type !== now.type) {
    const isText = [old.type, now.type].every((type) => /string$/.test(type));
    const what = `takes '${name}' as ${now.type} now`;
    changes.push({ code: 'CONNECTION_PARAMETER_TYPE_CHANGED', kind: isText ? 'safe' : 'breaking', what });
  }
  const allowed = new Set(now.allowedValues?.map(({ value }) => stringifyJson(value)));
  const lost =
    now.allowedValues && old.allowedValues?.filter(({ value }) => !allowed.has(stringifyJson(value)));
  if (lost !== undefined && lost.length > 0) {
    const what = `no longer takes ${lost.map(({ value }) => stringifyJson(value)).join(', ')} as '${name}'`;
    changes.push({ code: 'CONNECTION_PARAMETER_VALUES_REMOVED', kind: 'risky', what });
  } else if (now.allowedValues !== undefined && old.allowedValues === undefined) {
    const what = `takes only some values as '${name}' now`;
    changes.push({ code: 'CONNECTION_PARAMETER_VALUES_REMOVED', kind: 'risky', what });
  }
  return changes;
}
