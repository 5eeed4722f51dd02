import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useRef, useState } from 'react';
import type { ConnectionReferences } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { ProblemList } from '../components/ProblemList.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useConnections } from '../data/connections.ts';
import { useCreateFlow, useFlowCheck } from '../data/flows.ts';
import { EMPTY_DEFINITION } from './empty-definition.ts';
import { ReferenceChooser } from './ReferenceChooser.tsx';
import { proposeReferences } from './references.ts';

const useStyles = makeStyles({
  text: { '& textarea': { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200, maxHeight: 'none' } },
  file: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', flexWrap: 'wrap' },
});

const NOTHING: ConnectionReferences = {};

/** Makes a flow from a definition file, a pasted definition, or an empty one; mistakes show while one looks. */
export function NewFlowDialog({ onClose }: { onClose: () => void }) {
  const styles = useStyles();
  const [name, setName] = useState('');
  const [text, setText] = useState(EMPTY_DEFINITION);
  const [chosen, setChosen] = useState<ConnectionReferences>(NOTHING);
  const { data: connections = [] } = useConnections();
  const check = useFlowCheck(useDeferredValue(text), NOTHING);
  const create = useCreateFlow();
  const navigate = useNavigate();

  const uses = check.data?.references ?? [];
  const connectionReferences = proposeReferences(uses, connections, chosen);
  const errors = check.data?.errors.filter((error) => error.code !== 'FLOW_CONNECTION_UNKNOWN') ?? [];
  const submit = () =>
    create.mutate(
      { name: name.trim(), definition: text, connectionReferences },
      {
        onSuccess: (flow) =>
          void navigate({ to: '/flows/$flowId', params: { flowId: flow.id }, search: { tab: 'definition' } }),
      },
    );
  const take = async (file: File) => {
    setText(await file.text());
    if (name === '') setName(file.name.replace(/\.json$/i, '').replaceAll(/[_-]+/g, ' '));
  };
  return (
    <FormDialog
      open
      wide
      title="New flow"
      action="Create flow"
      busy={create.isPending}
      disabled={name.trim() === '' || text.trim() === ''}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <DefinitionFile onFile={take} />
      <Field
        label="Definition"
        hint="Workflow Definition Language, as Power Automate and Logic Apps export it."
      >
        <Textarea
          className={styles.text}
          value={text}
          textarea={{ rows: 10, spellCheck: false }}
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
      {errors.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            You can create the flow and mend this afterwards:
            <ProblemList problems={errors.slice(0, 5)} severity="error" />
          </MessageBarBody>
        </MessageBar>
      )}
      <ReferenceChooser
        uses={uses}
        connections={connections}
        value={connectionReferences}
        onChange={setChosen}
      />
    </FormDialog>
  );
}

function DefinitionFile({ onFile }: { onFile: (file: File) => Promise<void> }) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.file}>
      <Button icon={<FolderOpenRegular />} onClick={() => input.current?.click()}>
        Open a definition file
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Definition file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void onFile(file);
        }}
      />
      or paste a definition below.
    </div>
  );
}
