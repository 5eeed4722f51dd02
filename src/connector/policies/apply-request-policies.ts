import type { Json } from '../../base/index.ts';
import { ConnectorError } from '../errors.ts';
import { joinTexts, revealText } from '../request/secret-text.ts';
import { toText } from '../request/serialize.ts';
import type {
  HttpRequestPlan,
  OperationInputs,
  PolicyStep,
  QueryEntry,
  RequestContext,
  Text,
} from '../types.ts';
import { evaluatePolicyText, type PolicyScope } from './policy-text.ts';
import { setHeaderEntry } from './set-header.ts';

type Context = Pick<RequestContext, 'connector' | 'operation' | 'values'>;

/**
 * Runs the policies of the request's side, in their order. A template without effect is passed over: its step
 * says `supported: false`, which the trace shows.
 *
 * @throws ConnectorError CONNECTOR_INVALID_POLICY when a host policy makes no host.
 */
export function applyRequestPolicies(
  plan: HttpRequestPlan,
  context: Context,
  inputs: OperationInputs,
): HttpRequestPlan {
  return context.operation.policies
    .filter((policy) => policy.section === 'request' && policy.supported)
    .reduce((current, policy) => applyPolicy(current, policy, context, inputs), plan);
}

function applyPolicy(
  plan: HttpRequestPlan,
  policy: PolicyStep,
  context: Context,
  inputs: OperationInputs,
): HttpRequestPlan {
  const scope: PolicyScope = {
    values: context.values,
    headers: plan.headers,
    query: plan.query,
    body: inputs.body,
  };
  const text = (name: string): Text => evaluatePolicyText(readText(policy.parameters[name]), scope);
  const existsAction = readText(policy.parameters['existsAction']).toLowerCase();
  switch (policy.template) {
    case 'setheader':
      return {
        ...plan,
        headers: setHeaderEntry(plan.headers, revealText(text('name')), text('value'), existsAction),
      };
    case 'setqueryparameter':
      return { ...plan, query: setQuery(plan.query, revealText(text('name')), text('value'), existsAction) };
    case 'dynamichosturl':
    case 'dynamicsubdomain':
      return { ...plan, baseUrl: toBaseUrl(text('urlTemplate'), policy) };
    case 'routerequesttoendpoint':
      return route(plan, policy, inputs);
    default:
      return plan;
  }
}

function readText(value: Json | undefined): string {
  return value === undefined ? '' : toText(value);
}

/** Names may come percent-encoded (`%24top`). A query parameter without a name is none. */
function setQuery(
  query: readonly QueryEntry[],
  written: string,
  value: Text,
  existsAction: string,
): readonly QueryEntry[] {
  const name = decode(written);
  if (name === '') return query;
  const exists = query.some((entry) => entry.name === name);
  if (exists && existsAction === 'skip') return query;
  const kept = existsAction === 'append' ? query : query.filter((entry) => entry.name !== name);
  return [...kept, { name, value }];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Scheme, host, port and base path are replaced; the whole URL may be one connection parameter without a scheme. */
function toBaseUrl(text: Text, policy: PolicyStep): Text {
  const url = joinTexts([text], (written) => {
    const trimmed = written.trim().replace(/\/+$/, '');
    return /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  });
  if (URL.canParse(revealText(url))) return url;
  const title = policy.title === '' ? policy.template : policy.title;
  throw new ConnectorError(
    'CONNECTOR_INVALID_POLICY',
    `The policy '${title}' makes no address of a service.`,
    {
      fix: "Complete the connection's parameters that name the host.",
    },
  );
}

/** `newPath` is relative to the base path; `{name}` takes the encoded value of the operation's path parameter. */
function route(plan: HttpRequestPlan, policy: PolicyStep, inputs: OperationInputs): HttpRequestPlan {
  const [path = '', query = ''] = readText(policy.parameters['newPath']).split('?');
  const fillIn = (text: string) =>
    text.replace(/\{([^{}]+)\}/g, (written, name: string) => {
      const value = inputs.parameters[name];
      return value === undefined ? written : encodeURIComponent(toText(value));
    });
  const added = query.split('&').filter((pair) => pair !== '');
  const entries = added.map((pair): QueryEntry => {
    const [name = '', ...value] = fillIn(pair).split('=');
    return { name: decode(name), value: value.join('='), encoded: true };
  });
  const method = readText(policy.parameters['httpMethod']).toUpperCase();
  const filled = fillIn(path);
  return {
    ...plan,
    method: /^(?:GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD)$/.test(method) ? method : plan.method,
    path: filled.startsWith('/') ? filled : `/${filled}`,
    query: [...entries, ...plan.query],
  };
}
