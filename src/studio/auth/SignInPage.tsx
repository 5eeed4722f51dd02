import { Button, Field, Input, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useSignIn, useStatus } from '../data/identity.ts';
import { AuthLayout } from './AuthLayout.tsx';
import { readRedirect } from './read-redirect.ts';
import { useAuthFormStyles } from './use-auth-form-styles.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const styles = useAuthFormStyles();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const status = useStatus();
  const router = useRouter();
  const { redirect } = route.useSearch();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { email: email.trim(), password, rememberMe: true },
      { onSuccess: () => router.history.push(readRedirect(redirect)) },
    );
  };
  return (
    <AuthLayout title="Sign in" note="Connectors and flows that are yours.">
      {status.data?.setupRequired && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            There is no administrator yet. Open the one-time link that Patchbay printed when it started.
          </MessageBarBody>
        </MessageBar>
      )}
      <form className={styles.form} onSubmit={submit}>
        <Field label="Email" required>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(_, data) => setEmail(data.value)}
          />
        </Field>
        <Field label="Password" required>
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(_, data) => setPassword(data.value)}
          />
        </Field>
        <ErrorNotice error={signIn.error} />
        <Button
          type="submit"
          appearance="primary"
          size="large"
          disabledFocusable={signIn.isPending}
          icon={signIn.isPending ? <Spinner size="tiny" /> : undefined}
        >
          Sign in
        </Button>
      </form>
    </AuthLayout>
  );
}
