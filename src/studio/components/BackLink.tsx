import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    '& a': {
      display: 'inline-flex',
      alignItems: 'center',
      gap: tokens.spacingHorizontalXXS,
      color: tokens.colorNeutralForeground2,
      textDecorationLine: 'none',
      ':hover': { color: tokens.colorBrandForegroundLink },
    },
  },
});

/** Wraps the link back to the list that a page is one of. */
export function BackLink({ children }: { children: ReactNode }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <ChevronLeftRegular aria-hidden style={{ verticalAlign: '-2px' }} /> {children}
    </span>
  );
}
