import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { CallExchange } from '../../connector/index.ts';
import { formatDuration } from '../format/duration.ts';
import { listPhases } from './phases.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  bar: {
    display: 'flex',
    height: '10px',
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
    gap: '1px',
    backgroundColor: tokens.colorNeutralStroke2,
  },
  legend: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL, margin: 0, padding: 0 },
  item: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  dot: { width: '8px', height: '8px', borderRadius: '50%', flexShrink: 0 },
  dns: { backgroundColor: tokens.colorPaletteLavenderBorderActive },
  connect: { backgroundColor: tokens.colorPaletteTealBorderActive },
  tls: { backgroundColor: tokens.colorPaletteMarigoldBorderActive },
  wait: { backgroundColor: tokens.colorBrandBackground },
  read: { backgroundColor: tokens.colorPaletteGreenBorderActive },
  note: { color: tokens.colorNeutralForeground2 },
});

/** Where the time of a call went: name, connection, TLS, waiting, reading. */
export function TimingBar({ timings }: { timings: NonNullable<CallExchange['timings']> }) {
  const styles = useStyles();
  const phases = listPhases(timings);
  return (
    <div className={styles.root}>
      <div className={styles.bar} aria-hidden>
        {phases.map(({ name, ms }) => (
          <div
            key={name}
            className={styles[name]}
            style={{ flexGrow: Math.max(ms, 0.01), minWidth: '2px' }}
          />
        ))}
      </div>
      <ul className={styles.legend} aria-label="Where the time went">
        {phases.map(({ name, label, ms }) => (
          <li key={name} className={styles.item}>
            <span className={mergeClasses(styles.dot, styles[name])} aria-hidden />
            <Text size={200}>
              {label} {formatDuration(ms)}
            </Text>
          </li>
        ))}
        {timings.reused && (
          <li className={styles.item}>
            <Text size={200} className={styles.note}>
              over a connection that was open already
            </Text>
          </li>
        )}
      </ul>
    </div>
  );
}
