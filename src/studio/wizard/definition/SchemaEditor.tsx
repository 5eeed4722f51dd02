import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
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
import { listTypes } from '../../../schema/index.ts';
import { PHONE } from '../../components/styles.ts';
import { type EditorProps, problemPlace } from './editor-props.ts';
import { FieldDetails } from './FieldDetails.tsx';
import { findRow, isOpenAtFirst, placeRows } from './schema-places.ts';
import { useStepStyles } from './use-step-styles.ts';

const ROW_HEIGHT = 32;

const useStyles = makeStyles({
  grid: {
    maxHeight: '420px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  rows: { position: 'relative' },
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    height: `${ROW_HEIGHT}px`,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(72px, 3fr) minmax(0, 4fr)',
    // A phone has room for names and types; what they mean stands below, of the row that is chosen.
    [PHONE]: {
      gridTemplateColumns: 'minmax(0, 5fr) minmax(72px, 2fr)',
      '& > :last-child': { display: 'none' },
    },
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    paddingRight: tokens.spacingHorizontalS,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  chevron: { display: 'inline-flex', width: '20px', flexShrink: 0 },
  star: { color: tokens.colorStatusDangerForeground1 },
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
    estimateSize: () => ROW_HEIGHT,
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
    const act = KEYS[`${event.altKey ? 'Alt+' : ''}${event.key}`];
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
              <Row
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

interface KeyContext {
  readonly rows: readonly SchemaRow[];
  readonly at: number;
  readonly chosen: SchemaRow;
  go(row: SchemaRow | undefined): void;
  toggle(row: SchemaRow): void;
  add(): void;
  remove(): void;
  move(by: -1 | 1): void;
  open(): void;
}

const KEYS: Readonly<Record<string, (context: KeyContext) => void>> = {
  ArrowDown: ({ rows, at, go }) => go(rows[at + 1]),
  ArrowUp: ({ rows, at, go }) => go(rows[at - 1]),
  Home: ({ rows, go }) => go(rows[0]),
  End: ({ rows, go }) => go(rows.at(-1)),
  ArrowRight: ({ rows, at, chosen, go, toggle }) => {
    if (chosen.isExpanded) go(rows[at + 1]);
    else if (chosen.hasChildren) toggle(chosen);
  },
  ArrowLeft: ({ rows, chosen, go, toggle }) => {
    if (chosen.isExpanded) toggle(chosen);
    else go(rows.find(({ id }) => id === chosen.parentId));
  },
  Enter: ({ open }) => open(),
  F2: ({ open }) => open(),
  Insert: ({ add }) => add(),
  Delete: ({ remove }) => remove(),
  'Alt+ArrowUp': ({ move }) => move(-1),
  'Alt+ArrowDown': ({ move }) => move(1),
};

interface RowProps {
  readonly row: SchemaRow;
  readonly openapi: JsonObject;
  readonly index: number;
  readonly top: number;
  readonly isChosen: boolean;
  onChoose(): void;
  onToggle(): void;
}

function Row({ row, openapi, index, top, isChosen, onChoose, onToggle }: RowProps) {
  const styles = useStyles();
  const step = useStepStyles();
  const title = row.schema['x-ms-summary'] ?? row.schema['title'] ?? row.schema['description'];
  const Chevron = row.isExpanded ? ChevronDownRegular : ChevronRightRegular;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the tree
    <div
      role="row"
      data-row={index}
      tabIndex={isChosen ? 0 : -1}
      aria-selected={isChosen}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      {...(row.hasChildren ? { 'aria-expanded': row.isExpanded } : {})}
      className={mergeClasses(styles.row, isChosen && styles.chosen)}
      style={{ top }}
      onClick={onChoose}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows have the focus */}
      <span role="gridcell" className={styles.name} style={{ paddingLeft: row.depth * 18 + 4 }}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys open and close too */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        <span
          className={styles.chevron}
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {row.hasChildren && <Chevron aria-hidden />}
        </span>
        <span className={mergeClasses(styles.cell, row.kind === 'property' && step.mono)} title={row.name}>
          {row.name || 'The whole'}
        </span>
        {row.isRequired && (
          <span className={styles.star} title="Required">
            *
          </span>
        )}
        {row.schema['x-ms-visibility'] === 'internal' && (
          <Badge appearance="outline" color="informative" size="small">
            internal
          </Badge>
        )}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows have the focus */}
      <span role="gridcell" className={styles.cell}>
        {describeType(row.schema, openapi)}
        {row.refersTo && <span className={step.faint}> {row.refersTo}</span>}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows have the focus */}
      <span role="gridcell" className={mergeClasses(styles.cell, step.faint)}>
        {typeof title === 'string' ? title : ''}
      </span>
    </div>
  );
}

function describeType(schema: JsonObject, openapi: JsonObject): string {
  const own = readType(schema);
  // What is put together of parts says there what it is.
  const [only, ...others] = own === 'any' ? listTypes(schema, openapi) : [];
  const type = only !== undefined && others.length === 0 ? only : own;
  return typeof schema['format'] === 'string' ? `${type} (${schema['format']})` : type;
}
