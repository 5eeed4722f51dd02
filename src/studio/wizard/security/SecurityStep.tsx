import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useMemo } from 'react';
import { createSecuritySet, readSecurity, type SecuritySet, setSecurity } from '../../../connector/index.ts';
import type { StepProps } from '../step-props.ts';
import { SetCard } from './SetCard.tsx';

const useStyles = makeStyles({
  more: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  note: { color: tokens.colorNeutralForeground2, flexBasis: '240px', flexGrow: 1 },
});

/** How people connect: one way or several, and what each asks for. */
export function SecurityStep({ draft, definition, problems, onChange }: StepProps) {
  const styles = useStyles();
  const sets = useMemo(() => readSecurity(definition), [definition]);
  const write = (next: readonly SecuritySet[], label: string) =>
    onChange(setSecurity(definition, next), label);
  const move = (from: number, by: number) => {
    const set = sets[from];
    if (set !== undefined)
      write(sets.toSpliced(from, 1).toSpliced(from + by, 0, set), 'Order of the ways to connect');
  };
  return (
    <>
      {sets.map((set, index) => (
        <SetCard
          // What a way is called may change while it is typed; where it stands does not.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          draft={draft}
          set={set}
          place={{ index, count: sets.length }}
          pointer={pointTo(definition, index)}
          takenNames={sets.filter((one) => one !== set).map(({ name }) => name)}
          problems={problems}
          onChange={(next, label) => write(sets.with(index, next), label)}
          onMove={(by) => move(index, by)}
          onRemove={() => write(sets.toSpliced(index, 1), 'Way to connect removed')}
        />
      ))}
      <div className={styles.more}>
        <Button
          icon={<AddRegular />}
          onClick={() =>
            write([...nameAll(sets), createSecuritySet('apiKey', sets)], 'Another way to connect')
          }
        >
          Add another way to connect
        </Button>
        <Text size={200} className={styles.note}>
          With several, whoever connects chooses one: an API key or a sign-in, for example.
        </Text>
      </div>
    </>
  );
}

/** Where the parameters of a way stand in the definition. */
function pointTo({ properties }: StepProps['definition'], index: number): string {
  return 'connectionParameterSets' in properties
    ? `/properties/connectionParameterSets/values/${index}/parameters`
    : '/properties/connectionParameters';
}

/** The only way needs no name; one of several does. */
function nameAll(sets: readonly SecuritySet[]): SecuritySet[] {
  return sets.map((set) =>
    set.name === 'default' ? { ...set, name: `${set.kind.toLowerCase()}-auth` } : set,
  );
}
