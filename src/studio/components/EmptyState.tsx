import { makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px dashed ${tokens.colorNeutralStroke2}`,
  },
  icon: {
    display: 'grid',
    placeItems: 'center',
    width: '64px',
    height: '64px',
    fontSize: '32px',
    borderRadius: tokens.borderRadiusCircular,
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorBrandBackground2,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase500 },
  text: { color: tokens.colorNeutralForeground2, maxWidth: '52ch', textAlign: 'center', textWrap: 'balance' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap', justifyContent: 'center' },
});

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** What this is for and what to do next. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Stands where there is nothing yet, and says what to do next. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <div className={styles.icon} aria-hidden>
        {icon}
      </div>
      <Subtitle1 as="h2" className={styles.title}>
        {title}
      </Subtitle1>
      <Text className={styles.text}>{children}</Text>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
