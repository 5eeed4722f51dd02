import type { IdentityProvider, ProviderField } from './oauth-types.ts';

const TENANT: ProviderField = {
  name: 'tenantId',
  title: 'Tenant',
  description: 'Id or domain of the directory; common lets anybody with a work account sign in.',
  default: 'common',
};
const LOGIN: ProviderField = {
  name: 'loginUri',
  aliases: ['loginUriAAD'],
  title: 'Login URI',
  description: 'Where people sign in.',
  default: 'https://login.microsoftonline.com',
};
const RESOURCE: ProviderField = {
  name: 'resourceUri',
  aliases: ['resource'],
  title: 'Resource',
  description: 'The API that is called, as its app registration names it.',
};

/** The ways Power Platform knows that lead to any provider: the definition brings the addresses. */
const GENERIC: readonly IdentityProvider[] = [
  { name: 'oauth2', aliases: ['oauth2generic', 'oauth', 'custom'], title: 'OAuth 2.0' },
  { name: 'oauth2pkce', aliases: ['oauth2genericpkce'], title: 'OAuth 2.0 with PKCE', pkce: true },
  {
    name: 'oauth2certificate',
    aliases: ['oauth2genericcertificate'],
    title: 'OAuth 2.0 with a certificate',
    proof: 'certificate',
  },
  {
    name: 'oauth2clientcredentials',
    aliases: ['clientcredentials', 'client_credentials', 'oauth2_client_credentials'],
    title: 'OAuth 2.0 client credentials',
    grant: 'client-credentials',
  },
  { name: 'openidconnect', aliases: ['oidc'], title: 'OpenID Connect', pkce: true, scopes: ['openid'] },
];

const MICROSOFT: readonly IdentityProvider[] = [
  {
    name: 'aad',
    aliases: ['entra', 'entraid', 'azureactivedirectory', 'microsoftentraid'],
    title: 'Microsoft Entra ID',
    docs: 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app',
    pkce: true,
    authorizationUrl: '{loginUri}/{tenantId}/oauth2/authorize',
    tokenUrl: '{loginUri}/{tenantId}/oauth2/token',
    fields: [LOGIN, TENANT, RESOURCE],
  },
  {
    name: 'aadcertificate',
    title: 'Microsoft Entra ID',
    docs: 'https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
    proof: 'certificate',
    pkce: true,
    authorizationUrl: '{loginUri}/{tenantId}/oauth2/authorize',
    tokenUrl: '{loginUri}/{tenantId}/oauth2/token',
    fields: [LOGIN, TENANT, RESOURCE],
  },
  {
    name: 'microsoftaccount',
    aliases: ['live', 'msa', 'windowslive'],
    title: 'Microsoft',
    docs: 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app',
    pkce: true,
    authorizationUrl: 'https://login.microsoftonline.com/consumers/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/consumers/oauth2/v2.0/token',
    scopes: ['offline_access'],
  },
];

function subdomain(name: string, title: string, description: string): ProviderField {
  return { name, title, description };
}

const SERVICES: readonly IdentityProvider[] = [
  {
    name: 'asana',
    title: 'Asana',
    docs: 'https://developers.asana.com/docs/oauth',
    pkce: true,
    authorizationUrl: 'https://app.asana.com/-/oauth_authorize',
    tokenUrl: 'https://app.asana.com/-/oauth_token',
  },
  {
    name: 'atlassian',
    aliases: ['jira', 'confluence'],
    title: 'Atlassian',
    docs: 'https://developer.atlassian.com/console/myapps/',
    authorizationUrl: 'https://auth.atlassian.com/authorize',
    tokenUrl: 'https://auth.atlassian.com/oauth/token',
    authorizationParameters: { audience: 'api.atlassian.com', prompt: 'consent' },
  },
  {
    name: 'bitbucket',
    title: 'Bitbucket',
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/',
    basic: true,
    authorizationUrl: 'https://bitbucket.org/site/oauth2/authorize',
    tokenUrl: 'https://bitbucket.org/site/oauth2/access_token',
  },
  {
    name: 'box',
    title: 'Box',
    docs: 'https://developer.box.com/guides/authentication/oauth2/oauth2-setup/',
    authorizationUrl: 'https://account.box.com/api/oauth2/authorize',
    tokenUrl: 'https://api.box.com/oauth2/token',
  },
  {
    name: 'docusign',
    title: 'DocuSign',
    docs: 'https://developers.docusign.com/platform/auth/authcode/',
    basic: true,
    authorizationUrl: '{loginUri}/oauth/auth',
    tokenUrl: '{loginUri}/oauth/token',
    scopes: ['signature'],
    fields: [
      {
        name: 'loginUri',
        title: 'Login URI',
        description:
          'https://account.docusign.com, or https://account-d.docusign.com for developer accounts.',
        default: 'https://account.docusign.com',
      },
    ],
  },
  {
    name: 'dropbox',
    title: 'Dropbox',
    docs: 'https://www.dropbox.com/developers/apps',
    pkce: true,
    authorizationUrl: 'https://www.dropbox.com/oauth2/authorize',
    tokenUrl: 'https://api.dropboxapi.com/oauth2/token',
    authorizationParameters: { token_access_type: 'offline' },
  },
  {
    name: 'eventbrite',
    title: 'Eventbrite',
    docs: 'https://www.eventbrite.com/platform/api-keys',
    authorizationUrl: 'https://www.eventbrite.com/oauth/authorize',
    tokenUrl: 'https://www.eventbrite.com/oauth/token',
  },
  {
    name: 'facebook',
    title: 'Facebook',
    docs: 'https://developers.facebook.com/apps/',
    authorizationUrl: 'https://www.facebook.com/v21.0/dialog/oauth',
    tokenUrl: 'https://graph.facebook.com/v21.0/oauth/access_token',
    scopeDelimiter: ',',
  },
  {
    name: 'github',
    title: 'GitHub',
    docs: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/creating-an-oauth-app',
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
  },
  {
    name: 'gitlab',
    title: 'GitLab',
    docs: 'https://docs.gitlab.com/integration/oauth_provider/',
    pkce: true,
    authorizationUrl: '{loginUri}/oauth/authorize',
    tokenUrl: '{loginUri}/oauth/token',
    fields: [
      {
        name: 'loginUri',
        title: 'Address of GitLab',
        description: 'Of your own server, where you have one.',
        default: 'https://gitlab.com',
      },
    ],
  },
  {
    name: 'google',
    aliases: ['googleoauth', 'gmail'],
    title: 'Google',
    docs: 'https://console.cloud.google.com/apis/credentials',
    pkce: true,
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    // Without both, Google gives a refresh token at the first consent only, or never.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  },
  {
    name: 'hubspot',
    title: 'HubSpot',
    docs: 'https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth',
    authorizationUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: 'https://api.hubapi.com/oauth/v1/token',
  },
  {
    name: 'instagram',
    title: 'Instagram',
    docs: 'https://developers.facebook.com/apps/',
    authorizationUrl: 'https://www.instagram.com/oauth/authorize',
    tokenUrl: 'https://api.instagram.com/oauth/access_token',
    scopeDelimiter: ',',
  },
  {
    name: 'intuit',
    aliases: ['quickbooks', 'intuitquickbooks'],
    title: 'Intuit',
    docs: 'https://developer.intuit.com/app/developer/dashboard',
    basic: true,
    authorizationUrl: 'https://appcenter.intuit.com/connect/oauth2',
    tokenUrl: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  },
  {
    name: 'linkedin',
    aliases: ['linkedinv2'],
    title: 'LinkedIn',
    docs: 'https://www.linkedin.com/developers/apps',
    authorizationUrl: 'https://www.linkedin.com/oauth/v2/authorization',
    tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
  },
  {
    name: 'mailchimp',
    title: 'Mailchimp',
    docs: 'https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/',
    authorizationUrl: 'https://login.mailchimp.com/oauth2/authorize',
    tokenUrl: 'https://login.mailchimp.com/oauth2/token',
  },
  {
    name: 'okta',
    title: 'Okta',
    docs: 'https://developer.okta.com/docs/guides/implement-grant-type/authcode/main/',
    pkce: true,
    authorizationUrl: 'https://{domain}/oauth2/default/v1/authorize',
    tokenUrl: 'https://{domain}/oauth2/default/v1/token',
    scopes: ['openid', 'offline_access'],
    fields: [subdomain('domain', 'Okta domain', 'Such as example.okta.com.')],
  },
  {
    name: 'auth0',
    title: 'Auth0',
    docs: 'https://auth0.com/docs/get-started/auth0-overview/create-applications',
    pkce: true,
    authorizationUrl: 'https://{domain}/authorize',
    tokenUrl: 'https://{domain}/oauth/token',
    fields: [subdomain('domain', 'Auth0 domain', 'Such as example.eu.auth0.com.')],
  },
  {
    name: 'pinterest',
    title: 'Pinterest',
    docs: 'https://developers.pinterest.com/apps/',
    basic: true,
    authorizationUrl: 'https://www.pinterest.com/oauth/',
    tokenUrl: 'https://api.pinterest.com/v5/oauth/token',
    scopeDelimiter: ',',
  },
  {
    name: 'salesforce',
    aliases: ['salesforcev2', 'salesforceoauth'],
    title: 'Salesforce',
    docs: 'https://help.salesforce.com/s/articleView?id=sf.connected_app_create.htm',
    pkce: true,
    authorizationUrl: '{loginUri}/services/oauth2/authorize',
    tokenUrl: '{loginUri}/services/oauth2/token',
    scopes: ['api', 'refresh_token'],
    fields: [
      {
        name: 'loginUri',
        title: 'Login URI',
        description: 'https://test.salesforce.com for sandboxes.',
        default: 'https://login.salesforce.com',
      },
    ],
    answers: ['instance_url'],
    instance: { field: 'instance_url', domains: ['salesforce.com', 'force.com'] },
  },
  {
    name: 'servicenow',
    title: 'ServiceNow',
    docs: 'https://www.servicenow.com/docs/csh?topicname=t_CreateEndpointforExternalClients.html',
    authorizationUrl: 'https://{instance}.service-now.com/oauth_auth.do',
    tokenUrl: 'https://{instance}.service-now.com/oauth_token.do',
    fields: [subdomain('instance', 'Instance', 'The name before .service-now.com.')],
  },
  {
    name: 'shopify',
    title: 'Shopify',
    docs: 'https://shopify.dev/docs/apps/build/authentication-authorization',
    authorizationUrl: 'https://{shop}.myshopify.com/admin/oauth/authorize',
    tokenUrl: 'https://{shop}.myshopify.com/admin/oauth/access_token',
    scopeDelimiter: ',',
    fields: [subdomain('shop', 'Shop', 'The name before .myshopify.com.')],
  },
  {
    name: 'slack',
    title: 'Slack',
    docs: 'https://api.slack.com/apps',
    authorizationUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    scopeDelimiter: ',',
  },
  {
    name: 'spotify',
    title: 'Spotify',
    docs: 'https://developer.spotify.com/dashboard',
    pkce: true,
    basic: true,
    authorizationUrl: 'https://accounts.spotify.com/authorize',
    tokenUrl: 'https://accounts.spotify.com/api/token',
  },
  {
    name: 'stripe',
    title: 'Stripe',
    docs: 'https://dashboard.stripe.com/settings/connect',
    authorizationUrl: 'https://connect.stripe.com/oauth/authorize',
    tokenUrl: 'https://connect.stripe.com/oauth/token',
    scopes: ['read_write'],
  },
  {
    name: 'todoist',
    title: 'Todoist',
    docs: 'https://developer.todoist.com/appconsole.html',
    authorizationUrl: 'https://todoist.com/oauth/authorize',
    tokenUrl: 'https://todoist.com/oauth/access_token',
    scopeDelimiter: ',',
  },
  {
    name: 'twitter',
    aliases: ['x', 'twitterv2'],
    title: 'X',
    docs: 'https://developer.x.com/en/portal/dashboard',
    pkce: true,
    basic: true,
    authorizationUrl: 'https://x.com/i/oauth2/authorize',
    tokenUrl: 'https://api.x.com/2/oauth2/token',
    scopes: ['tweet.read', 'users.read', 'offline.access'],
  },
  {
    name: 'typeform',
    title: 'Typeform',
    docs: 'https://www.typeform.com/developers/get-started/applications/',
    authorizationUrl: 'https://api.typeform.com/oauth/authorize',
    tokenUrl: 'https://api.typeform.com/oauth/token',
    scopes: ['offline'],
  },
  {
    name: 'wordpress',
    title: 'WordPress.com',
    docs: 'https://developer.wordpress.com/apps/',
    authorizationUrl: 'https://public-api.wordpress.com/oauth2/authorize',
    tokenUrl: 'https://public-api.wordpress.com/oauth2/token',
  },
  {
    name: 'xero',
    title: 'Xero',
    docs: 'https://developer.xero.com/app/manage',
    basic: true,
    authorizationUrl: 'https://login.xero.com/identity/connect/authorize',
    tokenUrl: 'https://identity.xero.com/connect/token',
    scopes: ['openid', 'offline_access'],
  },
  {
    name: 'zendesk',
    title: 'Zendesk',
    docs: 'https://developer.zendesk.com/documentation/api-basics/authentication/',
    authorizationUrl: 'https://{subdomain}.zendesk.com/oauth/authorizations/new',
    tokenUrl: 'https://{subdomain}.zendesk.com/oauth/tokens',
    scopes: ['read', 'write'],
    fields: [subdomain('subdomain', 'Subdomain', 'The name before .zendesk.com.')],
  },
  {
    name: 'zoho',
    title: 'Zoho',
    docs: 'https://api-console.zoho.com/',
    authorizationUrl: 'https://accounts.zoho.{customHost}/oauth/v2/auth',
    tokenUrl: 'https://accounts.zoho.{customHost}/oauth/v2/token',
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
    scopeDelimiter: ',',
    fields: [
      {
        name: 'customHost',
        title: 'Region',
        description: 'The end of the address you sign in at.',
        default: 'com',
        allowed: ['com', 'eu', 'in', 'com.au', 'jp', 'com.cn', 'sa', 'uk'],
      },
    ],
    answers: ['api_domain'],
  },
  {
    name: 'zoom',
    title: 'Zoom',
    docs: 'https://marketplace.zoom.us/develop/create',
    basic: true,
    authorizationUrl: 'https://zoom.us/oauth/authorize',
    tokenUrl: 'https://zoom.us/oauth/token',
    answers: ['api_url'],
  },
];

/** Every identity provider that has a row; others are reached by the addresses a definition gives. */
export const IDENTITY_PROVIDERS: readonly IdentityProvider[] = [...GENERIC, ...MICROSOFT, ...SERVICES];

const BY_NAME = new Map(
  IDENTITY_PROVIDERS.flatMap((provider) =>
    [provider.name, ...(provider.aliases ?? [])].map((name) => [name, provider] as const),
  ),
);

/** Finds a provider however its name is written: `SalesforceV2`, `Open ID Connect`. */
export function findIdentityProvider(name: string): IdentityProvider | undefined {
  return BY_NAME.get(name.trim().toLowerCase()) ?? BY_NAME.get(name.toLowerCase().replace(/[^a-z0-9_]/g, ''));
}
