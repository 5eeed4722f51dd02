import { Combobox, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { matchesSearch } from '../components/search.ts';
import { MONOSPACE } from '../components/styles.ts';
import type { TestableOperation } from './testable-operations.ts';

const useStyles = makeStyles({
  option: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', minWidth: 0 },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  path: { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

/** As many fit into a list that somebody scrolls; typing finds the others. */
const MAX_SHOWN = 100;

interface OperationFieldProps {
  readonly operations: readonly TestableOperation[];
  readonly operation: TestableOperation;
  onChoose(operationId: string): void;
}

/** Which operation is tried: chosen from a list, or found by typing a part of its name or path. */
export function OperationField({ operations, operation, onChoose }: OperationFieldProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState<string>();
  const found = operations.filter(({ operationId, summary, path }) =>
    matchesSearch(typed ?? '', operationId, summary, path),
  );
  return (
    <Field label="Operation">
      <Combobox
        autoComplete="off"
        value={typed ?? operation.summary}
        selectedOptions={[operation.operationId]}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(undefined)}
        onOpenChange={(_, data) => data.open || setTyped(undefined)}
        onOptionSelect={(_, data) => {
          // What is typed takes the choice away until another one is made.
          if (!data.optionValue) return;
          setTyped(undefined);
          onChoose(data.optionValue);
        }}
        style={{ minWidth: 0 }}
      >
        {found.slice(0, MAX_SHOWN).map((one) => (
          <Option key={one.operationId} value={one.operationId} text={one.summary}>
            <span className={styles.option}>
              <MethodBadge method={one.method} />
              <span className={styles.words}>
                <span>{one.summary}</span>
                <span className={styles.path}>{one.path}</span>
              </span>
            </span>
          </Option>
        ))}
        {found.length === 0 && (
          <Option value="" text="" disabled>
            No operation has this in its name or path.
          </Option>
        )}
        {found.length > MAX_SHOWN && (
          <Option value="" text="" disabled>
            <Text size={200}>{found.length - MAX_SHOWN} more: type to find them.</Text>
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
