import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { getByPointer, isJsonObject, type JsonObject, joinPointer } from '../../../base/index.ts';
import {
  addField,
  deleteField,
  editDocument,
  listSchemaRows,
  moveField,
  readType,
  type SchemaRow,
} from '../../../connector/index.ts';
import { type EditorProps, problemPlace } from './editor-props.ts';
import { FieldDetails } from './FieldDetails.tsx';
import { SCHEMA_ROW_HEIGHT, SchemaTreeRow } from './SchemaTreeRow.tsx';
import { TREE_KEYS } from './schema-keys.ts';
import { findRow, isOpenAtFirst, placeRows } from './schema-places.ts';
import { useStepStyles } from './use-step-styles.ts';

const useStyles = makeStyles({
  grid: {
    maxHeight: '420px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  rows: { position: 'relative' },
});

interface SchemaEditorProps extends EditorProps {
  /** The operation it belongs to. */
  readonly pointer?: string;
  readonly title: string;
  readonly schemaPointer: string;
}

/**
 * A schema as a tree (the ARIA treegrid pattern): up and down go through the rows, right and left open and close,
 * Insert adds a field, Delete takes one out, Alt with up and down moves it, Enter goes to its details.
 */
export function SchemaEditor(props: SchemaEditorProps) {
  const { definition, title, schemaPointer, shown, onChange, onShow } = props;
  const styles = useStyles();
  const step = useStepStyles();
  const { openapi } = definition;
  const frame = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLDivElement>(null);
  const mustFocus = useRef(false);
  const found = getByPointer(openapi, schemaPointer);
  const [first] = useState(() => findRow(openapi, schemaPointer, isJsonObject(found) ? found : {}, shown));
  const [toggled, setToggled] = useState<ReadonlySet<string>>(first?.toggled ?? new Set());
  const [chosenId, setChosenId] = useState(first?.id);
  const rows = useMemo(() => {
    const written: JsonObject = isJsonObject(found) ? found : {};
    return listSchemaRows(
      openapi,
      schemaPointer,
      written,
      (id, depth) => toggled.has(id) !== isOpenAtFirst(depth),
    );
  }, [openapi, schemaPointer, found, toggled]);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === chosenId),
  );
  const chosen = rows[at];
  const firstAt = useRef(at);
  const places = useMemo(() => placeRows(rows), [rows]);
  const setChosen = (id: string, place = places.get(id)) => {
    setChosenId(id);
    if (place !== undefined) onShow(place);
  };
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => SCHEMA_ROW_HEIGHT,
    overscan: 12,
    // Before its frame has been measured a list would be empty.
    initialRect: { width: 600, height: 420 },
  });
  const isShown = first !== undefined;
  useEffect(() => {
    if (isShown) virtual.scrollToIndex(firstAt.current, { align: 'center' });
  }, [isShown, virtual]);
  useEffect(() => {
    if (!mustFocus.current) return;
    virtual.scrollToIndex(at, { align: 'auto' });
    frame.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus();
    mustFocus.current = false;
  }, [at, virtual]);
  if (chosen === undefined) return null;

  const go = (row: SchemaRow | undefined) => {
    if (row === undefined) return;
    mustFocus.current = true;
    setChosen(row.id);
  };
  const toggle = ({ id }: SchemaRow) => {
    const next = new Set(toggled);
    if (!next.delete(id)) next.add(id);
    setToggled(next);
  };
  const parent = rows.find(({ id }) => id === chosen.parentId);
  const owner = chosen.kind === 'property' ? parent?.target : undefined;
  const add = () => {
    const home = findHome(chosen, parent);
    if (home === undefined) return;
    const { openapi: next, name } = addField(openapi, home.target, home.after);
    onChange({ ...definition, openapi: next }, 'New field');
    if (home.row !== undefined && !home.row.isExpanded && home.row.hasChildren) toggle(home.row);
    const place = joinPointer(places.get(home.row?.id ?? '') ?? '', 'properties', name);
    setChosen(`${home.row?.id ?? ''}/property:${name}`, place);
    requestAnimationFrame(() => details.current?.querySelector('input')?.select());
  };
  const remove = () => {
    if (owner === undefined) return;
    onChange(
      editDocument(definition, (one) => deleteField(one, owner, chosen.name)),
      `Delete ${chosen.name}`,
    );
    go(rows[at - 1]);
  };
  const move = (by: -1 | 1) => {
    if (owner === undefined) return;
    onChange(
      editDocument(definition, (one) => moveField(one, owner, chosen.name, by)),
      'Reorder',
    );
    mustFocus.current = true;
  };
  const handleKey = (event: KeyboardEvent) => {
    const act = TREE_KEYS[`${event.altKey ? 'Alt+' : ''}${event.key}`];
    if (act === undefined) return;
    event.preventDefault();
    act({
      rows,
      at,
      chosen,
      go,
      toggle,
      add,
      remove,
      move,
      open: () => details.current?.querySelector('input')?.focus(),
    });
  };
  return (
    <div className={step.stack}>
      <div className={step.bar}>
        <Text weight="semibold" className={step.grow}>
          {title}
        </Text>
        <Button
          size="small"
          icon={<AddRegular />}
          disabledFocusable={findHome(chosen, parent) === undefined}
          onClick={add}
        >
          Add field
        </Button>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowUpRegular />}
          aria-label="Move field up"
          disabledFocusable={owner === undefined}
          onClick={() => move(-1)}
        />
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowDownRegular />}
          aria-label="Move field down"
          disabledFocusable={owner === undefined}
          onClick={() => move(1)}
        />
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label="Delete field"
          disabledFocusable={owner === undefined}
          onClick={remove}
        />
      </div>
      <div
        ref={frame}
        className={styles.grid}
        data-place={`${problemPlace(schemaPointer)}/`}
        role="treegrid"
        aria-label={`Fields of ${title}`}
        aria-rowcount={rows.length}
        tabIndex={-1}
        onKeyDown={handleKey}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot draw only the rows in sight */}
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }} role="rowgroup">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <SchemaTreeRow
                key={row.id}
                row={row}
                openapi={openapi}
                index={index}
                top={start}
                isChosen={index === at}
                onChoose={() => setChosen(row.id)}
                onToggle={() => toggle(row)}
              />
            );
          })}
        </div>
      </div>
      <div ref={details}>
        {chosenId === undefined ? (
          <Text className={step.faint}>Choose a row to see and change what is said of it.</Text>
        ) : (
          <FieldDetails
            {...props}
            key={chosen.pointer}
            row={chosen}
            owner={owner}
            onRenamed={(name) =>
              setChosen(
                `${chosen.parentId ?? ''}/property:${name}`,
                joinPointer(places.get(chosen.parentId ?? '') ?? '', 'properties', name),
              )
            }
          />
        )}
      </div>
    </div>
  );
}

/** Where a new field goes: into the object that is chosen, else after the field that is chosen. */
function findHome(chosen: SchemaRow, parent: SchemaRow | undefined) {
  const type = readType(chosen.schema);
  if (type === 'object' || (chosen.kind === 'root' && type === 'any'))
    return { target: chosen.target, row: chosen };
  if (chosen.kind !== 'property' || parent === undefined) return undefined;
  return { target: parent.target, row: parent, after: chosen.name };
}
