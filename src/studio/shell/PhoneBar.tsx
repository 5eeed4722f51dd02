import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation';
import { useState } from 'react';
import { Brand } from './Brand.tsx';
import { Navigation } from './Navigation.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { ThemeButton } from './ThemeButton.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  space: { flexGrow: 1 },
  drawer: { width: '280px' },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXL,
    paddingBottom: tokens.spacingVerticalL,
  },
  foot: { marginTop: 'auto' },
});

/** The top of the page on a phone, with the navigation behind a button. */
export function PhoneBar() {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.bar}>
      <Button
        appearance="subtle"
        icon={<NavigationRegular />}
        aria-label="Open the navigation"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      />
      <Brand />
      <span className={styles.space} />
      <ThemeButton />
      <OverlayDrawer className={styles.drawer} open={open} onOpenChange={(_, data) => setOpen(data.open)}>
        <DrawerHeader>
          <DrawerHeaderTitle
            action={
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label="Close the navigation"
                onClick={() => setOpen(false)}
              />
            }
          >
            Patchbay
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody className={styles.body}>
          <Navigation onNavigate={() => setOpen(false)} />
          <div className={styles.foot}>
            <PersonMenu />
          </div>
        </DrawerBody>
      </OverlayDrawer>
    </div>
  );
}
