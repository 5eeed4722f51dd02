import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  root: {
    display: 'inline-block',
    boxSizing: 'border-box',
    width: '58px',
    flexShrink: 0,
    textAlign: 'center',
    fontFamily: MONOSPACE,
    fontSize: '11px',
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  read: { color: tokens.colorBrandForeground2, backgroundColor: tokens.colorBrandBackground2 },
  make: { color: tokens.colorPaletteGreenForeground1, backgroundColor: tokens.colorPaletteGreenBackground1 },
  change: {
    color: tokens.colorPaletteMarigoldForeground2,
    backgroundColor: tokens.colorPaletteMarigoldBackground1,
  },
  remove: { color: tokens.colorPaletteRedForeground1, backgroundColor: tokens.colorPaletteRedBackground1 },
});

const TONES: Readonly<Record<string, 'read' | 'make' | 'change' | 'remove'>> = {
  GET: 'read',
  HEAD: 'read',
  POST: 'make',
  PUT: 'change',
  PATCH: 'change',
  DELETE: 'remove',
};

/** The HTTP method of an operation. */
export function MethodBadge({ method }: { method: string }) {
  const styles = useStyles();
  const tone = TONES[method];
  return <span className={mergeClasses(styles.root, tone && styles[tone])}>{method}</span>;
}
