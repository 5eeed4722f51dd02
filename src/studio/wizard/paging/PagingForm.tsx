import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMemo } from 'react';
import type { JsonObject } from '../../../base/index.ts';
import { type CompiledConnector, type PagingEntry, previewPaging } from '../../../connector/index.ts';
import { MONOSPACE } from '../../components/styles.ts';
import { changeKind, isPagingKind, PAGING_KINDS } from './paging-kinds.ts';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    alignItems: 'start',
  },
  wide: { gridColumn: '1 / -1' },
  requests: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    paddingLeft: tokens.spacingHorizontalXXXL,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '22px',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface PagingFormProps {
  readonly entry: PagingEntry;
  readonly connector: CompiledConnector;
  onChange(paging: JsonObject | undefined): void;
}

/** How one operation pages, by hand, and the requests that come of it. */
export function PagingForm({ entry, connector, onChange }: PagingFormProps) {
  const styles = useStyles();
  const { own, paging, operationId, proposal } = entry;
  const current: JsonObject = own ?? { ...paging };
  const by = own === undefined && paging === undefined ? 'unset' : current['by'];
  const kind = isPagingKind(by) ? PAGING_KINDS[by] : undefined;
  const preview = useMemo(() => previewPaging(connector, operationId), [connector, operationId]);
  const choose = (value: string) => {
    if (value === 'unset') return onChange(undefined);
    if (value === proposal?.paging.by) return onChange({ ...proposal.paging });
    onChange(isPagingKind(value) ? changeKind(value, current) : { by: 'none' });
  };
  const isUndeclared = own === undefined;
  return (
    <>
      <div className={styles.fields}>
        <Field label="How it continues" className={styles.wide}>
          <Select
            value={kind === undefined && by !== 'unset' ? 'none' : String(by)}
            onChange={(_, data) => choose(data.value)}
          >
            {(isUndeclared && by === 'unset') || !isUndeclared ? (
              <option value="unset">Not said here</option>
            ) : null}
            <option value="none">There is one page only</option>
            {Object.entries(PAGING_KINDS).map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        {kind?.fields.map(({ name, label, hint, type, required = false }) => {
          const text = String(current[name] ?? '');
          const isMissing = required && text === '';
          const set = (value: string) => onChange(putField(current, name, type, value));
          return (
            <Field
              key={name}
              label={label}
              hint={hint}
              required={required}
              validationState={isMissing ? 'error' : 'none'}
              validationMessage={isMissing ? 'This is needed.' : undefined}
            >
              {type === 'parameter' ? (
                <Select value={text} onChange={(_, data) => set(data.value)}>
                  <option value="">{required ? 'Choose' : 'None'}</option>
                  {listParameters(connector, operationId, text).map((one) => (
                    <option key={one} value={one}>
                      {one}
                    </option>
                  ))}
                </Select>
              ) : (
                <Input
                  value={text}
                  spellCheck={false}
                  autoCapitalize="off"
                  inputMode={type === 'number' ? 'numeric' : undefined}
                  onChange={(_, data) => set(data.value)}
                />
              )}
            </Field>
          );
        })}
      </div>
      {preview?.problem !== undefined && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{preview.problem}</MessageBarBody>
        </MessageBar>
      )}
      {preview !== undefined && preview.problem === undefined && (
        <section aria-label="The first two requests">
          <Text weight="semibold">The first two requests</Text>
          <ol className={styles.requests}>
            <li>{preview.first}</li>
            {preview.next === undefined ? null : <li>{preview.next}</li>}
          </ol>
        </section>
      )}
    </>
  );
}

/** Letters in a number are not taken over; nothing takes a field out. */
function putField(before: JsonObject, name: string, type: string, text: string): JsonObject {
  const { [name]: _before, ...others } = before;
  const value = type === 'number' ? text.replace(/\D/g, '').slice(0, 9) : text;
  if (value === '') return others;
  return { ...others, [name]: type === 'number' ? Number(value) : value };
}

function listParameters(connector: CompiledConnector, operationId: string, current: string): string[] {
  const parameters = connector.operation(operationId)?.parameters ?? [];
  const names = parameters.filter((one) => one.in !== 'path').map(({ name }) => name);
  return current === '' || names.includes(current) ? names : [current, ...names];
}
