import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { CodeBlockRegular } from '@fluentui/react-icons/svg/code-block';
import { useMemo } from 'react';
import {
  addOperation,
  addShared,
  countUses,
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
import { ItemList } from './ItemList.tsx';
import { type ListTab, tabOf } from './list-tab.ts';
import { OperationEditor } from './OperationEditor.tsx';
import { SharedEditor } from './SharedEditor.tsx';
import { useChoice } from './use-choice.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: '288px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 1080px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  editor: { minWidth: 0 },
});

/** What a connector can do: its actions, its triggers, and what they share. */
export function DefinitionStep({ definition, problems, address, onChange }: StepProps) {
  const styles = useStyles();
  const notify = useNotify();
  const items = useMemo(() => listDefinitionItems(definition.openapi), [definition.openapi]);
  const choice = useChoice(items, address);
  const { tab, current, key, select } = choice;
  const place = ({ definition: next, pointer }: Placed, label: string) => {
    onChange(next, label);
    select(pointer, { from: listDefinitionItems(next.openapi) });
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
    if (after === undefined) choice.openTab(tab);
    else select(after.pointer);
  };
  const move = (pointer: string, by: -1 | 1) => {
    if (pointer.startsWith('/paths/')) onChange(shiftOperation(definition, pointer, by), 'Reorder');
  };
  const shared = {
    definition,
    problems,
    shown: choice.shown,
    onChange,
    onShow: choice.showPart,
    // The same editor goes on: whoever leaves a field by Tab comes to the next one.
    onMoved: choice.move,
    onDelete: remove,
    onSelect: (pointer: string) => select(pointer),
  };
  return (
    <div className={styles.root}>
      <ItemList
        items={items}
        problems={problems}
        tab={tab}
        selected={current?.pointer}
        onTab={choice.openTab}
        onSelect={(pointer, isPassing) => select(pointer, { isPassing })}
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
            onKind={choice.setTab}
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
