import type {
  AuthenticationMethod,
  ConnectionParameter,
  ConnectorSummary,
  Connector as ConnectorView,
  OperationSummary,
} from '../../api/index.ts';
import type { CodeLimits } from '../../code/index.ts';
import {
  type CompiledConnector,
  type AuthenticationMethod as CompiledMethod,
  type CompiledOperation,
  type ConnectionParameter as CompiledParameter,
  type ConnectorDefinition,
  findSuperseded,
  markCustomCode,
} from '../../connector/index.ts';
import { HTTP_LIMITS } from '../../http/index.ts';
import type { Connector } from '../../store/index.ts';

export function viewConnectorSummary(connector: Connector): ConnectorSummary {
  const { environmentId: _environment, description, categories, ...summary } = connector;
  return {
    ...summary,
    description: description || undefined,
    categories: categories.length > 0 ? [...categories] : undefined,
  };
}

export function viewMethods(connector: CompiledConnector): AuthenticationMethod[] {
  const several = connector.authentication.length > 1;
  return connector.authentication.map((method) => viewMethod(method, several));
}

function viewMethod(method: CompiledMethod, several: boolean): AuthenticationMethod {
  const rule = method.credentials.find((one) => one.type === 'oauth2');
  return {
    type: method.kind,
    parameterSet: several ? method.name : undefined,
    title: method.title,
    description: method.description || undefined,
    supported: rule === undefined || rule.plan.problem === undefined,
    ...(rule === undefined
      ? {}
      : { signIn: rule.plan.grant === 'authorization-code', provider: rule.plan.title }),
    parameters: method.parameters.flatMap(viewParameter),
  };
}

/** Settings of OAuth and of gateways are no fields that somebody fills in. */
function viewParameter(parameter: CompiledParameter): ConnectionParameter[] {
  const { name, type, title, description, tooltip, secret, required, hidden, defaultValue, allowedValues } =
    parameter;
  if (type === 'oauthSetting' || type === 'gatewaySetting') return [];
  return [
    {
      name,
      type,
      title,
      description: description || undefined,
      hint: tooltip || undefined,
      secret,
      required,
      hidden: hidden || undefined,
      default: secret ? undefined : defaultValue,
      clearText: parameter.clearText,
      dependencies: parameter.dependencies && mapDependencies(parameter.dependencies),
      options: allowedValues?.map((option) => ({ value: String(option.value), title: option.title })),
    },
  ];
}

/** All operations in the order of the document, but of one family the newest revision first, in the first one's place. */
export function viewOperations({ operations, definition }: CompiledConnector): OperationSummary[] {
  const superseded = findSuperseded(operations);
  const families = new Map<string, CompiledOperation[]>();
  for (const operation of operations) {
    const key = operation.extensions.annotation?.family || ` ${operation.operationId}`;
    const family = families.get(key);
    if (family === undefined) families.set(key, [operation]);
    else family.push(operation);
  }
  const revision = ({ extensions }: CompiledOperation) => extensions.annotation?.revision ?? 1;
  return [...families.values()].flatMap((family) =>
    family
      .toSorted((a, b) => revision(b) - revision(a))
      .map((one) => viewOperationSummary(one, superseded, definition)),
  );
}

function mapDependencies(dependencies: NonNullable<CompiledParameter['dependencies']>) {
  return Object.fromEntries(Object.entries(dependencies).map(([name, values]) => [name, [...values]]));
}

/** @param superseded what to offer instead, by operation id: see `findSuperseded` */
export function viewOperationSummary(
  operation: CompiledOperation,
  superseded: ReadonlyMap<string, string>,
  definition: ConnectorDefinition,
): OperationSummary {
  const { operationId, method, path, kind, trigger, summary, description, visibility, deprecated, tags } =
    operation;
  const { annotation, requiresConfirmation } = operation.extensions;
  return {
    operationId,
    method,
    path,
    kind,
    triggerType: trigger?.kind,
    summary,
    description: description || undefined,
    visibility: visibility === 'normal' ? undefined : visibility,
    deprecated: deprecated || undefined,
    supersededBy: superseded.get(operationId),
    family: annotation?.family || undefined,
    revision: annotation?.revision,
    status: annotation?.status || undefined,
    customCode: markCustomCode(definition, operationId),
    requiresConfirmation: requiresConfirmation || undefined,
    tags: tags.length > 0 ? [...tags] : undefined,
  };
}

/** What a call of the connector may take; built-in ones call nobody. */
export function viewLimits(connector: CompiledConnector, code: CodeLimits): ConnectorView['limits'] {
  const { timeoutMs, maxResponseBytes, maxRedirects, stream } = HTTP_LIMITS;
  const runsCode = connector.operations.some(
    ({ operationId }) => markCustomCode(connector.definition, operationId) === 'runs',
  );
  const { threads: _threads, ...limits } = code;
  return {
    timeoutMs,
    maxResponseBytes,
    maxRedirects,
    stream,
    rate: connector.rateLimit,
    code: runsCode ? limits : undefined,
  };
}
