import { makeStyles, tokens } from '@fluentui/react-components';

/** What the header and the rows of a grid have in common. */
export const useGridStyles = makeStyles({
  row: { display: 'grid', height: '37px', boxSizing: 'border-box' },
  select: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    display: 'grid',
    placeItems: 'center',
    overflow: 'hidden',
  },
  id: { position: 'sticky', left: '44px', zIndex: 1, color: tokens.colorNeutralForeground3 },
  cell: {
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalM}`,
    lineHeight: '36px',
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    borderRight: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'cell',
  },
});
