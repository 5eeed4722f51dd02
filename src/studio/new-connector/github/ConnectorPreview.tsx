import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { SourceEntry } from '../../../api/index.ts';
import { ProblemList } from '../../components/ProblemList.tsx';
import { Properties } from '../../components/Properties.tsx';
import { QueryView } from '../../components/QueryView.tsx';
import { describeAuthentication } from '../../connectors/describe.ts';
import { useGitHubPreview } from '../../data/connector-imports.ts';
import { formatCount } from '../../format/count.ts';
import { plainText } from '../../format/plain-text.ts';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start', minWidth: 0 },
  text: { overflowWrap: 'anywhere' },
  list: { margin: 0, paddingInlineStart: '20px', color: tokens.colorNeutralForeground2 },
});

const MOST_SHOWN = 8;
const MOST_LETTERS = 400;

interface ConnectorPreviewProps {
  readonly entry: SourceEntry;
  readonly busy: boolean;
  onChoose(github: string): void;
}

/** What a connector on GitHub is, read from its files. */
export function ConnectorPreview({ entry, busy, onChoose }: ConnectorPreviewProps) {
  const styles = useStyles();
  const query = useGitHubPreview(entry.github);
  return (
    <section className={styles.root} aria-label={`About ${entry.name}`}>
      <QueryView query={query} what="connector" loading={<Spinner label={`Reading ${entry.name}`} />}>
        {(report) =>
          report.ok ? (
            <>
              <Subtitle2 as="h3">{report.title}</Subtitle2>
              {report.description && (
                <Text className={styles.text}>{plainText(report.description).slice(0, MOST_LETTERS)}</Text>
              )}
              <Properties
                items={[
                  ['Base URL', report.baseUrl],
                  ['Authentication', report.auth.map(describeAuthentication).join(', ') || 'None'],
                ]}
              />
              <div>
                <Text weight="semibold">{formatCount(report.operations.length, 'operation')}</Text>
                <ul className={styles.list}>
                  {report.operations.slice(0, MOST_SHOWN).map(({ operationId, summary }) => (
                    <li key={operationId}>{summary}</li>
                  ))}
                  {report.operations.length > MOST_SHOWN && (
                    <li>and {report.operations.length - MOST_SHOWN} more</li>
                  )}
                </ul>
              </div>
              <Button
                appearance="primary"
                disabledFocusable={busy}
                icon={busy ? <Spinner size="tiny" /> : undefined}
                onClick={() => onChoose(entry.github)}
              >
                Review
              </Button>
            </>
          ) : (
            <ProblemList problems={report.errors} severity="error" />
          )
        }
      </QueryView>
    </section>
  );
}
