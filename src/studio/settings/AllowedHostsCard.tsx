import { Button, Field, makeStyles, Spinner, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useAllowedHosts, useUpdateAllowedHosts } from '../data/settings.ts';

const useStyles = makeStyles({
  text: { maxWidth: '520px', '& textarea': { fontFamily: MONOSPACE } },
  save: { alignSelf: 'flex-start' },
});

/** The exceptions from the rule that flows call public addresses only. */
export function AllowedHostsCard() {
  const query = useAllowedHosts();
  return (
    <Card
      title="Allowed hosts"
      note="Calls to private, loopback and link-local addresses are refused, so that nobody reaches into your network through a flow. Hosts listed here may be called."
    >
      <QueryView query={query} what="allowed hosts">
        {({ hosts }) => <HostsForm hosts={hosts} />}
      </QueryView>
    </Card>
  );
}

function HostsForm({ hosts }: { hosts: readonly string[] }) {
  const styles = useStyles();
  const [text, setText] = useState(hosts.join('\n'));
  const save = useUpdateAllowedHosts();
  const notify = useNotify();
  const entered = text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const submit = () =>
    save.mutate(
      { hosts: entered },
      {
        onSuccess: (saved) => {
          setText(saved.hosts.join('\n'));
          notify.success('The allowed hosts are saved.');
        },
      },
    );
  return (
    <>
      <Field label="Hosts" hint="One a line, with or without port: erp.local, 10.1.2.3, 127.0.0.1:4010">
        <Textarea
          className={styles.text}
          value={text}
          textarea={{ rows: 8, spellCheck: false }}
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
      <ErrorNotice error={save.error} title="The hosts are not saved." />
      <Button
        className={styles.save}
        appearance="primary"
        disabledFocusable={save.isPending || entered.join('\n') === hosts.join('\n')}
        icon={save.isPending ? <Spinner size="tiny" /> : undefined}
        onClick={submit}
      >
        Save
      </Button>
    </>
  );
}
