import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../components/PageHeader.tsx';
import { useMe, useStatus } from '../data/identity.ts';
import { AllowedHostsCard } from './AllowedHostsCard.tsx';
import { ApiKeysCard } from './ApiKeysCard.tsx';
import { GitHubCard } from './GitHubCard.tsx';
import { MailCard } from './MailCard.tsx';
import { RunLimitsCard } from './RunLimitsCard.tsx';

const useStyles = makeStyles({
  tabs: {
    marginBottom: tokens.spacingVerticalL,
    marginInline: `-${tokens.spacingHorizontalM}`,
    overflowX: 'auto',
  },
  content: { maxWidth: '820px' },
});

const TABS = [
  { name: 'keys', label: 'API keys', Content: ApiKeysCard, adminOnly: false },
  { name: 'mail', label: 'Mail', Content: MailCard, adminOnly: true },
  { name: 'github', label: 'GitHub', Content: GitHubCard, adminOnly: true },
  { name: 'runs', label: 'Runs', Content: RunLimitsCard, adminOnly: true },
  { name: 'hosts', label: 'Allowed hosts', Content: AllowedHostsCard, adminOnly: true },
] as const;

const route = getRouteApi('/shell/settings');

export function SettingsPage() {
  const styles = useStyles();
  const { data: me } = useMe();
  const { data: status } = useStatus();
  const { tab: selected } = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = TABS.filter((tab) => !tab.adminOnly || me?.role === 'admin');
  const tab = tabs.find(({ name }) => name === selected) ?? TABS[0];
  return (
    <>
      <PageHeader
        title="Settings"
        description={me && `Signed in as ${me.email}${status ? ` · Patchbay ${status.version}` : ''}`}
      />
      <TabList
        className={styles.tabs}
        selectedValue={tab.name}
        onTabSelect={(_, data) => void navigate({ search: { tab: String(data.value) }, replace: true })}
      >
        {tabs.map(({ name, label }) => (
          <Tab key={name} value={name} id={`tab-${name}`}>
            {label}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`tab-${tab.name}`} className={styles.content}>
        <tab.Content />
      </div>
    </>
  );
}
