import { makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  cards: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
  },
});

interface LoadingProps {
  /** What is being read, for those who listen. */
  readonly label: string;
  readonly count?: number;
}

/** The shape of a table or page that is being read. */
export function LoadingRows({ label, count = 6 }: LoadingProps) {
  const styles = useStyles();
  return (
    <Skeleton aria-label={label} className={styles.rows}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders are all alike
        <SkeletonItem key={index} size={40} />
      ))}
    </Skeleton>
  );
}

/** The shape of a gallery that is being read. */
export function LoadingCards({ label, count = 6 }: LoadingProps) {
  const styles = useStyles();
  return (
    <Skeleton aria-label={label} className={styles.cards}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders are all alike
        <SkeletonItem key={index} size={128} />
      ))}
    </Skeleton>
  );
}
