import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AuthenticationMethod, Connector } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { Properties } from '../components/Properties.tsx';
import { plainText } from '../format/plain-text.ts';
import { CertificationCard } from './CertificationCard.tsx';
import { ConnectorLimits } from './ConnectorLimits.tsx';
import { describeFormat } from './describe.ts';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalL, maxWidth: '820px' },
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', gap: tokens.spacingVerticalXS },
  note: { color: tokens.colorNeutralForeground2 },
});

/** What a connector is for, where it leads, and what it takes to connect. */
export function ConnectorAbout({ connector }: { connector: Connector }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Card title="Description">
        <Text>{plainText(connector.description) || 'The document does not describe the API.'}</Text>
        <Properties
          items={[
            ['Name in flows', connector.name],
            ['Address', connector.baseUrl],
            ['Format', connector.format && describeFormat(connector.format)],
            [
              'Documentation',
              connector.documentationUrl && (
                <Link href={connector.documentationUrl} target="_blank" rel="noreferrer">
                  Open
                </Link>
              ),
            ],
          ]}
        />
      </Card>
      <CustomCode connector={connector} />
      <Card title="How to connect">
        {connector.authentication.map((method) => (
          <Method key={method.parameterSet ?? method.type} method={method} />
        ))}
      </Card>
      <ConnectorLimits connector={connector} />
      {connector.kind === 'custom' && <CertificationCard connector={connector} />}
    </div>
  );
}

/** Only where there is some to tell of. */
function CustomCode({ connector: { operations } }: { connector: Connector }) {
  const styles = useStyles();
  const waiting = operations.filter(({ customCode }) => customCode === 'needsPort');
  const running = operations.filter(({ customCode }) => customCode === 'runs');
  if (waiting.length + running.length === 0) return null;
  return (
    <Card title="Custom code">
      {running.length > 0 && (
        <Text>{countOperations(running.length)} through a script of the connector.</Text>
      )}
      {waiting.length > 0 && (
        <>
          <Text>
            {countOperations(waiting.length)} through code in C#, which Patchbay keeps but does not run. They
            cannot be called until somebody ports that code to a script.ts.
          </Text>
          <ul className={styles.list}>
            {waiting.map(({ operationId, summary }) => (
              <li key={operationId}>{summary}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function countOperations(count: number): string {
  return count === 1 ? 'The calls of one operation pass' : `The calls of ${count} operations pass`;
}

function Method({ method }: { method: AuthenticationMethod }) {
  const styles = useStyles();
  const asked = method.parameters.filter((parameter) => !parameter.hidden);
  // Of a way that asks for one thing, both say the same.
  const isSaid = asked.some(({ description }) => description === method.description);
  return (
    <div>
      <Text weight="semibold" block>
        {method.title}
      </Text>
      {method.description && !isSaid && <Text className={styles.note}>{plainText(method.description)}</Text>}
      {!method.supported && <Text className={styles.note}> Patchbay cannot connect this way yet.</Text>}
      {asked.length > 0 && (
        <ul className={styles.list}>
          {asked.map((parameter) => (
            <li key={parameter.name}>
              {parameter.title}
              {!parameter.required && ' (optional)'}
              {parameter.description && (
                <span className={styles.note}>: {plainText(parameter.description)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
