import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { ReactNode } from 'react';
import { PHONE } from './styles.ts';

const useStyles = makeStyles({
  title: {
    flex: '1 1 auto',
    justifyContent: 'flex-start',
    textAlign: 'left',
    minWidth: 0,
    gap: tokens.spacingHorizontalS,
    [PHONE]: { flexBasis: '100%' },
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

interface DisclosureTitleProps {
  readonly isOpen: boolean;
  readonly title: ReactNode;
  /** What is said of it in small letters below. */
  readonly about: ReactNode;
  /** Stands before both. */
  readonly badge?: ReactNode;
  /** By which whoever moves the focus finds it. */
  readonly focus?: string;
  onToggle(): void;
}

/** The title of an entry in a list, which opens and closes the entry. */
export function DisclosureTitle({ isOpen, title, about, badge, focus, onToggle }: DisclosureTitleProps) {
  const styles = useStyles();
  return (
    <Button
      className={styles.title}
      appearance="transparent"
      icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
      aria-expanded={isOpen}
      data-focus={focus}
      onClick={onToggle}
    >
      {badge}
      <span className={styles.words}>
        <span>{title}</span>
        <Text size={200} className={styles.small}>
          {about}
        </Text>
      </span>
    </Button>
  );
}
