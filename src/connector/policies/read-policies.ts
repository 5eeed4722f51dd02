import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { PolicySection, PolicyStep } from '../types.ts';
import { findPolicyTemplate } from './policy-templates.ts';

/** A policy, and to which operations it applies; `undefined`: to all. */
export interface ConnectorPolicy extends PolicyStep {
  readonly operationIds: ReadonlySet<string> | undefined;
  /** Its place among the instances. */
  readonly index: number;
}

const PARAMETER_PREFIX = 'x-ms-apimtemplateparameter.';

/** The policies of a connector's properties (`policyTemplateInstances`), in order. */
export function readPolicies(properties: JsonObject): ConnectorPolicy[] {
  const { policyTemplateInstances: instances } = properties;
  return Array.isArray(instances)
    ? instances.flatMap((one, index) => (isJsonObject(one) ? readPolicy(one, index) : []))
    : [];
}

function readPolicy(instance: JsonObject, index: number): ConnectorPolicy[] {
  if (typeof instance['templateId'] !== 'string') return [];
  const template = instance['templateId'].toLowerCase();
  const written = isJsonObject(instance['parameters']) ? instance['parameters'] : {};
  const settings = new Map(Object.entries(written).map(([key, value]) => [key.toLowerCase(), value]));
  return [
    {
      template,
      title: typeof instance['title'] === 'string' ? instance['title'] : '',
      section: readSection(template, settings.get('x-ms-apimtemplate-policysection')),
      parameters: readParameters(written),
      supported: findPolicyTemplate(template) !== undefined,
      index,
      operationIds: readOperationIds(settings.get('x-ms-apimtemplate-operationname')),
    },
  ];
}

function readParameters(written: JsonObject): JsonObject {
  const own = Object.entries(written).filter(([key]) => key.toLowerCase().startsWith(PARAMETER_PREFIX));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(PARAMETER_PREFIX.length), value]));
}

/** The section a policy names, where its template may stand there; else the template's own. */
function readSection(template: string, written: Json | undefined): PolicySection {
  const section = String(written ?? '').toLowerCase();
  const isSection = section === 'request' || section === 'response' || section === 'failure';
  const known = findPolicyTemplate(template);
  if (isSection && (known === undefined || known.sections.includes(section))) return section;
  return known?.sections[0] ?? 'request';
}

/** Absent and `[]` both mean every operation. */
function readOperationIds(written: Json | undefined): ReadonlySet<string> | undefined {
  const names = [written ?? []].flat().filter((name) => typeof name === 'string');
  return names.length > 0 ? new Set(names) : undefined;
}
