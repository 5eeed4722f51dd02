import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ImportReport } from '../../api/index.ts';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { ProblemList } from '../components/ProblemList.tsx';
import { Properties } from '../components/Properties.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { formatCount } from '../format/count.ts';
import { plainText } from '../format/plain-text.ts';
import { describeAuthentication, describeFormat } from './describe.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: '6px' },
  operation: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', minWidth: 0 },
  path: {
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

/** What an import would make, before it makes it. */
export function ImportReview({ report }: { report: ImportReport }) {
  const styles = useStyles();
  const [error, ...others] = report.errors;
  if (!report.ok) {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>This cannot be imported.</MessageBarTitle>{' '}
          {error?.message ?? 'There is no operation in it.'}
          {others.length > 0 && <ProblemList problems={others} severity="error" />}
        </MessageBarBody>
      </MessageBar>
    );
  }
  const { title, description, format, auth, operations, warnings, baseUrl } = report;
  return (
    <div className={styles.root}>
      <div>
        <Text size={500} weight="semibold" block>
          {title}
        </Text>
        <Text>{plainText(description).slice(0, 300)}</Text>
      </div>
      <Properties
        items={[
          ['Format', describeFormat(format)],
          ['Authentication', auth.map(describeAuthentication).join(', ') || 'None'],
          ['Operations', String(operations.length)],
          ['Address', baseUrl],
        ]}
      />
      <Accordion multiple collapsible defaultOpenItems={warnings.length <= 5 ? ['warnings'] : []}>
        <AccordionItem value="operations">
          <AccordionHeader>{formatCount(operations.length, 'operation')}</AccordionHeader>
          <AccordionPanel>
            <ul className={styles.list}>
              {operations.map((operation) => (
                <li key={operation.operationId} className={styles.operation}>
                  <MethodBadge method={operation.method} />
                  <span>
                    {operation.summary} <span className={styles.path}>{operation.path}</span>
                  </span>
                </li>
              ))}
            </ul>
          </AccordionPanel>
        </AccordionItem>
        {warnings.length > 0 && (
          <AccordionItem value="warnings">
            <AccordionHeader>{formatCount(warnings.length, 'warning')}</AccordionHeader>
            <AccordionPanel>
              <ProblemList problems={warnings} severity="warning" />
            </AccordionPanel>
          </AccordionItem>
        )}
      </Accordion>
    </div>
  );
}
