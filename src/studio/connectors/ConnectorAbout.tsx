import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AuthenticationMethod, Connector } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { Properties } from '../components/Properties.tsx';
import { plainText } from '../format/plain-text.ts';
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
      <Card title="How to connect">
        {connector.authentication.map((method) => (
          <Method key={method.parameterSet ?? method.type} method={method} />
        ))}
      </Card>
    </div>
  );
}

function Method({ method }: { method: AuthenticationMethod }) {
  const styles = useStyles();
  const asked = method.parameters.filter((parameter) => !parameter.hidden);
  return (
    <div>
      <Text weight="semibold" block>
        {method.title}
      </Text>
      {method.description && <Text className={styles.note}>{plainText(method.description)}</Text>}
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
