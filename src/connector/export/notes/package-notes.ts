import { isJsonObject, type Json, joinPointer } from '../../../base/index.ts';
import { createSecurityReader } from '../../compile/operation-security.ts';
import type { ConnectorDefinition } from '../../definition-types.ts';
import { listOperations } from '../../operations.ts';
import type { ExportFormat } from '../types.ts';
import type { Notes } from './notes.ts';

/** What stands beside the document: only a package has a place for it. */
export function notePackage(definition: ConnectorDefinition, format: ExportFormat, notes: Notes): void {
  const { properties, files } = definition;
  const names = Object.keys(files);
  const script = names.find((name) => /^script\./i.test(name));
  if (format === 'power-platform') {
    if (script !== undefined && !/\.csx$/i.test(script)) {
      const message = `The custom code ${script} is in the package, but the Power Platform runs C# (script.csx) only.`;
      notes.add('EXPORT_SCRIPT_NEEDS_PORT', joinPointer('/files', script), message);
    }
    noteOpenOperations(definition, notes);
    return;
  }
  notePolicies(properties['policyTemplateInstances'], notes);
  noteConnection(properties['connectionParameters'], '/properties/connectionParameters', notes);
  noteConnection(properties['connectionParameterSets'], '/properties/connectionParameterSets', notes);
  for (const name of names) {
    const pointer = joinPointer('/files', name);
    if (name === script) {
      notes.add(
        'EXPORT_SCRIPT_LEFT_OUT',
        pointer,
        `The custom code ${name} is left out; requests go to the service as they are.`,
      );
    } else notes.add('EXPORT_FILE_LEFT_OUT', pointer, `The file ${name} is left out.`);
  }
}

/** The Power Platform authenticates all operations alike. */
function noteOpenOperations(definition: ConnectorDefinition, notes: Notes): void {
  const readSecurity = createSecurityReader(definition);
  for (const { operation, pointer, method, path } of listOperations(definition.openapi)) {
    if (readSecurity(operation)?.length !== 0) continue;
    const message = `${method.toUpperCase()} ${path} is called without credentials; the Power Platform sends them with every call.`;
    notes.add('EXPORT_SECURITY_CHANGED', joinPointer(pointer, 'security'), message);
  }
}

function notePolicies(policies: Json | undefined, notes: Notes): void {
  for (const [index, policy] of [policies ?? []].flat().entries()) {
    const title = isJsonObject(policy) ? String(policy['title'] ?? policy['templateId'] ?? '') : '';
    const message = `The policy '${title}' is left out: requests and answers stay as they are.`;
    notes.add('EXPORT_POLICIES_LEFT_OUT', `/properties/policyTemplateInstances/${index}`, message);
  }
}

function noteConnection(parameters: Json | undefined, pointer: string, notes: Notes): void {
  if (!isJsonObject(parameters)) return;
  const { values } = parameters;
  const names = Array.isArray(values)
    ? values.filter(isJsonObject).map((one) => String(one['name']))
    : Object.keys(parameters);
  if (names.length === 0) return;
  const message = `What a connection asks for (${names.join(', ')}) is left out, but for what the document itself says of authentication.`;
  notes.add('EXPORT_CONNECTION_LEFT_OUT', pointer, message);
}
