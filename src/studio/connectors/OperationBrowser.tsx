import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import type { Connector } from '../../api/index.ts';
import { PHONE } from '../components/styles.ts';
import { OperationList } from './OperationList.tsx';
import { OperationPanel } from './OperationPanel.tsx';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(260px, 380px) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
    '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  // On a narrow screen one sees either the list or an operation.
  away: { '@media (max-width: 1000px)': { display: 'none' } },
  back: { display: 'none', '@media (max-width: 1000px)': { display: 'inline-flex' } },
  hint: {
    padding: tokens.spacingHorizontalXXL,
    textAlign: 'center',
    color: tokens.colorNeutralForeground3,
    border: `1px dashed ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    [PHONE]: { display: 'none' },
  },
});

interface OperationBrowserProps {
  readonly connector: Connector;
  readonly selected: string | undefined;
  onSelect(operationId: string | undefined): void;
}

/** The operations of a connector beside the one that is looked at. */
export function OperationBrowser({ connector, selected, onSelect }: OperationBrowserProps) {
  const styles = useStyles();
  const operation = connector.operations.find(({ operationId }) => operationId === selected);
  return (
    <div className={styles.root}>
      <div className={mergeClasses(operation && styles.away)}>
        <OperationList
          operations={connector.operations}
          selected={operation?.operationId}
          onSelect={onSelect}
        />
      </div>
      {operation ? (
        <div>
          <Button
            className={styles.back}
            appearance="subtle"
            icon={<ChevronLeftRegular />}
            onClick={() => onSelect(undefined)}
          >
            All operations
          </Button>
          <OperationPanel key={operation.operationId} connector={connector} operation={operation} />
        </div>
      ) : (
        <Text className={mergeClasses(styles.hint, styles.away)}>
          Choose an operation to see what it takes and gives, and to try it.
        </Text>
      )}
    </div>
  );
}
