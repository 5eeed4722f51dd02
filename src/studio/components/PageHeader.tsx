import { makeStyles, Text, tokens, typographyStyles } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';
import { PHONE } from './styles.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    gap: tokens.spacingHorizontalL,
    alignItems: 'center',
    flexWrap: 'wrap',
    marginBottom: tokens.spacingVerticalXL,
    [PHONE]: { marginBottom: tokens.spacingVerticalL },
  },
  words: { flexGrow: 1, flexBasis: '240px', minWidth: 0 },
  title: {
    ...typographyStyles.title2,
    margin: 0,
    outlineStyle: 'none',
    overflowWrap: 'anywhere',
    [PHONE]: { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700 },
  },
  description: {
    color: tokens.colorNeutralForeground2,
    marginTop: tokens.spacingVerticalXS,
    display: 'block',
  },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap', alignItems: 'center' },
  above: { flexBasis: '100%', marginBottom: `calc(-1 * ${tokens.spacingVerticalM})` },
});

interface PageHeaderProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  /** A link back to where this page is one of many. */
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
}

/** True until the first page has been shown: then the browser has the focus where it belongs. */
let isFirstPage = true;

/** The heading of a page. It names the window, and takes the focus when one moves from page to page. */
export function PageHeader({ title, description, icon, above, actions }: PageHeaderProps) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Patchbay`;
  }, [title]);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <div className={styles.root}>
      {above && <div className={styles.above}>{above}</div>}
      {icon}
      <div className={styles.words}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {description && <Text className={styles.description}>{description}</Text>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
