import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import type { ConnectorDraft } from '../../../api/index.ts';
import { joinPointer } from '../../../base/index.ts';
import {
  type DraftProblem,
  readParameterForm,
  type SecurityKind,
  type SecuritySet,
  setParameterForm,
  setSecurityKind,
} from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { OAuthFields } from './OAuthFields.tsx';
import { ParameterList } from './ParameterList.tsx';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    alignItems: 'start',
  },
});

const KINDS: readonly (readonly [SecurityKind, string])[] = [
  ['none', 'No authentication'],
  ['apiKey', 'API key'],
  ['basic', 'User name and password (Basic)'],
  ['bearer', 'Bearer token'],
  ['oauth2', 'OAuth 2.0'],
];

interface SetCardProps {
  readonly draft: ConnectorDraft;
  readonly set: SecuritySet;
  readonly place: { readonly index: number; readonly count: number };
  /** Where its parameters stand in the definition. */
  readonly pointer: string;
  readonly takenNames: readonly string[];
  readonly problems: readonly DraftProblem[];
  onChange(next: SecuritySet, label: string): void;
  onMove(by: number): void;
  onRemove(): void;
}

/** One way to connect. */
export function SetCard({ draft, set, place, pointer, takenNames, problems, ...on }: SetCardProps) {
  const styles = useStyles();
  const isOne = place.count === 1;
  return (
    <Card
      title={isOne ? 'How people connect' : set.title || set.name}
      note={isOne ? 'What a call needs so that the service takes it.' : undefined}
      actions={isOne ? undefined : <SetActions set={set} place={place} {...on} />}
      place={describePlace(pointer, place.index)}
    >
      {set.isCombined && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The document sends several credentials together. Here only the first can be changed, and a change
            leaves the others out.
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label="Authentication type">
        <Select
          value={set.kind === 'custom' ? 'none' : set.kind}
          onChange={(_, data) =>
            on.onChange(setSecurityKind(set, data.value as SecurityKind), 'Authentication type')
          }
        >
          {KINDS.map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {!isOne && (
        <div className={styles.pair}>
          <Field label="Shown as">
            <Input
              value={set.title}
              onChange={(_, data) => on.onChange({ ...set, title: data.value }, 'Name of the way to connect')}
            />
          </Field>
          <Field
            label="Name"
            hint="What connections remember it by."
            {...(takenNames.includes(set.name)
              ? { validationState: 'error' as const, validationMessage: 'Another way has this name.' }
              : {})}
          >
            <Input
              value={set.name}
              onChange={(_, data) => on.onChange({ ...set, name: data.value }, 'Name of the way to connect')}
            />
          </Field>
        </div>
      )}
      {set.kind === 'apiKey' && <ApiKeyFields set={set} pointer={pointer} onChange={on.onChange} />}
      {(set.kind === 'basic' || set.kind === 'bearer') && (
        <LabelFields set={set} pointer={pointer} onChange={on.onChange} />
      )}
      {set.kind === 'oauth2' && (
        <OAuthFields draft={draft} set={set} problems={problems} onChange={on.onChange} />
      )}
      <ParameterList set={set} pointer={pointer} onChange={on.onChange} />
    </Card>
  );
}

function SetActions({
  set,
  place,
  onMove,
  onRemove,
}: Pick<SetCardProps, 'set' | 'place' | 'onMove' | 'onRemove'>) {
  return (
    <>
      <Button
        appearance="subtle"
        icon={<ArrowUpRegular />}
        aria-label={`Move ${set.title} up`}
        disabled={place.index === 0}
        onClick={() => onMove(-1)}
      />
      <Button
        appearance="subtle"
        icon={<ArrowDownRegular />}
        aria-label={`Move ${set.title} down`}
        disabled={place.index === place.count - 1}
        onClick={() => onMove(1)}
      />
      <Button
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={`Remove ${set.title}`}
        onClick={onRemove}
      />
    </>
  );
}

/** What belongs to no single parameter leads to the first way. */
function describePlace(pointer: string, index: number): string {
  const wholes = index === 0 ? WHOLES.map((one) => ` ${one}/`).join('') : '';
  return `${pointer.replace(/\/parameters$/, '')}/${wholes}`;
}

const WHOLES = [
  '/properties/connectionParameters',
  '/properties/connectionParameterSets',
  '/openapi/components/securitySchemes',
  '/openapi/security',
];

type FieldsProps = Pick<SetCardProps, 'set' | 'pointer' | 'onChange'>;

function ApiKeyFields({ set, pointer, onChange }: FieldsProps) {
  const styles = useStyles();
  const place = set.place ?? { in: 'header', name: '' };
  const change = (next: Partial<typeof place>) =>
    onChange({ ...set, place: { ...place, ...next } }, 'API key');
  return (
    <>
      <div className={styles.pair}>
        <Field label="Sent in">
          <Select
            value={place.in}
            onChange={(_, data) => change({ in: data.value === 'query' ? 'query' : 'header' })}
          >
            <option value="header">Header</option>
            <option value="query">Query</option>
            {place.in === 'cookie' && <option value="cookie">Cookie</option>}
          </Select>
        </Field>
        <Field
          label={place.in === 'query' ? 'Name of the query parameter' : 'Name of the header'}
          required
          hint="As the documentation of the service writes it."
          {...describeHeader(place)}
        >
          <Input
            value={place.name}
            spellCheck={false}
            placeholder={place.in === 'query' ? 'api_key' : 'X-API-Key'}
            onChange={(_, data) => change({ name: data.value })}
          />
        </Field>
      </div>
      <LabelFields set={set} pointer={pointer} onChange={onChange} />
    </>
  );
}

function describeHeader(place: { readonly in: string; readonly name: string }) {
  if (place.name.trim() === '')
    return {
      validationState: 'error' as const,
      validationMessage: 'Enter the name that the key is sent under.',
    };
  if (place.in === 'query' || /^[\w!#$%&'*+.^`|~-]+$/.test(place.name)) return {};
  return {
    validationState: 'error' as const,
    validationMessage: 'A header has no blanks and no signs such as : or / in its name.',
  };
}

const LABELS: Readonly<Record<string, string>> = {
  apiKey: 'Label of the key',
  bearer: 'Label of the token',
};

/** What the form of a connection calls the credentials. */
function LabelFields({ set, pointer, onChange }: FieldsProps) {
  const styles = useStyles();
  return (
    <>
      {set.credentials.map((name, index) => {
        const form = readParameterForm(set, name);
        const label = LABELS[set.kind] ?? (index === 0 ? 'Label of the user name' : 'Label of the password');
        return (
          <div key={name} className={styles.pair} data-place={`${joinPointer(pointer, name)}/`}>
            <Field label={label} hint="What the form of a connection asks for.">
              <Input
                value={form.displayName}
                onChange={(_, data) =>
                  onChange(setParameterForm(set, name, { displayName: data.value }), label)
                }
              />
            </Field>
            <Field label={`Help for “${form.displayName || name}”`} hint="Where people find it.">
              <Input
                value={form.description}
                onChange={(_, data) =>
                  onChange(setParameterForm(set, name, { description: data.value }), 'Help text')
                }
              />
            </Field>
          </div>
        );
      })}
    </>
  );
}
