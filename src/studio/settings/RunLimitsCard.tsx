import { Button, Field, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { RunSettings } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useRunSettings, useUpdateRunSettings } from '../data/settings.ts';
import {
  findRunLimitFault,
  RUN_LIMIT_GROUPS,
  type RunLimitField,
  type RunLimitGroup,
  type RunLimitTexts,
  readRunLimitBounds,
  readRunLimits,
  toRunLimitTexts,
} from './run-limits.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalXL, maxWidth: '520px' },
  group: {
    display: 'grid',
    gap: tokens.spacingVerticalL,
    border: 'none',
    padding: 0,
    margin: 0,
    minWidth: 0,
  },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalM },
  number: { maxWidth: '200px' },
  save: { justifySelf: 'start' },
});

/** How long runs may take and are kept, and how much one may do. */
export function RunLimitsCard() {
  const query = useRunSettings();
  return (
    <Card
      title="Runs"
      note="These limits count for all flows and all nodes. Unless you change them, none is less than what Power Automate and Logic Apps give."
    >
      <QueryView query={query} what="limits">
        {(settings) => <LimitsForm key={JSON.stringify(settings)} settings={settings} />}
      </QueryView>
    </Card>
  );
}

function LimitsForm({ settings }: { settings: RunSettings }) {
  const styles = useStyles();
  const stored = toRunLimitTexts(settings);
  const [texts, setTexts] = useState<RunLimitTexts>(stored);
  const save = useUpdateRunSettings();
  const notify = useNotify();
  const entered = readRunLimits(texts);
  const isChanged = JSON.stringify(texts) !== JSON.stringify(stored);
  const canSave = entered !== undefined && isChanged && !save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!canSave) return;
    save.mutate(entered, { onSuccess: () => notify.success('The limits of runs are saved.') });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {RUN_LIMIT_GROUPS.map((group) => (
        <Group
          key={group.title}
          group={group}
          texts={texts}
          onChange={(name, text) => setTexts({ ...texts, [name]: text })}
        />
      ))}
      <ErrorNotice error={save.error} title="The limits are not saved." />
      <Button
        className={styles.save}
        type="submit"
        appearance="primary"
        disabledFocusable={!canSave}
        icon={save.isPending ? <Spinner size="tiny" /> : undefined}
      >
        Save
      </Button>
    </form>
  );
}

interface GroupProps {
  readonly group: RunLimitGroup;
  readonly texts: RunLimitTexts;
  readonly onChange: (name: RunLimitField['name'], text: string) => void;
}

function Group({ group, texts, onChange }: GroupProps) {
  const styles = useStyles();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <Text weight="semibold">{group.title}</Text>
      </legend>
      {group.fields.map((field) => (
        <LimitField
          key={field.name}
          field={field}
          text={texts[field.name]}
          onChange={(text) => onChange(field.name, text)}
        />
      ))}
    </fieldset>
  );
}

interface LimitFieldProps {
  readonly field: RunLimitField;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function LimitField({ field, text, onChange }: LimitFieldProps) {
  const styles = useStyles();
  const fault = findRunLimitFault(field.name, text);
  const { mayBeEmpty } = readRunLimitBounds(field.name);
  return (
    <Field
      label={field.label}
      hint={field.hint}
      required={!mayBeEmpty}
      {...(fault === undefined ? {} : { validationMessage: fault, validationState: 'error' as const })}
    >
      <Input
        className={styles.number}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        placeholder={mayBeEmpty ? 'No limit' : undefined}
        contentAfter={field.unit === undefined ? undefined : <Text>{field.unit}</Text>}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}
