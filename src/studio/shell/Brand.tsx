import { makeStyles, tokens } from '@fluentui/react-components';
import { PlainLink } from '../components/links.tsx';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** The mark: two sockets and the cable between them. */
export function BrandMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#08767b" />
      <path d="M9 11h4c4 0 2 10 6 10h4" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="9" cy="11" r="3" fill="#fff" />
      <circle cx="23" cy="21" r="3" fill="#fff" />
      <circle cx="9" cy="21" r="2.2" fill="#7ecfd3" />
      <circle cx="23" cy="11" r="2.2" fill="#7ecfd3" />
    </svg>
  );
}

export function Brand() {
  const styles = useStyles();
  return (
    <PlainLink to="/connectors" className={styles.root}>
      <BrandMark /> Patchbay
    </PlainLink>
  );
}
