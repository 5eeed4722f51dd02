import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  box: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  line: {
    width: '100%',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '40px',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  title: { fontWeight: tokens.fontWeightSemibold, minWidth: 0, overflowWrap: 'anywhere', flexGrow: 1 },
  quiet: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  note: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  chevron: { flexShrink: 0 },
});

interface TimelineBoxProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** Nothing happened here. */
  readonly isQuiet?: boolean;
  /** At the end of the line: how long it took. */
  readonly note?: ReactNode;
  readonly isOpen: boolean;
  onToggle(): void;
  readonly children?: ReactNode;
}

/** One line of the timeline that opens; what is under it is the caller's. */
export function TimelineBox({ icon, title, isQuiet, note, isOpen, onToggle, children }: TimelineBoxProps) {
  const styles = useStyles();
  const Chevron = isOpen ? ChevronDownRegular : ChevronRightRegular;
  return (
    <div className={styles.box}>
      <button type="button" className={styles.line} aria-expanded={isOpen} onClick={onToggle}>
        <Chevron className={styles.chevron} aria-hidden />
        {icon}
        <span className={mergeClasses(styles.title, isQuiet && styles.quiet)}>{title}</span>
        <span className={styles.note}>{note}</span>
      </button>
      {children}
    </div>
  );
}
