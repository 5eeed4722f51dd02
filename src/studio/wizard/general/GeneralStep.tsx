import { Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { type GeneralInfo, readGeneral, setGeneral } from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { describeField } from '../field-problem.ts';
import type { StepProps } from '../step-props.ts';
import { CategoriesField } from './CategoriesField.tsx';
import { LookFields } from './LookFields.tsx';
import { ServerFields } from './ServerFields.tsx';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    columnGap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    alignItems: 'start',
  },
});

/** What the connector is called, what it is for, and where its calls go. */
export function GeneralStep({ definition, problems, onChange }: StepProps) {
  const styles = useStyles();
  const general = readGeneral(definition);
  const set = (change: Partial<Omit<GeneralInfo, 'icon'>>, label: string) =>
    onChange(setGeneral(definition, change), label);
  return (
    <>
      <Card title="About the connector">
        <Field label="Name" required {...describeField(problems, '/openapi/info/title')}>
          <Input value={general.title} onChange={(_, data) => set({ title: data.value }, 'Name')} />
        </Field>
        <Field
          label="Description"
          hint="What the service does, and what one can do with it, for whoever chooses among connectors."
          {...describeField(problems, '/openapi/info/description')}
        >
          <Textarea
            value={general.description}
            resize="vertical"
            rows={3}
            onChange={(_, data) => set({ description: data.value }, 'Description')}
          />
        </Field>
        <CategoriesField definition={definition} problems={problems} onChange={onChange} />
      </Card>
      <Card title="How it looks" note="In lists, in flows, and in the catalogue of connectors.">
        <LookFields definition={definition} problems={problems} onChange={onChange} />
      </Card>
      <Card title="Where calls go" note="Every operation adds its own path to this address.">
        <ServerFields definition={definition} problems={problems} onChange={onChange} />
      </Card>
      <Card title="Who is behind it" note="Shown on the connector’s page, so that people know whom to ask.">
        <div className={styles.pair}>
          <Field
            label="Publisher"
            hint="Who made this connector."
            {...describeField(problems, '/properties/publisher')}
          >
            <Input
              value={general.publisher}
              onChange={(_, data) => set({ publisher: data.value }, 'Publisher')}
            />
          </Field>
          <Field label="Documentation" {...describeField(problems, '/openapi/externalDocs/url')}>
            <Input
              type="url"
              placeholder="https://"
              value={general.documentationUrl}
              onChange={(_, data) => set({ documentationUrl: data.value }, 'Documentation link')}
            />
          </Field>
          <Field label="Contact name" {...describeField(problems, '/openapi/info/contact/name')}>
            <Input
              value={general.contactName}
              onChange={(_, data) => set({ contactName: data.value }, 'Contact name')}
            />
          </Field>
          <Field label="Contact email" {...describeField(problems, '/openapi/info/contact/email')}>
            <Input
              type="email"
              value={general.contactEmail}
              onChange={(_, data) => set({ contactEmail: data.value }, 'Contact email')}
            />
          </Field>
          <Field label="Contact website" {...describeField(problems, '/openapi/info/contact/url')}>
            <Input
              type="url"
              placeholder="https://"
              value={general.contactUrl}
              onChange={(_, data) => set({ contactUrl: data.value }, 'Contact website')}
            />
          </Field>
        </div>
      </Card>
    </>
  );
}
