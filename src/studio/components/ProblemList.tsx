import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { DocumentProblem } from '../../api/index.ts';
import { ErrorText } from './ErrorText.tsx';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  item: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  error: { color: tokens.colorStatusDangerForeground1, marginTop: '2px', flexShrink: 0 },
  warning: { color: tokens.colorStatusWarningForeground3, marginTop: '2px', flexShrink: 0 },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  place: {
    display: 'block',
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  snippet: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
  jump: {
    border: 'none',
    background: 'none',
    padding: 0,
    textAlign: 'start',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    ':hover': { textDecorationLine: 'underline' },
  },
});

interface ProblemListProps {
  readonly problems: readonly DocumentProblem[];
  readonly severity: 'error' | 'warning';
  /** Where the document is at hand: shows the place of a problem in it. */
  readonly onShow?: (problem: DocumentProblem) => void;
}

/** Findings in a document: a sentence each, and where. */
export function ProblemList({ problems, severity, onShow }: ProblemListProps) {
  const styles = useStyles();
  const Icon = severity === 'error' ? ErrorCircleFilled : WarningFilled;
  return (
    <ul className={styles.list}>
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.pointer} ${problem.message}`} className={styles.item}>
          <Icon className={styles[severity]} aria-label={severity === 'error' ? 'Error:' : 'Warning:'} />
          <div className={styles.words}>
            <ErrorText message={problem.message} />
            {onShow && problem.pointer !== undefined ? (
              <button
                type="button"
                className={`${styles.place} ${styles.jump}`}
                onClick={() => onShow(problem)}
              >
                {describePlace(problem)}
              </button>
            ) : (
              <span className={styles.place}>{describePlace(problem)}</span>
            )}
            {problem.snippet && <pre className={styles.snippet}>{problem.snippet}</pre>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function describePlace({ line, pointer }: DocumentProblem): string {
  return [line === undefined ? '' : `Line ${line}`, pointer ?? ''].filter((part) => part !== '').join(' · ');
}
