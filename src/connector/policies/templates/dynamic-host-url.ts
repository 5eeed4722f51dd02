import { ConnectorError } from '../../errors.ts';
import { joinTexts, revealText } from '../../request/secret-text.ts';
import type { Text } from '../../request-types.ts';
import type { PolicyTemplate } from '../policy-types.ts';

const PARAMETERS: PolicyTemplate['parameters'] = [
  {
    name: 'urlTemplate',
    title: 'URL template',
    description:
      'Scheme, host, port and base path of the service, with expressions; `https://` when it names no scheme.',
    type: 'string',
    required: true,
  },
];

export const dynamicHostUrl: PolicyTemplate = {
  templateId: 'dynamichosturl',
  title: 'Set host URL',
  description:
    'Replaces scheme, host, port and base path of the request; the path of the operation follows. Of several that apply, the last one wins.',
  sections: ['request'],
  parameters: PARAMETERS,
  examples: [
    {
      title: 'A site of the customer',
      section: 'request',
      parameters: { urlTemplate: "https://@connectionParameters('site','eu').contoso.net/v1" },
      connection: { site: 'us' },
      before: { url: 'https://api.contoso.com/v1/items' },
      after: { url: 'https://us.contoso.net/v1/items' },
    },
    {
      title: 'A site of the customer, by default',
      section: 'request',
      parameters: { urlTemplate: "https://@connectionParameters('site','eu').contoso.net/v1/" },
      before: { url: 'https://api.contoso.com/v1/items' },
      after: { url: 'https://eu.contoso.net/v1/items' },
    },
    {
      title: 'From headers',
      section: 'request',
      parameters: { urlTemplate: "https://@header('test').abc.xyz:@header('port')" },
      before: { url: 'https://api.contoso.com/v1/items', headers: { test: 'foo', port: '1234' } },
      after: { url: 'https://foo.abc.xyz:1234/items' },
    },
  ],
  apply: (message, run) => ({
    message: { ...message, baseUrl: toBaseUrl(run.text('urlTemplate')) },
  }),
};

/** The older name of the same template. */
export const dynamicSubdomain: PolicyTemplate = {
  ...dynamicHostUrl,
  templateId: 'dynamicsubdomain',
  title: 'Set subdomain',
  description: 'Replaces scheme, host, port and base path of the request, as `dynamichosturl` does.',
  examples: [
    {
      title: 'A subdomain of the customer',
      section: 'request',
      parameters: { urlTemplate: "https://@connectionParameters('tenant').contoso.net" },
      connection: { tenant: 'acme' },
      before: { url: 'https://api.contoso.com/items' },
      after: { url: 'https://acme.contoso.net/items' },
    },
  ],
};

/** The whole URL may be one connection parameter, without a scheme. */
function toBaseUrl(text: Text): Text {
  const url = joinTexts([text], (written) => {
    // People give whole addresses where a policy writes the scheme itself.
    const trimmed = written
      .trim()
      .replace(/\/+$/, '')
      .replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '');
    return /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  });
  if (URL.canParse(revealText(url))) return url;
  throw new ConnectorError('CONNECTOR_INVALID_POLICY', 'The host policy makes no address of a service.', {
    fix: "Complete the connection's parameters that name the host.",
  });
}
