import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ColumnFields } from './ColumnFields.tsx';
import type { ColumnDraft } from './columns.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  add: { alignSelf: 'flex-start' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
});

interface ColumnsEditorProps {
  readonly drafts: readonly ColumnDraft[];
  onChange(drafts: readonly ColumnDraft[]): void;
}

/** The columns of a list, to add to, to change and to remove. */
export function ColumnsEditor({ drafts, onChange }: ColumnsEditorProps) {
  const styles = useStyles();
  const replace = (key: string, change: Partial<ColumnDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...change } : draft)));
  const add = () =>
    onChange([
      ...drafts,
      { key: crypto.randomUUID(), title: '', type: 'text', required: false, choices: '' },
    ]);
  return (
    <section className={styles.root} aria-label="Columns">
      <Text weight="semibold">Columns</Text>
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <li key={draft.key}>
            <ColumnFields
              draft={draft}
              onChange={(change) => replace(draft.key, change)}
              onRemove={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
            />
          </li>
        ))}
      </ul>
      <Button className={styles.add} icon={<AddRegular />} onClick={add}>
        Add column
      </Button>
    </section>
  );
}
