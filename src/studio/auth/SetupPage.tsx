import { Button, Field, Input, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { PageLink } from '../components/links.tsx';
import { useSetUp, useStatus } from '../data/identity.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { useAuthFormStyles } from './use-auth-form-styles.ts';

const route = getRouteApi('/setup');
const SHORTEST_PASSWORD = 8;

export function SetupPage() {
  const { token } = route.useSearch();
  const status = useStatus();
  if (status.data?.setupRequired === false) {
    return (
      <AuthLayout
        title="Already set up"
        note="This Patchbay has its administrator; the link has done its work."
      >
        <PageLink to="/sign-in" search={{}}>
          Sign in
        </PageLink>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title="Welcome to Patchbay"
      note="Create the administrator: the first person, who may do everything."
    >
      {token === undefined ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The link is not complete. Open it as Patchbay printed it when it started, with everything after
            the question mark.
          </MessageBarBody>
        </MessageBar>
      ) : (
        <SetupForm token={token} />
      )}
    </AuthLayout>
  );
}

function SetupForm({ token }: { token: string }) {
  const styles = useAuthFormStyles();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setUp = useSetUp();
  const navigate = useNavigate();
  const tooShort = password !== '' && password.length < SHORTEST_PASSWORD;
  const ready = name.trim() !== '' && email.trim() !== '' && password.length >= SHORTEST_PASSWORD;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setUp.mutate(
      { token, name: name.trim(), email: email.trim(), password },
      { onSuccess: () => void navigate({ to: '/connectors' }) },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="Your name" required>
        <Input
          name="name"
          autoComplete="name"
          autoFocus
          value={name}
          onChange={(_, data) => setName(data.value)}
        />
      </Field>
      <Field label="Email" required>
        <Input
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={(_, data) => setEmail(data.value)}
        />
      </Field>
      <Field
        label="Password"
        required
        hint={`At least ${SHORTEST_PASSWORD} characters.`}
        validationState={tooShort ? 'warning' : 'none'}
        validationMessage={tooShort ? `${SHORTEST_PASSWORD - password.length} more to go.` : undefined}
      >
        <Input
          type="password"
          name="password"
          autoComplete="new-password"
          value={password}
          onChange={(_, data) => setPassword(data.value)}
        />
      </Field>
      <ErrorNotice error={setUp.error} />
      <Button
        type="submit"
        appearance="primary"
        size="large"
        disabledFocusable={setUp.isPending || !ready}
        icon={setUp.isPending ? <Spinner size="tiny" /> : undefined}
      >
        Create administrator
      </Button>
    </form>
  );
}
