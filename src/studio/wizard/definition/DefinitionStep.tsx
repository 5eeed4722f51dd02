import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { CodeBlockRegular } from '@fluentui/react-icons/svg/code-block';
import { useMemo, useState } from 'react';
import {
  addOperation,
  addShared,
  countUses,
  type DefinitionItem,
  deleteOperation,
  deleteShared,
  duplicateOperation,
  duplicateShared,
  listDefinitionItems,
  type Placed,
  shiftOperation,
} from '../../../connector/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useNotify } from '../../components/notifications.tsx';
import { PHONE } from '../../components/styles.ts';
import type { StepProps } from '../step-props.ts';
import { ItemList, type ListTab, tabOf } from './ItemList.tsx';
import { OperationEditor } from './OperationEditor.tsx';
import { SharedEditor } from './SharedEditor.tsx';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: '272px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 1080px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  editor: { minWidth: 0 },
});

interface Chosen {
  readonly pointer: string;
  readonly title: string;
  /** Of the editor: another one begins anew. */
  readonly key: string;
}

/** What a connector can do: its actions, its triggers, and what they share. */
export function DefinitionStep({ definition, problems, at, onChange }: StepProps) {
  const styles = useStyles();
  const notify = useNotify();
  const items = useMemo(() => listDefinitionItems(definition.openapi), [definition.openapi]);
  const [first] = useState(() => items.find(({ pointer }) => `/openapi${pointer}` === at));
  const [tab, setTab] = useState<ListTab>(first ? tabOf(first) : 'action');
  const [chosen, setChosen] = useState<Chosen | undefined>(
    first && { pointer: first.pointer, title: first.title, key: first.pointer },
  );
  const current = findCurrent(items, tab, chosen);
  const key = chosen?.key ?? current?.pointer ?? '';

  const select = (pointer: string, from = items) => {
    const item = from.find((one) => one.pointer === pointer);
    setChosen({ pointer, title: item?.title ?? '', key: pointer });
    if (item) setTab(tabOf(item));
  };
  const place = ({ definition: next, pointer }: Placed, label: string) => {
    onChange(next, label);
    select(pointer, listDefinitionItems(next.openapi));
  };
  const add = (kind: ListTab) => {
    if (kind === 'shared') place(addShared(definition, 'schemas'), 'New schema');
    else place(addOperation(definition, kind), kind === 'action' ? 'New action' : 'New trigger');
  };
  const remove = (pointer: string) => {
    const item = items.find((one) => one.pointer === pointer);
    if (item === undefined) return;
    const uses = 'method' in item ? 0 : countUses(definition.openapi, pointer);
    if (uses > 0) {
      notify.error(`${item.title} is not deleted.`, new Error(`${uses} places refer to it.`));
      return;
    }
    const next = 'method' in item ? deleteOperation(definition, pointer) : deleteShared(definition, pointer);
    onChange(next, `Delete ${item.title}`);
    const neighbours = items.filter((one) => tabOf(one) === tabOf(item));
    const at = neighbours.indexOf(item);
    const after = neighbours[at + 1] ?? neighbours[at - 1];
    setChosen(after && { pointer: after.pointer, title: after.title, key: after.pointer });
  };
  const move = (pointer: string, by: -1 | 1) => {
    if (pointer.startsWith('/paths/')) onChange(shiftOperation(definition, pointer, by), 'Reorder');
  };
  const shared = {
    definition,
    problems,
    onChange,
    // The same editor goes on: whoever leaves a field by Tab comes to the next one.
    onMoved: (pointer: string) => setChosen({ pointer, title: current?.title ?? '', key }),
    onDelete: remove,
    onSelect: select,
  };
  return (
    <div className={styles.root}>
      <ItemList
        items={items}
        problems={problems}
        tab={tab}
        selected={current?.pointer}
        onTab={(next) => {
          setTab(next);
          setChosen(undefined);
        }}
        onSelect={select}
        onAdd={add}
        onMove={move}
        onDelete={remove}
      />
      <div className={styles.editor}>
        {current === undefined ? (
          <EmptyState
            icon={<CodeBlockRegular />}
            title={EMPTY[tab].title}
            actions={
              <Button appearance="primary" icon={<AddRegular />} onClick={() => add(tab)}>
                {EMPTY[tab].add}
              </Button>
            }
          >
            {EMPTY[tab].text}
          </EmptyState>
        ) : 'method' in current ? (
          <OperationEditor
            key={key}
            {...shared}
            pointer={current.pointer}
            onMove={(by) => move(current.pointer, by)}
            onKind={setTab}
            onDuplicate={() =>
              place(duplicateOperation(definition, current.pointer), `Duplicate ${current.title}`)
            }
          />
        ) : (
          <SharedEditor
            key={key}
            {...shared}
            pointer={current.pointer}
            onDuplicate={() =>
              place(duplicateShared(definition, current.pointer), `Duplicate ${current.title}`)
            }
          />
        )}
      </div>
    </div>
  );
}

const EMPTY = {
  action: {
    title: 'Add the first action',
    add: 'Add an action',
    text: 'An action is one call of the service: track a shipment, create a label. You need its address and, best of all, a sample of what it answers.',
  },
  trigger: {
    title: 'No trigger yet',
    add: 'Add a trigger',
    text: 'A trigger starts a flow when something happens: the service is asked now and then, or calls by itself (a webhook).',
  },
  shared: {
    title: 'Nothing is shared yet',
    add: 'Add a schema',
    text: 'What several operations use, such as an address, can be described once here and be referred to.',
  },
} as const;

/** What was chosen, wherever it stands now; else the first of the tab. */
function findCurrent(
  items: readonly DefinitionItem[],
  tab: ListTab,
  chosen: Chosen | undefined,
): DefinitionItem | undefined {
  const ofTab = items.filter((item) => tabOf(item) === tab);
  return (
    ofTab.find(({ pointer }) => pointer === chosen?.pointer) ??
    ofTab.find(({ title }) => title === chosen?.title) ??
    ofTab[0]
  );
}
