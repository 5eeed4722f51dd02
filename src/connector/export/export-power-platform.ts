import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectionParameter, ConnectorDefinition } from '../types.ts';
import { exportSwagger } from './export-openapi.ts';

export interface PowerPlatformPackage {
  readonly swagger: JsonObject;
  /** The whole of `apiProperties.json`. */
  readonly properties: JsonObject;
}

/** What a Power Platform package holds beside the files that were kept. */
export function exportPowerPlatform(definition: ConnectorDefinition): PowerPlatformPackage {
  const isOwn = definition.source.format === 'power-platform';
  const properties = isOwn ? definition.properties : createProperties(definition);
  return { swagger: exportSwagger(definition), properties: { properties } };
}

function createProperties(definition: ConnectorDefinition): JsonObject {
  const connector = compileConnector(definition);
  const method = connector.authenticationMethod();
  const parameters = method.parameters.map((one) => [one.name, toParameter(one)] as const);
  // Parameters stand in sets, or by themselves: never both.
  const hasSets = definition.properties['connectionParameterSets'] !== undefined;
  return {
    ...(hasSets ? {} : { connectionParameters: Object.fromEntries(parameters) }),
    iconBrandColor: connector.iconBrandColor,
    capabilities: [],
    ...definition.properties,
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
