import { Button, Checkbox, Field, Input, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { MailRegular } from '@fluentui/react-icons/svg/mail';
import { type FormEvent, useState } from 'react';
import type { MailSettings } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useMailSettings, useTestMail, useUpdateMailSettings } from '../data/settings.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalL, maxWidth: '520px' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

/** The SMTP server that the Mail connector sends through. */
export function MailCard() {
  const query = useMailSettings();
  return (
    <Card title="Mail" note="The SMTP server through which flows send email.">
      <QueryView query={query} what="mail settings">
        {(settings) => <MailForm settings={settings} />}
      </QueryView>
    </Card>
  );
}

function MailForm({ settings }: { settings: MailSettings }) {
  const styles = useStyles();
  const [form, setForm] = useState({
    host: settings.host,
    port: String(settings.port),
    secure: settings.secure,
    user: settings.user ?? '',
    password: '',
    from: settings.from,
  });
  const save = useUpdateMailSettings();
  const notify = useNotify();
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const port = Number(form.port);
  const isReady = form.host !== '' && form.from !== '' && Number.isInteger(port) && port > 0 && port < 65_536;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { host, secure, user, password, from } = form;
    const secrets = { ...(user === '' ? {} : { user }), ...(password === '' ? {} : { password }) };
    save.mutate(
      { host, port, secure, from, ...secrets },
      {
        onSuccess: () => {
          set({ password: '' });
          notify.success('The mail settings are saved.');
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="Host" required>
        <Input
          placeholder="smtp.example.com"
          value={form.host}
          onChange={(_, data) => set({ host: data.value })}
        />
      </Field>
      <Field label="Port" required>
        <Input
          type="number"
          min={1}
          max={65_535}
          value={form.port}
          onChange={(_, data) => set({ port: data.value })}
        />
      </Field>
      <Checkbox
        label="TLS from the start (port 465); otherwise STARTTLS where the server offers it"
        checked={form.secure}
        onChange={(_, data) => set({ secure: data.checked === true })}
      />
      <Field label="User name">
        <Input autoComplete="off" value={form.user} onChange={(_, data) => set({ user: data.value })} />
      </Field>
      <Field label="Password">
        <Input
          type="password"
          autoComplete="new-password"
          placeholder={settings.hasPassword ? 'Stored. Leave empty to keep it.' : undefined}
          value={form.password}
          onChange={(_, data) => set({ password: data.value })}
        />
      </Field>
      <Field label="Sender" hint="An address, or: Name <address>" required>
        <Input value={form.from} onChange={(_, data) => set({ from: data.value })} />
      </Field>
      <ErrorNotice error={save.error} title="The settings are not saved." />
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={!isReady || save.isPending}>
          Save
        </Button>
        <TestButton disabled={!settings.configured} />
      </div>
    </form>
  );
}

function TestButton({ disabled }: { disabled: boolean }) {
  const test = useTestMail();
  const notify = useNotify();
  return (
    <Button
      icon={test.isPending ? <Spinner size="tiny" /> : <MailRegular />}
      disabledFocusable={disabled || test.isPending}
      onClick={() =>
        test.mutate('', {
          onSuccess: ({ message }) => notify.success(message),
          onError: (error) => notify.error('The test message was not sent.', error),
        })
      }
    >
      Send me a test message
    </Button>
  );
}
