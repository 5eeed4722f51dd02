import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { SignOutRegular } from '@fluentui/react-icons/svg/sign-out';
import { useNavigate } from '@tanstack/react-router';
import { type ThemeChoice, useTheme } from '../app/theme.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useMe, useSignOut } from '../data/identity.ts';

const useStyles = makeStyles({
  button: {
    justifyContent: 'flex-start',
    minWidth: 0,
    maxWidth: '100%',
    paddingInline: tokens.spacingHorizontalS,
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/** Who is signed in, how the studio looks, and the way out. */
export function PersonMenu() {
  const styles = useStyles();
  const { data: me } = useMe();
  const { choice, setChoice } = useTheme();
  const leave = useLeave();
  const name = me?.name ?? 'You';
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, data) => setChoice((data.checkedItems[0] ?? 'system') as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          className={styles.button}
          icon={<Avatar name={name} size={24} color="brand" aria-hidden />}
        >
          <span className={styles.name}>{name}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>Appearance</MenuGroupHeader>
            <MenuItemRadio name="theme" value="system">
              As the system
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="light">
              Light
            </MenuItemRadio>
            <MenuItemRadio name="theme" value="dark">
              Dark
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuItem icon={<SignOutRegular />} onClick={leave}>
            Sign out
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function useLeave(): () => void {
  const signOut = useSignOut();
  const navigate = useNavigate();
  const notify = useNotify();
  return () =>
    signOut.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/sign-in', search: {} }),
      onError: (error) => notify.error('You are still signed in.', error),
    });
}
