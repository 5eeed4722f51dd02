import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import type { ConnectionParameter } from '../types.ts';
import { type CarriedCookie, carryCookies } from './cookies-to-headers.ts';
import { exportSwagger } from './export-openapi.ts';
import { createPackagePolicies } from './package-policies.ts';

export interface PowerPlatformPackage {
  readonly swagger: JsonObject;
  /** The whole of `apiProperties.json`. */
  readonly properties: JsonObject;
}

/** What a Power Platform package holds beside the files that were kept. */
export function exportPowerPlatform(definition: ConnectorDefinition): PowerPlatformPackage {
  if (definition.source.format === 'power-platform')
    return { swagger: exportSwagger(definition), properties: { properties: definition.properties } };
  const { document, cookies } = carryCookies(definition.openapi);
  const swagger = exportSwagger({ ...definition, openapi: document }, false);
  return { swagger, properties: { properties: createProperties(definition, cookies) } };
}

function createProperties(
  definition: ConnectorDefinition,
  cookies: ReadonlyMap<string, readonly CarriedCookie[]>,
): JsonObject {
  const connector = compileConnector(definition);
  const policies = createPackagePolicies(connector, cookies);
  const { policyTemplateInstances: own, ...properties } = definition.properties;
  const all = [...policies, ...[own ?? []].flat()];
  const method = connector.authenticationMethod();
  const parameters = method.parameters.map((one) => [one.name, toParameter(one)] as const);
  // Parameters stand in sets, or by themselves: never both.
  const hasSets = definition.properties['connectionParameterSets'] !== undefined;
  return {
    ...(hasSets ? {} : { connectionParameters: Object.fromEntries(parameters) }),
    iconBrandColor: connector.iconBrandColor,
    capabilities: [],
    ...properties,
    ...(all.length === 0 ? {} : { policyTemplateInstances: all }),
  };
}

/** As `connectionParameters` has it. */
export function toParameter(parameter: ConnectionParameter): JsonObject {
  const { title, description, tooltip, required, hidden, allowedValues, defaultValue } = parameter;
  const allowed = allowedValues?.map((one): Json => ({ text: one.title, value: one.value }));
  const constraints: JsonObject = {
    required: String(required),
    ...(hidden ? { hidden: 'true' } : {}),
    ...(allowed === undefined ? {} : { allowedValues: allowed }),
  };
  return {
    type: parameter.type,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(parameter.oAuthSettings === undefined ? {} : { oAuthSettings: parameter.oAuthSettings }),
    uiDefinition: { displayName: title, description, tooltip: tooltip || description, constraints },
  };
}
