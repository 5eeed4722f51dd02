import { Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import {
  formatServer,
  readServer,
  type ServerParts,
  setServer,
  splitAddress,
} from '../../../connector/index.ts';
import { MONOSPACE, PHONE } from '../../components/styles.ts';
import { describeField } from '../field-problem.ts';
import type { StepProps } from '../step-props.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: '110px minmax(0, 2fr) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    '& input, & .fui-Input': { minWidth: 0, width: '100%' },
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  whole: {
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

const NOWHERE: ServerParts = { scheme: 'https', host: '', basePath: '/' };

/** The base address in its parts. Whoever pastes a whole address into the host gets it taken apart. */
export function ServerFields({
  definition,
  problems,
  onChange,
}: Pick<StepProps, 'definition' | 'problems' | 'onChange'>) {
  const styles = useStyles();
  const stored = readServer(definition) ?? NOWHERE;
  const [typed, setTyped] = useState(stored);
  // What is being typed may be less than an address; what was undone, or written elsewhere, goes before it.
  const parts = isSame(typed, stored) ? typed : stored;
  const set = (change: Partial<ServerParts>) => {
    const next = { ...parts, ...change };
    setTyped(next);
    onChange(setServer(definition, next), 'Base address');
  };
  const setHost = (host: string, isComplete: boolean) => {
    const found = isComplete && host.includes('/') ? splitAddress(host) : undefined;
    if (found === undefined) return set({ host });
    set(found.basePath === '/' && !hasScheme(host) ? { host: found.host } : found);
  };
  return (
    <>
      <div className={styles.fields}>
        <Field label="Scheme">
          <Select
            value={parts.scheme}
            onChange={(_, data) => set({ scheme: data.value === 'http' ? 'http' : 'https' })}
          >
            <option value="https">https</option>
            <option value="http">http</option>
          </Select>
        </Field>
        <Field label="Host" required {...describeField(problems, '/openapi/servers')}>
          <Input
            value={parts.host}
            placeholder="api.example.com"
            spellCheck={false}
            autoCapitalize="off"
            onChange={(_, data) => setHost(data.value, data.value.length - parts.host.length > 1)}
            onBlur={(event) => {
              if (event.target.value.includes('/')) setHost(event.target.value, true);
            }}
          />
        </Field>
        <Field label="Base path">
          <Input
            value={parts.basePath}
            placeholder="/"
            spellCheck={false}
            autoCapitalize="off"
            onChange={(_, data) => set({ basePath: data.value })}
          />
        </Field>
      </div>
      {parts.host.trim() !== '' && (
        <Text className={styles.whole}>
          {formatServer(parts)}
          {'/…'}
        </Text>
      )}
    </>
  );
}

function hasScheme(text: string): boolean {
  return /^\s*https?:/i.test(text);
}

function isSame(typed: ServerParts, stored: ServerParts): boolean {
  if (typed.host.trim() === '' || stored.host === '') return typed.host.trim() === stored.host;
  const read = splitAddress(formatServer(typed));
  return read !== undefined && formatServer(read) === formatServer(stored);
}
