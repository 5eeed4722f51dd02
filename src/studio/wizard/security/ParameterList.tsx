import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Select,
  Subtitle2,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { joinPointer } from '../../../base/index.ts';
import {
  addConnectionParameter,
  moveConnectionParameter,
  readParameterForm,
  removeConnectionParameter,
  renameConnectionParameter,
  type SecuritySet,
  setParameterForm,
} from '../../../connector/index.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  words: { flexGrow: 1, flexBasis: '220px' },
  note: { display: 'block', color: tokens.colorNeutralForeground2 },
  item: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  fields: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(170px, 100%), 1fr))',
    alignItems: 'start',
    '& .fui-Input': { minWidth: 0, width: '100%' },
  },
  foot: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  required: { flexGrow: 1 },
});

const TYPES = [
  ['string', 'Text'],
  ['securestring', 'Secret'],
  ['int', 'Whole number'],
  ['bool', 'Yes or no'],
  ['gatewaySetting', 'Gateway'],
  ['oauthSetting', 'OAuth sign-in'],
] as const;

interface ParameterListProps {
  readonly set: SecuritySet;
  /** Where its parameters stand in the definition. */
  readonly pointer: string;
  onChange(next: SecuritySet, label: string): void;
}

/** What else whoever connects is asked for: a subdomain, a region. Policies put it into calls. */
export function ParameterList({ set, pointer, onChange }: ParameterListProps) {
  const styles = useStyles();
  const names = Object.keys(set.parameters).filter((name) => !set.credentials.includes(name));
  return (
    <>
      <div className={styles.head}>
        <div className={styles.words}>
          <Subtitle2 as="h3">Further parameters</Subtitle2>
          <Text size={200} className={styles.note}>
            What else the form of a connection asks for, such as a subdomain. Policies and the address use it.
          </Text>
        </div>
        <Button
          icon={<AddRegular />}
          onClick={() => onChange(addConnectionParameter(set), 'Parameter added')}
        >
          Add parameter
        </Button>
      </div>
      {names.map((name, index) => (
        <ParameterItem
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed; its place does not.
          key={index}
          name={name}
          set={set}
          pointer={pointer}
          isFirst={index === 0}
          isLast={index === names.length - 1}
          onChange={onChange}
        />
      ))}
    </>
  );
}

interface ParameterItemProps extends ParameterListProps {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function ParameterItem({ name, set, pointer, isFirst, isLast, onChange }: ParameterItemProps) {
  const styles = useStyles();
  const form = readParameterForm(set, name);
  const label = form.displayName || name;
  const change = (next: Parameters<typeof setParameterForm>[2]) =>
    onChange(setParameterForm(set, name, next), `Parameter ${label}`);
  return (
    <section
      className={styles.item}
      data-place={`${joinPointer(pointer, name)}/`}
      aria-label={`Parameter ${label}`}
    >
      <div className={styles.fields}>
        <Field label="Label">
          <Input value={form.displayName} onChange={(_, data) => change({ displayName: data.value })} />
        </Field>
        <Field label="Name" hint="What policies call it.">
          <Input
            value={name}
            spellCheck={false}
            onChange={(_, data) =>
              onChange(
                renameConnectionParameter(set, name, data.value.replaceAll(/[^\w:.-]/g, '_')),
                'Name of a parameter',
              )
            }
          />
        </Field>
        <Field label="Type">
          <Select value={form.type} onChange={(_, data) => change({ type: data.value })}>
            {TYPES.map(([type, title]) => (
              <option key={type} value={type}>
                {title}
              </option>
            ))}
            {!TYPES.some(([type]) => type === form.type) && <option value={form.type}>{form.type}</option>}
          </Select>
        </Field>
        {form.type !== 'securestring' && form.type !== 'oauthSetting' && form.type !== 'gatewaySetting' && (
          <Field label="Default">
            {form.type === 'bool' ? (
              <Select value={form.defaultValue} onChange={(_, data) => change({ defaultValue: data.value })}>
                <option value="">None</option>
                <option value="true">Yes</option>
                <option value="false">No</option>
              </Select>
            ) : (
              <Input value={form.defaultValue} onChange={(_, data) => change({ defaultValue: data.value })} />
            )}
          </Field>
        )}
      </div>
      <Field label="Help">
        <Input value={form.description} onChange={(_, data) => change({ description: data.value })} />
      </Field>
      {(form.type === 'string' || form.type === 'int') && <Choices form={form} change={change} />}
      <div className={styles.foot}>
        <Checkbox
          className={styles.required}
          label="Required"
          checked={form.required}
          onChange={(_, data) => change({ required: data.checked === true })}
        />
        <Button
          appearance="subtle"
          icon={<ArrowUpRegular />}
          aria-label={`Move ${label} up`}
          disabled={isFirst && set.credentials.length === 0}
          onClick={() => onChange(moveConnectionParameter(set, name, -1), 'Order of the parameters')}
        />
        <Button
          appearance="subtle"
          icon={<ArrowDownRegular />}
          aria-label={`Move ${label} down`}
          disabled={isLast && set.credentials.length === 0}
          onClick={() => onChange(moveConnectionParameter(set, name, 1), 'Order of the parameters')}
        />
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={`Remove ${label}`}
          onClick={() => onChange(removeConnectionParameter(set, name), 'Parameter removed')}
        />
      </div>
    </section>
  );
}

interface ChoicesProps {
  readonly form: ReturnType<typeof readParameterForm>;
  change(next: { readonly allowedValues: readonly string[] }): void;
}

/** The values that can be chosen, one a line; while somebody types, an empty last line is no value yet. */
function Choices({ form, change }: ChoicesProps) {
  return (
    <Field label="Choices" hint="One a line. Without any, everything can be entered.">
      <Textarea
        key={form.allowedValues.join('\n')}
        defaultValue={form.allowedValues.join('\n')}
        rows={2}
        resize="vertical"
        onBlur={(event) => {
          const values = event.target.value.split('\n').map((one) => one.trim());
          if (values.filter(Boolean).join('\n') !== form.allowedValues.join('\n'))
            change({ allowedValues: values });
        }}
      />
    </Field>
  );
}
