import { Combobox, Field, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { CATEGORIES, readCategories, setCategories } from '../../../connector/index.ts';
import { matchesSearch } from '../../components/search.ts';
import { describeField } from '../field-problem.ts';
import type { StepProps } from '../step-props.ts';

/** What the connector is for: the gallery groups by it. */
export function CategoriesField({
  definition,
  problems,
  onChange,
}: Pick<StepProps, 'definition' | 'problems' | 'onChange'>) {
  const chosen = readCategories(definition);
  const [typed, setTyped] = useState<string>();
  // A document may bring a category of its own.
  const all = [...CATEGORIES, ...chosen.filter((name) => !CATEGORIES.includes(name))];
  // What is said of the metadata may be about the website or the privacy policy.
  const own = problems.filter(({ message }) => /categor/i.test(message));
  const found = all.filter((name) => matchesSearch(typed ?? '', name));
  return (
    <Field
      label="Categories"
      hint="The gallery groups by them; for certification there are one or two."
      {...describeField(own, '/openapi/x-ms-connector-metadata')}
    >
      <Combobox
        multiselect
        autoComplete="off"
        placeholder="None chosen"
        value={typed ?? chosen.join(', ')}
        selectedOptions={chosen}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={() => setTyped('')}
        onBlur={() => setTyped(undefined)}
        onOptionSelect={(_, data) => {
          setTyped('');
          onChange(setCategories(definition, data.selectedOptions), 'Categories');
        }}
        style={{ minWidth: 0 }}
      >
        {found.map((name) => (
          <Option key={name} value={name}>
            {name}
          </Option>
        ))}
        {found.length === 0 && (
          <Option value="" text="" disabled>
            No category has this in its name.
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
