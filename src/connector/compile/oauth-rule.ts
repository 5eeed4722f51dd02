import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { findIdentityProvider } from '../oauth/identity-providers.ts';
import { readOAuthPlan } from '../oauth/read-plan.ts';
import { listUnknownPlaceholders } from '../oauth/unknown-placeholders.ts';
import type { ConnectionParameter, CredentialRule } from '../types.ts';
import { createConnectionParameter } from './connection-parameters.ts';
import { listSecurityChoices } from './security-schemes.ts';
import { firstText } from './text.ts';

type OAuthRule = Extract<CredentialRule, { type: 'oauth2' }>;

/** How connections with this `oauthSetting` get their tokens. */
export function createOAuthRule(
  setting: ConnectionParameter,
  parameters: readonly ConnectionParameter[],
  document: JsonObject,
  fallback: { authorizationUrl?: string; tokenUrl?: string } = {},
): OAuthRule {
  const settings = setting.oAuthSettings ?? {};
  const parameterNames = [...parameters.map(({ name }) => name), ...listVariables(document)];
  const plan = readOAuthPlan(settings, { parameter: setting.name, parameterNames, fallback });
  return { type: 'oauth2', parameter: setting.name, settings, plan };
}

/** Adds a parameter for each placeholder of the addresses that nothing else fills: Zendesk's subdomain, say. */
export function completeParameters(
  parameters: readonly ConnectionParameter[],
  { plan }: OAuthRule,
  document: JsonObject,
): ConnectionParameter[] {
  const fields = findIdentityProvider(plan.provider)?.fields ?? [];
  const known = [...parameters.map(({ name }) => name), ...listVariables(document)];
  const added = listUnknownPlaceholders(plan, known).map((name) => {
    const field = fields.find((one) => one.name.toLowerCase() === name);
    return createConnectionParameter({
      name: `${plan.parameter}:${field?.name ?? name}`,
      type: 'string',
      title: field?.title ?? name,
      description: field?.description ?? "Part of the identity provider's address.",
      ...(field?.allowed && { allowedValues: field.allowed.map((value) => ({ value, title: value })) }),
    });
  });
  return [...parameters, ...added];
}

/** Variables of the servers' addresses are asked for as connection parameters. */
function listVariables(document: JsonObject): string[] {
  const servers = Array.isArray(document['servers']) ? document['servers'].filter(isJsonObject) : [];
  return servers.flatMap(({ variables }) =>
    isJsonObject(variables)
      ? Object.keys(variables).map((name) => `server_${name.replace(/\W+/g, '_')}`)
      : [],
  );
}

/** The document's OAuth scheme, for settings that name no addresses. */
export function findScheme(document: JsonObject): JsonObject | undefined {
  const schemes = listSecurityChoices(document).flat();
  return schemes.find(({ scheme }) => String(scheme['type']).toLowerCase() === 'oauth2')?.scheme;
}

export function readFlowAddresses(scheme: JsonObject | undefined): {
  authorizationUrl?: string;
  tokenUrl?: string;
} {
  const flows = isJsonObject(scheme?.['flows']) ? Object.values(scheme['flows']).filter(isJsonObject) : [];
  const authorizationUrl = firstText(...flows.map((flow) => flow['authorizationUrl']));
  const tokenUrl = firstText(...flows.map((flow) => flow['tokenUrl']));
  return {
    ...(authorizationUrl === '' ? {} : { authorizationUrl }),
    ...(tokenUrl === '' ? {} : { tokenUrl }),
  };
}
