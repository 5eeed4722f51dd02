import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { OptionsRegular } from '@fluentui/react-icons/svg/options';
import { useEffect, useMemo, useRef, useState } from 'react';
import { parsePointer } from '../../../base/index.ts';
import {
  addPolicy,
  type ConnectorDefinition,
  deletePolicy,
  duplicatePolicy,
  listPolicies,
  movePolicy,
} from '../../../connector/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { isWithin } from '../address/is-within.ts';
import type { StepProps } from '../step-props.ts';
import { useCompiled } from '../use-compiled.ts';
import { PolicyCard } from './PolicyCard.tsx';
import { PolicyGallery } from './PolicyGallery.tsx';

const useStyles = makeStyles({
  top: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
  },
  note: { color: tokens.colorNeutralForeground2, flex: '1 1 280px', maxWidth: '72ch' },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  spoken: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** What is changed in requests on their way out and in answers on their way back, in order. */
export function PoliciesStep({ definition, problems, address, onChange }: StepProps) {
  const styles = useStyles();
  const policies = useMemo(() => listPolicies(definition), [definition]);
  const connector = useCompiled(definition);
  const [open, setOpen] = useOpenPolicy(address);
  const [picks, setPicks] = useState(false);
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<number>();
  const list = useRef<HTMLUListElement>(null);
  const [focus, setFocus] = useState<string>();
  useEffect(() => {
    if (focus === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-focus="${focus}"]`)?.focus();
    setFocus(undefined);
  }, [focus]);
  const countAll = countEntries(definition);
  const add = (templateId: string) => {
    setPicks(false);
    onChange(addPolicy(definition, templateId), 'Add policy');
    setOpen(countAll);
    setFocus(`title-${countAll}`);
  };
  const move = (from: number, to: number, button?: 'up' | 'down') => {
    if (from === to) return;
    onChange(movePolicy(definition, from, to), 'Move policy');
    setOpen(open === from ? to : undefined);
    if (button !== undefined) setFocus(`${button}-${to}`);
    const place = policies.findIndex(({ index }) => index === to) + 1;
    setSaid(`Moved to place ${place} of ${policies.length}.`);
  };
  const addButton = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => setPicks(true)}>
      Add a policy
    </Button>
  );
  return (
    <>
      {policies.length === 0 ? (
        <EmptyState icon={<OptionsRegular />} title="No policies" actions={addButton}>
          A policy changes requests before they are sent, or answers before they are read: it adds a header,
          chooses the host, makes a list of an object. Most connectors need none.
        </EmptyState>
      ) : (
        <>
          <div className={styles.top}>
            <Text className={styles.note}>
              Policies run from top to bottom: first those of the request, then, on the way back, those of the
              answer.
            </Text>
            {addButton}
          </div>
          <ul className={styles.list} ref={list} aria-label="Policies">
            {policies.map((entry, place) => (
              <PolicyCard
                key={`${entry.index} ${entry.templateId} ${open === entry.index}`}
                entry={entry}
                place={place}
                count={policies.length}
                definition={definition}
                connector={connector}
                problems={problems.filter(({ pointer }) => pointer === `${INSTANCES}/${entry.index}`)}
                isOpen={open === entry.index}
                isDropTarget={dragged !== undefined && dragged !== entry.index}
                onToggle={() => {
                  setOpen(open === entry.index ? undefined : entry.index);
                  setFocus(`title-${entry.index}`);
                }}
                onChange={onChange}
                onUp={() => move(entry.index, policies[place - 1]?.index ?? entry.index, 'up')}
                onDown={() => move(entry.index, policies[place + 1]?.index ?? entry.index, 'down')}
                onDuplicate={() => {
                  onChange(duplicatePolicy(definition, entry.index), 'Duplicate policy');
                  setOpen(entry.index + 1);
                  setFocus(`title-${entry.index + 1}`);
                }}
                onDelete={() => {
                  onChange(deletePolicy(definition, entry.index), 'Delete policy');
                  setOpen(undefined);
                  setFocus(`title-${(policies[place + 1] ?? entry).index - (policies[place + 1] ? 1 : 0)}`);
                  setSaid('Deleted. Undo brings it back.');
                }}
                onDrag={setDragged}
                onDrop={() => {
                  if (dragged !== undefined) move(dragged, entry.index);
                  setDragged(undefined);
                }}
              />
            ))}
          </ul>
        </>
      )}
      <span role="status" className={styles.spoken}>
        {said}
      </span>
      <PolicyGallery open={picks} onPick={add} onClose={() => setPicks(false)} />
    </>
  );
}

const INSTANCES = '/properties/policyTemplateInstances';

/** The policy that is open, by its place in the definition: what is opened or closed stands in the address. */
function useOpenPolicy({ at, arrival, show }: StepProps['address']) {
  const [state, setState] = useState({ open: readIndex(at), arrival });
  const now = state.arrival === arrival ? state : { open: readIndex(at), arrival };
  if (now !== state) setState(now);
  const setOpen = (open: number | undefined) => {
    if (open === now.open) return;
    setState({ open, arrival });
    show(open === undefined ? {} : { at: `${INSTANCES}/${open}` }, 'replace');
  };
  return [now.open, setOpen] as const;
}

function readIndex(at: string | undefined): number | undefined {
  if (at === undefined || !isWithin(at, INSTANCES)) return undefined;
  const index = parsePointer(at)[2];
  return index === undefined ? undefined : Number(index);
}

function countEntries({ properties }: ConnectorDefinition): number {
  const { policyTemplateInstances: instances } = properties;
  return Array.isArray(instances) ? instances.length : 0;
}
