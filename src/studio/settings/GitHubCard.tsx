import { Button, Field, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useGitHubSettings, useSaveGitHubToken, useTestGitHub } from '../data/settings.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' },
  field: { width: '100%', maxWidth: '480px' },
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

/** The token that GitHub is asked with when connectors are looked for there. */
export function GitHubCard() {
  const query = useGitHubSettings();
  return (
    <Card
      title="GitHub"
      note="GitHub answers 60 requests an hour to those who bring no token, 5,000 to those who do. Everybody here can then import what the token can read: one without access to private repositories is enough."
    >
      <QueryView query={query} what="settings">
        {({ hasToken }) => <TokenForm key={String(hasToken)} hasToken={hasToken} />}
      </QueryView>
    </Card>
  );
}

function TokenForm({ hasToken }: { hasToken: boolean }) {
  const styles = useStyles();
  const [token, setToken] = useState('');
  const save = useSaveGitHubToken();
  const ask = useTestGitHub();
  const notify = useNotify();
  const store = (value: string, message: string) =>
    save.mutate(value, {
      onSuccess: () => {
        setToken('');
        notify.success(message);
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() !== '') store(token.trim(), 'The token is saved.');
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        className={styles.field}
        label="Token"
        hint={
          hasToken
            ? 'A token is set. It is not shown; a new one replaces it.'
            : 'It is kept sealed, and never shown again.'
        }
      >
        <Input
          type="password"
          autoComplete="off"
          value={token}
          placeholder={hasToken ? '••••••••' : 'github_pat_…'}
          onChange={(_, data) => setToken(data.value)}
        />
      </Field>
      <ErrorNotice error={save.error ?? ask.error} />
      {ask.data && <Text role="status">{ask.data.message}</Text>}
      <div className={styles.bar}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={token.trim() === '' || save.isPending}
          icon={save.isPending ? <Spinner size="tiny" /> : undefined}
        >
          Save
        </Button>
        <Button disabledFocusable={ask.isPending} onClick={() => ask.mutate()}>
          Test
        </Button>
        {hasToken && (
          <Button
            disabledFocusable={save.isPending}
            onClick={() => store('', 'GitHub is asked without a token.')}
          >
            Remove
          </Button>
        )}
      </div>
    </form>
  );
}
