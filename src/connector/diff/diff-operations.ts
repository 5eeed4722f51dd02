import { equalJson, formatPointer } from '../../base/index.ts';
import type { CompiledConnector, CompiledOperation, CompiledParameter } from '../types.ts';
import { type SchemaChange, SchemaDiff, type Side } from './diff-schemas.ts';
import type { ChangedField, ConnectorChange } from './types.ts';

/** Where an operation stands in its document. */
export function pointerOf({ path, method }: CompiledOperation): string {
  return formatPointer(['paths', path, method.toLowerCase()]);
}

interface Pair {
  readonly old: CompiledOperation;
  readonly now: CompiledOperation;
  readonly schemas: SchemaDiff;
}

export function diffOperations(before: CompiledConnector, after: CompiledConnector): ConnectorChange[] {
  const schemas = new SchemaDiff(before.definition.openapi, after.definition.openapi);
  const changes: ConnectorChange[] = [];
  const renamed = new Set<string>();
  for (const old of before.operations) {
    const now = after.operation(old.operationId);
    if (now !== undefined) {
      changes.push(...diffOperation({ old, now, schemas }));
      continue;
    }
    const other = after.operations.find((one) => one.method === old.method && one.path === old.path);
    const isNew = other !== undefined && before.operation(other.operationId) === undefined;
    if (isNew) renamed.add(other.operationId);
    changes.push(isNew ? describeRenamed(old, other) : describeRemoved(old));
  }
  for (const now of after.operations) {
    if (before.operation(now.operationId) !== undefined || renamed.has(now.operationId)) continue;
    const message = `The operation ${now.operationId} is new.`;
    changes.push({ class: 'safe', code: 'OPERATION_ADDED', message, pointer: pointerOf(now) });
  }
  return changes;
}

function describeRenamed(old: CompiledOperation, now: CompiledOperation): ConnectorChange {
  const message = `The operation ${old.operationId} is called ${now.operationId} now.`;
  return {
    class: 'breaking',
    code: 'OPERATION_RENAMED',
    message,
    pointer: pointerOf(now),
    operationId: old.operationId,
  };
}

function describeRemoved(old: CompiledOperation): ConnectorChange {
  const message = `The operation ${old.operationId} is gone.`;
  return {
    class: 'breaking',
    code: 'OPERATION_REMOVED',
    message,
    pointer: pointerOf(old),
    operationId: old.operationId,
  };
}

function diffOperation(pair: Pair): ConnectorChange[] {
  return [...diffHead(pair), ...diffParameters(pair), ...diffBody(pair), ...diffResponse(pair)];
}

function describe(
  { old, now }: Pair,
  change: Omit<ConnectorChange, 'pointer' | 'operationId'>,
): ConnectorChange {
  return { ...change, pointer: pointerOf(now), operationId: old.operationId };
}

function diffHead(pair: Pair): ConnectorChange[] {
  const { old, now } = pair;
  const id = old.operationId;
  const changes: ConnectorChange[] = [];
  if (old.method !== now.method || old.path !== now.path) {
    const message = `${id} was ${old.method} ${old.path} and is ${now.method} ${now.path}.`;
    changes.push(describe(pair, { class: 'risky', code: 'ADDRESS_CHANGED', message }));
  }
  if (
    old.kind !== now.kind ||
    old.trigger?.kind !== now.trigger?.kind ||
    old.trigger?.batch !== now.trigger?.batch
  ) {
    const message = `${id} was ${sayKind(old)} and is ${sayKind(now)}.`;
    changes.push(describe(pair, { class: 'breaking', code: 'OPERATION_KIND_CHANGED', message }));
  }
  if (old.deprecated !== now.deprecated) {
    const message = now.deprecated ? `${id} is deprecated now.` : `${id} is no longer deprecated.`;
    changes.push(
      describe(pair, { class: now.deprecated ? 'risky' : 'safe', code: 'DEPRECATION_CHANGED', message }),
    );
  }
  if (
    old.summary !== now.summary ||
    old.description !== now.description ||
    old.visibility !== now.visibility
  ) {
    const message = `${id} is described in other words.`;
    changes.push(describe(pair, { class: 'safe', code: 'DESCRIPTION_CHANGED', message }));
  }
  if (
    !equalJson(old.security?.map((one) => [...one]) ?? null, now.security?.map((one) => [...one]) ?? null)
  ) {
    const message =
      now.security?.length === 0
        ? `${id} is called without credentials now.`
        : `${id} asks for other credentials.`;
    changes.push(describe(pair, { class: 'risky', code: 'OPERATION_SECURITY_CHANGED', message }));
  }
  if (JSON.stringify(old.paging ?? old.pageable) !== JSON.stringify(now.paging ?? now.pageable)) {
    const isGone = (now.paging ?? now.pageable) === undefined;
    const message = isGone
      ? `The pages of ${id} are no longer followed.`
      : `The pages of ${id} are followed in another way.`;
    changes.push(describe(pair, { class: 'risky', code: 'PAGING_CHANGED', message }));
  }
  if (!equalJson(policiesOf(old), policiesOf(now))) {
    changes.push(
      describe(pair, { class: 'risky', code: 'POLICIES_CHANGED', message: `Other policies apply to ${id}.` }),
    );
  }
  return changes;
}

function policiesOf({ policies }: CompiledOperation) {
  return policies.map(({ template, section, parameters }) => ({ template, section, parameters }));
}

function sayKind({ kind, trigger }: CompiledOperation): string {
  return trigger === undefined
    ? `an ${kind}`
    : `a ${trigger.kind} trigger${trigger.batch ? ' of lists' : ''}`;
}

/** Everything an operation takes by name: fields of Swagger forms stand beside the parameters. */
function parametersOf({ parameters, body }: CompiledOperation): Map<string, CompiledParameter> {
  const all = [...parameters, ...(body?.asParameters ? (body.fields ?? []) : [])];
  return new Map(all.map((parameter) => [parameter.name, parameter]));
}

function diffParameters(pair: Pair): ConnectorChange[] {
  const before = parametersOf(pair.old);
  const after = parametersOf(pair.now);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    const field: ChangedField = { in: 'parameter', path: [name] };
    if (now === undefined)
      return [
        describeField(pair, field, {
          class: 'breaking',
          code: 'PARAMETER_REMOVED',
          path: [],
          what: 'is gone',
        }),
      ];
    if (old === undefined) return [describeField(pair, field, describeAdded(now))];
    return diffParameter(pair, old, now).map((change) => describeField(pair, field, change));
  });
}

function describeAdded(parameter: CompiledParameter): SchemaChange {
  const isNeeded = parameter.required && parameter.default === undefined;
  return isNeeded
    ? { class: 'breaking', code: 'REQUIRED_PARAMETER_ADDED', path: [], what: 'is new and required' }
    : { class: 'safe', code: 'PARAMETER_ADDED', path: [], what: 'is new' };
}

function diffParameter({ schemas }: Pair, old: CompiledParameter, now: CompiledParameter): SchemaChange[] {
  const changes: SchemaChange[] = [];
  if (old.required !== now.required) {
    const isNeeded = now.required && now.default === undefined;
    const what = now.required ? 'is required now' : 'is optional now';
    changes.push({
      class: isNeeded ? 'breaking' : 'safe',
      code: 'PARAMETER_NECESSITY_CHANGED',
      path: [],
      what,
    });
  }
  if (!equalJson(old.default, now.default))
    changes.push({ class: 'risky', code: 'DEFAULT_CHANGED', path: [], what: 'has another default' });
  if (!equalJson(placeOf(old), placeOf(now)))
    changes.push({
      class: 'risky',
      code: 'PARAMETER_PLACE_CHANGED',
      path: [],
      what: 'is sent in another way',
    });
  return [...changes, ...schemas.compare(old.schema, now.schema, 'input')];
}

/** All that tells how a value is written into a request. */
function placeOf(parameter: CompiledParameter) {
  const { in: place, style, explode, mediaType, encoding, allowReserved, sentAs, itemDelimiters } = parameter;
  return {
    place,
    style,
    explode,
    encoding,
    allowReserved,
    mediaType: mediaType ?? '',
    sentAs: sentAs ?? '',
    itemDelimiters: [...(itemDelimiters ?? [])],
  };
}

const SIDES = { parameter: 'The parameter', body: 'The input', response: 'The answer' } as const;

function describeField(pair: Pair, owner: ChangedField, change: SchemaChange): ConnectorChange {
  const field = { ...owner, path: [...owner.path, ...change.path] };
  const name = field.path.join('/');
  const subject = name === '' ? SIDES[owner.in] : `${SIDES[owner.in]} '${name}'`;
  const message = `${subject} of ${pair.old.operationId} ${change.what}.`;
  return describe(pair, { class: change.class, code: change.code, message, field });
}

function diffBody(pair: Pair): ConnectorChange[] {
  const old = pair.old.body?.asParameters ? undefined : pair.old.body;
  const now = pair.now.body?.asParameters ? undefined : pair.now.body;
  const say = (path: string[], change: SchemaChange) => describeField(pair, { in: 'body', path }, change);
  if (old === undefined && now === undefined) return [];
  if (now === undefined)
    return [
      say([old?.name ?? 'body'], { class: 'breaking', code: 'BODY_REMOVED', path: [], what: 'is gone' }),
    ];
  if (old === undefined) {
    const what = now.required ? 'is new and required' : 'is new';
    return [
      say([now.name], {
        class: now.required ? 'breaking' : 'safe',
        code: now.required ? 'REQUIRED_FIELD_ADDED' : 'BODY_ADDED',
        path: [],
        what,
      }),
    ];
  }
  const changes: SchemaChange[] = [];
  if (old.name !== now.name)
    changes.push({ class: 'breaking', code: 'BODY_RENAMED', path: [], what: `is called '${now.name}' now` });
  if (old.required !== now.required)
    changes.push({
      class: now.required ? 'breaking' : 'safe',
      code: 'FIELD_NOW_REQUIRED',
      path: [],
      what: now.required ? 'is required now' : 'is optional now',
    });
  if (old.mediaType !== now.mediaType)
    changes.push({
      class: 'risky',
      code: 'MEDIA_TYPE_CHANGED',
      path: [],
      what: `is sent as ${now.mediaType} now`,
    });
  return [...changes, ...pair.schemas.compare(old.schema, now.schema, 'input')].map((change) =>
    say([old.name], change),
  );
}

function diffResponse(pair: Pair): ConnectorChange[] {
  const old = pair.old.successResponse;
  const now = pair.now.successResponse;
  const side: Side = 'answer';
  const field: ChangedField = { in: 'response', path: [] };
  const changes: SchemaChange[] = [];
  if (old?.status !== now?.status) {
    const what = `was ${old?.status ?? 'not described'} and is ${now?.status ?? 'not described'}`;
    changes.push({ class: 'risky', code: 'STATUS_CHANGED', path: [], what });
  }
  if (old?.schema !== undefined && now?.schema === undefined) {
    changes.push({ class: 'breaking', code: 'RESPONSE_REMOVED', path: [], what: 'is no longer described' });
  } else if (old?.schema !== undefined) changes.push(...pair.schemas.compare(old.schema, now?.schema, side));
  else if (now?.schema !== undefined)
    changes.push({ class: 'safe', code: 'RESPONSE_ADDED', path: [], what: 'is described now' });
  const notification = pair.schemas.compare(
    pair.old.trigger?.notificationSchema,
    pair.now.trigger?.notificationSchema,
    side,
  );
  return [...changes, ...notification].map((change) => describeField(pair, field, change));
}
