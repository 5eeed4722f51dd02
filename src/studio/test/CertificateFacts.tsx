import { Text } from '@fluentui/react-components';
import type { CallExchange } from '../../connector/index.ts';
import { Properties } from '../components/Properties.tsx';
import { formatInstant } from '../format/time.ts';

type Certificate = NonNullable<NonNullable<CallExchange['failure']>['certificate']>;

/** What a service showed of itself before the secure connection was given up. */
export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const { subject, issuer, selfSigned, validFrom, validTo, names } = certificate;
  return (
    <section aria-label="Certificate of the service">
      <Text weight="semibold" block>
        The certificate that it showed
      </Text>
      <Properties
        items={[
          ['Issued to', subject],
          ['Signed by', selfSigned ? 'itself' : issuer],
          ['Valid from', formatInstant(validFrom)],
          ['Valid until', formatInstant(validTo)],
          ['For', names.join(', ') || 'no host name'],
        ]}
      />
    </section>
  );
}
