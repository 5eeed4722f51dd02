import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { checkPolicyParameter } from '../policies/check-policy.ts';
import { findPolicyTemplate } from '../policies/policy-templates.ts';
import type { PolicyParameter, PolicyTemplate } from '../policies/policy-types.ts';
import { readPolicies } from '../policies/read-policies.ts';
import { toText } from '../request/serialize.ts';
import type { PolicySection } from '../types.ts';
import { moveItem } from './edit-at.ts';
import { setMember } from './members.ts';

const INSTANCES = 'policyTemplateInstances';
const SECTION = 'x-ms-apimTemplate-policySection';
const OPERATIONS = 'x-ms-apimTemplate-operationName';
const PARAMETER_PREFIX = 'x-ms-apimTemplateParameter.';
const WRITTEN_SECTIONS = { request: 'Request', response: 'Response', failure: 'Failure' } as const;

/** One entry of a connector's policies, as a form shows it. */
export interface PolicyEntry {
  /** Its place among all entries, also those that are none. */
  readonly index: number;
  readonly templateId: string;
  readonly title: string;
  readonly section: PolicySection;
  readonly parameters: JsonObject;
  /** None: it applies to every operation. */
  readonly operationIds: readonly string[];
  /** Undefined: nobody here knows it; it is kept and passed over. */
  readonly template: PolicyTemplate | undefined;
}

export function listPolicies({ properties }: ConnectorDefinition): PolicyEntry[] {
  return readInstances(properties).flatMap((instance, index) => {
    const [policy] = readPolicies({ [INSTANCES]: [instance] });
    if (policy === undefined || !isJsonObject(instance)) return [];
    const { title, section, parameters, operationIds } = policy;
    const templateId = String(instance['templateId']);
    const template = findPolicyTemplate(templateId);
    return [
      { index, templateId, title, section, parameters, operationIds: [...(operationIds ?? [])], template },
    ];
  });
}

/** What is wrong with the value of a field; undefined: nothing. */
export function checkPolicyField(entry: PolicyEntry, parameter: PolicyParameter): string | undefined {
  return checkPolicyParameter(parameter, entry.parameters[parameter.name])[0];
}

/** Adds a policy at the end, with the values its template begins with. */
export function addPolicy(definition: ConnectorDefinition, templateId: string): ConnectorDefinition {
  const template = findPolicyTemplate(templateId);
  if (template === undefined) return definition;
  const [section] = template.sections;
  const defaults = template.parameters.flatMap((parameter): [string, Json][] =>
    parameter.default === undefined
      ? []
      : [[PARAMETER_PREFIX + parameter.name, writeValue(parameter, parameter.default)]],
  );
  const instance: JsonObject = {
    templateId: template.templateId,
    title: template.title,
    ...(template.templateId === 'pollingtrigger' ? { type: 'PollingTrigger' } : {}),
    parameters: {
      ...Object.fromEntries(defaults),
      ...(section === undefined ? {} : { [SECTION]: WRITTEN_SECTIONS[section] }),
    },
  };
  return changeInstances(definition, (instances) => [...instances, instance]);
}

export function deletePolicy(definition: ConnectorDefinition, index: number): ConnectorDefinition {
  return changeInstances(definition, (instances) => instances.toSpliced(index, 1));
}

/** Puts a copy right behind it. */
export function duplicatePolicy(definition: ConnectorDefinition, index: number): ConnectorDefinition {
  return changeInstances(definition, (instances) => {
    const instance = instances[index];
    if (!isJsonObject(instance)) return instances;
    const title = toText(instance['title'] ?? '');
    const copy = { ...structuredClone(instance), title: title === '' ? '' : `${title} (copy)` };
    return instances.toSpliced(index + 1, 0, copy);
  });
}

/** Policies of a side run in their order. */
export function movePolicy(definition: ConnectorDefinition, from: number, to: number): ConnectorDefinition {
  return from === to ? definition : changeInstances(definition, (instances) => moveItem(instances, from, to));
}

export function setPolicyTitle(definition: ConnectorDefinition, index: number, title: string) {
  return changeInstance(definition, index, (instance) => ({ ...instance, title }));
}

/** Sets the value of a field as it was typed; an empty one takes it out. */
export function setPolicyParameter(
  definition: ConnectorDefinition,
  index: number,
  parameter: PolicyParameter,
  value: Json | undefined,
): ConnectorDefinition {
  const isEmpty = value === undefined || value === '';
  const written = isEmpty ? undefined : writeValue(parameter, value);
  return changeParameter(definition, index, PARAMETER_PREFIX + parameter.name, written);
}

export function setPolicySection(definition: ConnectorDefinition, index: number, section: PolicySection) {
  return changeParameter(definition, index, SECTION, WRITTEN_SECTIONS[section]);
}

/** Which operations it applies to, in the order of the document; none: to all. */
export function setPolicyOperations(
  definition: ConnectorDefinition,
  index: number,
  operationIds: readonly string[],
): ConnectorDefinition {
  const order = [...listOperations(definition.openapi)].map(({ operation }) => operation['operationId']);
  const known = order.filter((id): id is string => typeof id === 'string' && operationIds.includes(id));
  const ids = [...known, ...operationIds.filter((id) => !known.includes(id))];
  return changeParameter(definition, index, OPERATIONS, ids.length === 0 ? undefined : ids);
}

/** Everything is text in a package, but for objects and whole numbers. */
function writeValue({ type }: PolicyParameter, value: Json): Json {
  if (type === 'object') return value;
  const text = toText(value);
  return type === 'integer' && /^\s*\d+\s*$/.test(text) ? Number(text) : text;
}

function readInstances(properties: JsonObject): Json[] {
  const instances = properties[INSTANCES];
  return Array.isArray(instances) ? instances : [];
}

function changeInstances(
  definition: ConnectorDefinition,
  change: (instances: Json[]) => Json[],
): ConnectorDefinition {
  const { properties } = definition;
  const before = readInstances(properties);
  const after = change(before);
  if (after === before) return definition;
  const written = after.length === 0 ? undefined : after;
  return { ...definition, properties: setMember(properties, INSTANCES, written) };
}

function changeInstance(
  definition: ConnectorDefinition,
  index: number,
  change: (instance: JsonObject) => JsonObject,
): ConnectorDefinition {
  return changeInstances(definition, (instances) => {
    const instance = instances[index];
    return isJsonObject(instance) ? instances.with(index, change(instance)) : instances;
  });
}

/** A name is written as it stood before, whatever its case. */
function changeParameter(
  definition: ConnectorDefinition,
  index: number,
  name: string,
  value: Json | undefined,
): ConnectorDefinition {
  return changeInstance(definition, index, (instance) => {
    const { parameters: before } = instance;
    const parameters = isJsonObject(before) ? before : {};
    const key = Object.keys(parameters).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    return { ...instance, parameters: setMember(parameters, key, value) };
  });
}
