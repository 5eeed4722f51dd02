import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { JsonObject } from '../../../base/index.ts';
import { readType, type SchemaRow } from '../../../connector/index.ts';
import { listTypes } from '../../../schema/index.ts';
import { PHONE } from '../../components/styles.ts';
import { useStepStyles } from './use-step-styles.ts';

/** In pixels, of each row. */
export const SCHEMA_ROW_HEIGHT = 32;

const useStyles = makeStyles({
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    height: `${SCHEMA_ROW_HEIGHT}px`,
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

interface SchemaTreeRowProps {
  readonly row: SchemaRow;
  readonly openapi: JsonObject;
  readonly index: number;
  readonly top: number;
  readonly isChosen: boolean;
  onChoose(): void;
  onToggle(): void;
}

/** One row of the tree of a schema: name, type, and what it means. */
export function SchemaTreeRow({
  row,
  openapi,
  index,
  top,
  isChosen,
  onChoose,
  onToggle,
}: SchemaTreeRowProps) {
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
