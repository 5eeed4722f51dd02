import { Button, makeStyles, mergeClasses, ProgressBar, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import type { ImportProgress } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { useCancelImport } from '../data/connector-imports.ts';
import { formatCount, formatSize } from '../format/count.ts';

const useStyles = makeStyles({
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  step: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', minHeight: '24px' },
  waiting: { color: tokens.colorNeutralForeground3 },
  icon: { display: 'grid', placeItems: 'center', width: '20px', fontSize: '20px' },
  done: { color: tokens.colorStatusSuccessForeground1 },
});

const STEPS = ['fetching', 'references', 'parsing', 'checking', 'operations'] as const;
type Step = (typeof STEPS)[number];

/** Where a document is being read: what is done, what is under way, what comes. */
export function ImportProgressCard({ id, progress }: { id: string; progress: ImportProgress }) {
  const styles = useStyles();
  const cancel = useCancelImport(id);
  const current = STEPS.indexOf(progress.step === 'waiting' ? 'parsing' : progress.step);
  return (
    <Card
      title="Reading the document"
      actions={
        <Button disabledFocusable={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      }
    >
      <ProgressBar aria-label="Reading the document" value={(current + 0.5) / STEPS.length} />
      <ul className={styles.steps}>
        {STEPS.map((step, index) => (
          <li key={step} className={mergeClasses(styles.step, index > current && styles.waiting)}>
            <span className={styles.icon}>
              {index < current && <CheckmarkCircleFilled className={styles.done} aria-label="Done:" />}
              {index === current && <Spinner size="tiny" aria-label="Now:" />}
              {index > current && <CircleRegular aria-label="Then:" />}
            </span>
            {describe(step, progress)}
          </li>
        ))}
      </ul>
      <div role="status" aria-live="polite">
        {progress.step === 'waiting' ? 'Another large document is read first.' : ''}
      </div>
    </Card>
  );
}

function describe(step: Step, { files, bytes, operations }: ImportProgress): string {
  switch (step) {
    case 'fetching':
      return 'Fetch it';
    case 'references':
      return files === undefined || files < 2
        ? 'Follow its references'
        : `Follow its references: ${files} files`;
    case 'parsing':
      return bytes === undefined ? 'Parse it' : `Parse ${formatSize(bytes)}`;
    case 'checking':
      return 'Check what it says';
    case 'operations':
      return operations === undefined
        ? 'Put the operations together'
        : `Put ${formatCount(operations, 'operation')} together`;
  }
}
