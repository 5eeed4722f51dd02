import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    minWidth: 0,
  },
  top: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  words: { flexGrow: 1 },
  note: { color: tokens.colorNeutralForeground2, display: 'block' },
});

interface CardProps {
  readonly title?: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  /** Where what it shows stands in a document, for whoever is led there. */
  readonly place?: string | undefined;
  readonly children: ReactNode;
}

/** A sheet of a page with a heading of its own. */
export function Card({ title, note, actions, className, place, children }: CardProps) {
  const styles = useStyles();
  return (
    <section className={mergeClasses(styles.root, className)} data-place={place} aria-label={title}>
      {(title || actions) && (
        <div className={styles.top}>
          <div className={styles.words}>
            {title && <Subtitle2 as="h2">{title}</Subtitle2>}
            {note && <Text className={styles.note}>{note}</Text>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
