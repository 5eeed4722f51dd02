import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Dropdown,
  Field,
  Input,
  makeStyles,
  Option,
} from '@fluentui/react-components';
import { useState } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useCreateApiKey } from '../data/identity.ts';

const useStyles = makeStyles({ key: { width: '100%', '& input': { fontFamily: MONOSPACE } } });

const LIFETIMES = [
  { days: '30', label: '30 days' },
  { days: '90', label: '90 days' },
  { days: '365', label: 'A year' },
  { days: '', label: 'Without end' },
] as const;

/** Makes an API key and shows it, this once. */
export function NewApiKeyDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const create = useCreateApiKey();
  if (create.data) return <ShowKey apiKey={create.data.key} onClose={onClose} />;
  return (
    <FormDialog
      open
      title="New API key"
      action="Create key"
      busy={create.isPending}
      disabled={name.trim() === ''}
      error={create.error}
      onSubmit={() =>
        create.mutate({ name: name.trim(), ...(days === '' ? {} : { expiresInDays: Number(days) }) })
      }
      onClose={onClose}
    >
      <Field label="Name" hint="Which program it is for." required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label="Valid for">
        <Dropdown
          value={LIFETIMES.find((lifetime) => lifetime.days === days)?.label ?? ''}
          selectedOptions={[days]}
          onOptionSelect={(_, data) => setDays(data.optionValue ?? '')}
        >
          {LIFETIMES.map((lifetime) => (
            <Option key={lifetime.days} value={lifetime.days}>
              {lifetime.label}
            </Option>
          ))}
        </Dropdown>
      </Field>
    </FormDialog>
  );
}

function ShowKey({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  const styles = useStyles();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Copy your key now</DialogTitle>
          <DialogContent>
            <p>It is shown this once. Patchbay keeps only a fingerprint of it.</p>
            <Input
              className={styles.key}
              readOnly
              value={apiKey}
              aria-label="API key"
              contentAfter={<CopyButton text={apiKey} label="Copy the key" />}
              onFocus={(event) => event.target.select()}
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
