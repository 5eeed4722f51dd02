import { makeStyles, tokens } from '@fluentui/react-components';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSignedOut } from '../app/query-client.ts';
import { PHONE } from '../components/styles.ts';
import { Brand } from './Brand.tsx';
import { Navigation } from './Navigation.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { ThemeButton } from './ThemeButton.tsx';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: '224px minmax(0, 1fr)',
    minHeight: '100dvh',
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'auto 1fr' },
  },
  skip: {
    position: 'absolute',
    top: '-60px',
    insetInlineStart: tokens.spacingHorizontalM,
    padding: tokens.spacingHorizontalM,
    zIndex: 10,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow8,
    ':focus': { top: tokens.spacingVerticalM },
  },
  side: {
    position: 'sticky',
    top: 0,
    height: '100dvh',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [PHONE]: { display: 'none' },
  },
  brand: { paddingInline: tokens.spacingHorizontalS },
  foot: {
    marginTop: 'auto',
    display: 'flex',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalXS,
  },
  phone: { display: 'none', [PHONE]: { display: 'block' } },
  main: {
    minWidth: 0,
    width: '100%',
    maxWidth: '1240px',
    boxSizing: 'border-box',
    marginInline: 'auto',
    padding: `${tokens.spacingVerticalXXL} 40px 64px`,
    [PHONE]: { padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL} 48px` },
  },
});

/** The frame around every page behind the sign-in. */
export function Shell() {
  const styles = useStyles();
  useLeaveWhenSignedOut();
  return (
    <div className={styles.root}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <header className={styles.side}>
        <div className={styles.brand}>
          <Brand />
        </div>
        <Navigation />
        <div className={styles.foot}>
          <PersonMenu />
          <ThemeButton />
        </div>
      </header>
      <header className={styles.phone}>
        <PhoneBar />
      </header>
      <main id="content" tabIndex={-1} className={styles.main} style={{ outline: 'none' }}>
        <Outlet />
      </main>
    </div>
  );
}

/** A session can end while a page is open; the way back to it is kept. */
function useLeaveWhenSignedOut(): void {
  const navigate = useNavigate();
  useEffect(
    () =>
      onSignedOut(() => {
        const redirect = location.pathname + location.search;
        if (location.pathname !== '/sign-in') void navigate({ to: '/sign-in', search: { redirect } });
      }),
    [navigate],
  );
}
