import { makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';
import { BrandMark } from '../shell/Brand.tsx';

const useStyles = makeStyles({
  root: {
    minHeight: '100dvh',
    display: 'grid',
    placeItems: 'center',
    padding: tokens.spacingHorizontalL,
    boxSizing: 'border-box',
  },
  card: {
    width: '100%',
    maxWidth: '400px',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: '40px 36px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    boxShadow: tokens.shadow16,
  },
  note: { color: tokens.colorNeutralForeground2, display: 'block', marginTop: tokens.spacingVerticalXS },
});

/** The page outside the house: one card with a form. */
export function AuthLayout({
  title,
  note,
  children,
}: {
  title: string;
  note: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · Patchbay`;
  }, [title]);
  return (
    <main className={styles.root}>
      <div className={styles.card}>
        <BrandMark size={44} />
        <div>
          <Title2 as="h1">{title}</Title2>
          <Text className={styles.note}>{note}</Text>
        </div>
        {children}
      </div>
    </main>
  );
}
