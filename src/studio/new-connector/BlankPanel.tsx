import { Button, Field, Input, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useBeginDraft } from './use-begin-draft.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalL, justifyItems: 'start' },
  field: { width: '100%', maxWidth: '480px' },
});

/** A connector that is built by hand. */
export function BlankPanel() {
  const styles = useStyles();
  const [title, setTitle] = useState('');
  const draft = useBeginDraft();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() !== '' && !draft.isPending) draft.begin({ blank: { title: title.trim() } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        className={styles.field}
        label="Name"
        hint="What people look for: the name of the service. You can change it later."
        required
      >
        <Input
          value={title}
          maxLength={200}
          placeholder="Parcel Post"
          onChange={(_, data) => setTitle(data.value)}
        />
      </Field>
      <ErrorNotice error={draft.error} />
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={title.trim() === '' || draft.isPending}
        icon={draft.isPending ? <Spinner size="tiny" /> : undefined}
      >
        Start
      </Button>
    </form>
  );
}
